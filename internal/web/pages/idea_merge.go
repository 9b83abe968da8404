package pages

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/votes"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// addMerge fills merging, for the team, what was merged, and who is a
// co-creator.
func (p *Pages) addMerge(c *fiber.Ctx, v *views.IdeaView, page board.IdeaPage) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	if page.Status == ideas.Draft || page.Status == ideas.Held {
		return nil
	}
	went, took, err := p.Merges.Of(ctx, page.ID)
	if err != nil {
		return err
	}
	also, err := ideas.CoCreatorsOf(ctx, p.DB, []ideas.ID{page.ID})
	if err != nil {
		return err
	}
	m := &views.IdeaMerge{Team: actor.Decides()}
	for _, a := range also {
		m.CoCreators = append(m.CoCreators, views.CoCreator{
			Person: views.Person{ID: int64(a.Account), Name: a.Name, Handle: a.Handle, Picture: image(media.Face(a.Picture))}, WhatFor: a.WhatFor,
		})
	}
	for _, one := range took {
		m.Took = append(m.Took, views.MergedIdea{
			IdeaLink: views.IdeaLink{ID: int64(one.From), Slug: one.FromSlug, Title: one.FromTitle}, By: one.FromName, At: one.At,
		})
	}
	if went != nil {
		v.MergedInto = views.IdeaLink{ID: int64(went.Into), Slug: went.IntoSlug, Title: went.IntoTitle}
		v.Vote.Refusal = response.Sentence(request.Lang(c), votes.ErrMerged)
	}
	if m.Team && page.Status.Votable() && !page.Hidden {
		m.Possible = true
		if m.Similar, err = p.mergeable(c, page); err != nil {
			return err
		}
	}
	v.Merge = m
	return nil
}

// mergeable lists ideas with a title like this one's into which it could go.
func (p *Pages) mergeable(c *fiber.Ctx, page board.IdeaPage) ([]views.MergeChoice, error) {
	similar, err := p.Board.Similar(c.UserContext(), request.Actor(c), page.Title)
	if err != nil {
		return nil, err
	}
	var list []views.MergeChoice
	for _, s := range similar {
		if s.ID == page.ID || challengeOf(s) != challengeOf(page.Card) {
			continue
		}
		list = append(list, views.MergeChoice{
			IdeaLink: views.IdeaLink{ID: int64(s.ID), Slug: s.Slug, Title: s.Title}, By: s.Contributor.Name, Voters: s.Tally.Seen(false).Voters,
		})
	}
	return list, nil
}

func challengeOf(card board.Card) string {
	if card.Challenge == nil {
		return ""
	}
	return card.Challenge.Slug
}

// ideaOrTarget finds an idea to show, or the address of the one it went into:
// that of a merged idea leads on, but for who asks for the idea itself. The way
// is not for good, since the two can be taken apart.
func (p *Pages) ideaOrTarget(c *fiber.Ctx, id ideas.ID) (page board.IdeaPage, into string, err error) {
	ctx, actor := c.UserContext(), request.Actor(c)
	page, err = p.Board.Idea(ctx, actor, id)
	if err == nil && page.Status != ideas.Merged || err != nil && !errors.Is(err, ideas.ErrNotFound) {
		return page, "", err
	}
	if page, err = p.Board.Merged(ctx, actor, id); err != nil {
		return page, "", err
	}
	if request.Query(c, "merged") != "" {
		return page, "", nil
	}
	went, _, err := p.Merges.Of(ctx, id)
	if err != nil || went == nil {
		return page, "", err
	}
	return page, views.IdeaURL(int64(went.Into), went.IntoSlug), nil
}

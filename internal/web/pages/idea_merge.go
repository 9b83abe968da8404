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
func (p *Pages) addMerge(c *fiber.Ctx, v *views.IdeaView, page *ideaPage) error {
	actor := request.Actor(c)
	if page.Status == ideas.Draft || page.Status == ideas.Held {
		return nil
	}
	m := &views.IdeaMerge{Team: actor.Decides()}
	for _, a := range page.coCreators {
		m.CoCreators = append(m.CoCreators, views.CoCreator{
			Person: views.Person{ID: int64(a.Account), Name: a.Name, Handle: a.Handle, Picture: image(media.Face(a.Picture))}, WhatFor: a.WhatFor,
		})
	}
	for _, one := range page.took {
		m.Took = append(m.Took, views.MergedIdea{
			IdeaLink: views.IdeaLink{ID: int64(one.From), Slug: one.FromSlug, Title: one.FromTitle}, By: one.FromName, At: one.At,
		})
	}
	if went := page.went; went != nil {
		v.MergedInto = views.IdeaLink{ID: int64(went.Into), Slug: went.IntoSlug, Title: went.IntoTitle}
		v.Vote.Refusal = response.Sentence(request.Lang(c), votes.ErrMerged)
	}
	if m.Team && page.Status.Votable() && !page.Hidden {
		var err error
		m.Possible = true
		if m.Similar, err = p.mergeable(c, page.Card); err != nil {
			return err
		}
	}
	v.Merge = m
	return nil
}

// mergeable lists ideas with a title like this one's into which it could go.
func (p *Pages) mergeable(c *fiber.Ctx, page board.Card) ([]views.MergeChoice, error) {
	similar, err := p.Board.Similar(c.UserContext(), request.Actor(c), page.Title)
	if err != nil {
		return nil, err
	}
	var list []views.MergeChoice
	for _, s := range similar {
		if s.ID == page.ID || challengeOf(s) != challengeOf(page) {
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
func (p *Pages) ideaOrTarget(c *fiber.Ctx, id ideas.ID) (page *ideaPage, into string, err error) {
	actor := request.Actor(c)
	page, err = p.ideaPage(c, id)
	if err == nil && page.Status != ideas.Merged || err != nil && !errors.Is(err, ideas.ErrNotFound) {
		return page, "", err
	}
	page = &ideaPage{}
	if page.IdeaPage, err = p.Board.Merged(c.UserContext(), actor, id, page.with(p, actor)); err != nil {
		return page, "", err
	}
	if page.went == nil || request.Query(c, "merged") != "" {
		return page, "", nil
	}
	return page, views.IdeaURL(int64(page.went.Into), page.went.IntoSlug), nil
}

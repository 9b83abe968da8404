package api

import (
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/fault"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/votes"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// toIdea is an idea as lists show it.
func toIdea(lang i18n.Lang, c board.Card) wire.Idea {
	idea := wire.Idea{
		ID: int64(c.ID), Slug: c.Slug, URL: views.IdeaURL(int64(c.ID), c.Slug), Title: c.Title, Excerpt: c.Excerpt,
		Status: wire.Status(c.Status), Tags: each(c.Tags, func(tag string) string { return tag }),
		Contributor: toRef(c.Contributor.Name, c.Contributor.Handle, c.Contributor.Hidden), Cover: toPicture(c.Cover),
		Tally: TallyOf(c.Tally), Vote: toVote(c.Mine), CreatedAt: c.CreatedAt.UTC(), SubmittedAt: inUTC(c.SubmittedAt),
		Edited: c.Edits, Version: c.Version,
	}
	if c.Topic != nil {
		idea.Topic = &wire.TopicRef{Slug: c.Topic.Slug, Name: c.Topic.Name(string(lang))}
	}
	if c.Source != "" {
		idea.CarriedOver = &wire.CarriedOver{Count: c.CarriedOver, Source: c.Source}
	}
	return idea
}

// toWholeIdea is an idea with all that its own page shows.
func toWholeIdea(lang i18n.Lang, actor accounts.Actor, p board.IdeaPage) wire.Idea {
	idea := toIdea(lang, p.Card)
	story, may := p.Story.String(), toMayVote(lang, actor, p.Contributor.ID, p.Status, p.Hidden)
	pictures := each(p.Pictures, func(picture media.Picture) wire.Picture { return *toPicture(&picture) })
	idea.StoryHTML, idea.Pictures, idea.MayVote = &story, &pictures, &may
	return idea
}

func toIdeaList(lang i18n.Lang, page board.Page[board.Card]) wire.IdeaList {
	return wire.IdeaList{Items: each(page.Items, func(c board.Card) wire.Idea { return toIdea(lang, c) }), Next: nullable(page.Next)}
}

// toVote is the caller's vote, null for none.
func toVote(v *votes.Vote) *wire.Vote {
	if v == nil {
		return nil
	}
	return &wire.Vote{Idea: int64(v.Idea), WouldBuy: v.WouldBuy, CastAt: inUTC(&v.CastAt)}
}

// toMayVote says whether the actor may vote on an idea, and if not, why.
func toMayVote(lang i18n.Lang, actor accounts.Actor, contributor accounts.ID, status ideas.Status, hidden bool) wire.MayVote {
	err := votes.Refusal(actor, contributor, status, hidden)
	if err == nil {
		return wire.MayVote{Allowed: true}
	}
	f := fault.Of(err)
	text := response.Sentence(lang, f)
	return wire.MayVote{Code: &f.Code, Text: &text}
}

// inUTC is a moment as the contract writes it, null for none.
func inUTC(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	utc := t.UTC()
	return &utc
}

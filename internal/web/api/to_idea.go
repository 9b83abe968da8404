package api

import (
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/cocreation"
	"prosumer/internal/fault"
	"prosumer/internal/i18n"
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
		Comments: c.Comments, Edited: c.Edits, Version: c.Version,
	}
	if c.Challenge != nil {
		idea.Challenge = toChallengeRef(*c.Challenge)
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
func toWholeIdea(lang i18n.Lang, actor accounts.Actor, now time.Time, p board.IdeaPage, family cocreation.Family) wire.Idea {
	idea := toIdea(lang, p.Card)
	story, may := p.Story.String(), toMayVote(lang, votes.Refusal(actor, p.Contributor.ID, p.Status, p.Hidden), p.Challenge, now)
	pictures := each(p.Pictures, func(picture media.Picture) wire.Picture { return *toPicture(&picture) })
	idea.StoryHTML, idea.Pictures, idea.MayVote = &story, &pictures, &may
	if family.Parent != nil {
		parent := toIdeaRef(*family.Parent)
		idea.BuildsOn = &parent
	}
	children := each(family.Children, toIdeaRef)
	idea.BuiltOn = &children
	return idea
}

func toIdeaRef(k cocreation.Kin) wire.IdeaRef {
	return wire.IdeaRef{ID: int64(k.ID), Title: k.Title, URL: views.IdeaURL(int64(k.ID), k.Slug), Contributor: toRef(k.Name, k.Handle, k.Handle == "")}
}

func toIdeaList(lang i18n.Lang, page board.Page[board.Card]) wire.IdeaList {
	return wire.IdeaList{Items: each(page.Items, func(c board.Card) wire.Idea { return toIdea(lang, c) }), Next: nullable(page.Next)}
}

// toVote is the caller's vote, null for none.
func toVote(v *votes.Vote) *wire.Vote {
	if v == nil {
		return nil
	}
	vote := &wire.Vote{Idea: int64(v.Idea), WouldBuy: v.WouldBuy, CastAt: inUTC(&v.CastAt)}
	if v.Score > 0 {
		score := v.Score
		vote.Score = &score
	}
	return vote
}

// toMayVote says whether somebody may vote on an idea, and if not, why: what
// votes.Refusal found, or that its challenge takes no votes now.
func toMayVote(lang i18n.Lang, err error, in *board.ChallengeLink, now time.Time) wire.MayVote {
	if err == nil {
		err = outside(in, now)
	}
	if err == nil {
		return wire.MayVote{Allowed: true}
	}
	f := fault.Of(err)
	text := response.Sentence(lang, f)
	return wire.MayVote{Code: &f.Code, Text: &text}
}

// outside says that a moment is before or after a challenge's voting.
func outside(in *board.ChallengeLink, now time.Time) error {
	switch {
	case in == nil:
		return nil
	case now.Before(in.VotingOpens):
		return votes.ErrEarly
	case !now.Before(in.VotingCloses):
		return votes.ErrLate
	default:
		return nil
	}
}

// inUTC is a moment as the contract writes it, null for none.
func inUTC(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	utc := t.UTC()
	return &utc
}

package pages

import (
	"cmp"
	"time"

	"github.com/maypok86/otter/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/products"
	"prosumer/internal/topics"
	"prosumer/internal/web/views"
	"prosumer/internal/web/views/ui"
)

// This file turns what the board read into what the views show.

// pictureKey is all that a picture's addresses follow from.
type pictureKey struct {
	id    string
	width int
	webp  bool
}

// pictures are the addresses of those that were shown last: writing them for all
// the cards of a page took a tenth of it.
var pictures = otter.Must(&otter.Options[pictureKey, ui.Image]{MaximumSize: 20_000})

func image(p *media.Picture) ui.Image {
	if p == nil {
		return ui.Image{}
	}
	key := pictureKey{p.ID, p.Width, p.WebP}
	shown, found := pictures.GetIfPresent(key)
	if !found {
		shown = addressed(p)
		pictures.Set(key, shown)
	}
	shown.Alt, shown.Height = p.Alt, p.Height
	return shown
}

func addressed(p *media.Picture) ui.Image {
	jpegs, jpeg := p.Files("jpg")
	webps, webp := p.Files("webp")
	shown := ui.Image{ID: p.ID, Width: p.Width, JPEG: jpeg, WebP: webp}
	for _, list := range [][]string{webps, jpegs} {
		if len(list) > 0 {
			shown.Src = list[len(list)-1]
			shown.Small = cmp.Or(shown.Small, list[0])
		}
	}
	return shown
}

func person(p board.Person) views.Person {
	v := views.Person{ID: int64(p.ID), Name: p.Name, Staff: p.Staff, Picture: image(p.Picture)}
	if !p.Hidden {
		v.Handle = p.Handle
	}
	return v
}

func (p *Pages) card(actor accounts.Actor, lang i18n.Lang, c board.Card) views.IdeaCard {
	v := views.IdeaCard{
		ID: int64(c.ID), Slug: c.Slug, Title: c.Title, Excerpt: c.Excerpt, Status: string(c.Status), Cover: image(c.Cover),
		Contributor: person(c.Contributor), Voters: c.Tally.Voters, WouldBuy: c.Tally.WouldBuy, Staff: c.Tally.Staff, Comments: c.Comments, CarriedOver: c.CarriedOver,
		Voted: c.Mine != nil, Own: c.Contributor.ID == actor.ID && !actor.Visitor(), VoteOpen: c.Status.Votable(), ProposedAt: c.CreatedAt,
	}
	if c.SubmittedAt != nil {
		v.ProposedAt = *c.SubmittedAt
	}
	if c.Topic != nil {
		v.Topic = c.Topic.Name(string(lang))
	}
	v.Newcomer = c.Newcomer
	v.Scores, v.Sealed = c.Tally.Scores, c.Tally.Seal != challenges.Unsealed
	if c.Mine != nil {
		v.MineScore = c.Mine.Score
	}
	if c.Challenge != nil {
		v.Challenge = entered(c.Challenge)
		early, late := p.outside(c.Challenge)
		v.VoteOpen = v.VoteOpen && !early && !late
	}
	return v
}

// entered is the challenge of an idea, as far as a card knows it.
func entered(c *board.ChallengeLink) views.Challenge {
	if c == nil {
		return views.Challenge{}
	}
	return views.Challenge{
		Slug: c.Slug, Title: c.Title, Score: c.Ballot == challenges.Score, Seal: string(c.SealNow), VotingOpen: c.VotingOpens, VotingClose: c.VotingCloses,
	}
}

// outside says whether it is before or after a challenge's voting.
func (p *Pages) outside(c *board.ChallengeLink) (early, late bool) {
	if c == nil {
		return false, false
	}
	now := p.Now()
	return now.Before(c.VotingOpens), !now.Before(c.VotingCloses)
}

func (p *Pages) cards(actor accounts.Actor, lang i18n.Lang, list []board.Card) []views.IdeaCard {
	shown := make([]views.IdeaCard, len(list))
	for i, c := range list {
		shown[i] = p.card(actor, lang, c)
	}
	return shown
}

func topicOf(t *topics.Topic, lang i18n.Lang) views.Topic {
	if t == nil {
		return views.Topic{}
	}
	return views.Topic{Slug: t.Slug, Name: t.Name(string(lang))}
}

func topicCounts(list []board.TopicCount, lang i18n.Lang) []views.Topic {
	shown := make([]views.Topic, len(list))
	for i, t := range list {
		shown[i] = views.Topic{Slug: t.Slug, Name: t.Name(string(lang)), Ideas: t.Ideas}
	}
	return shown
}

func creditsOf(list []products.Credit) []views.Credit {
	shown := make([]views.Credit, len(list))
	for i, c := range list {
		who := views.Person{ID: int64(c.Account), Name: c.Name, Picture: image(media.Face(c.Face))}
		if !c.Hidden {
			who.Handle = c.Handle
		}
		shown[i] = views.Credit{Person: who, Role: c.Role, For: c.WhatFor}
	}
	return shown
}

// road splits a history into the answers and the moves of the timeline. Where
// an answer came with a move, the timeline refers to it.
func road(history []ideas.Entry, staffNamed bool) (answers []views.Answer, moves []views.Move) {
	for _, e := range history {
		by := views.Person{ID: int64(e.Actor), Name: e.ByName, Handle: e.ByHandle, Staff: true, Picture: image(media.Face(e.ByFace))}
		reason := ""
		if e.Reason != nil {
			reason = string(*e.Reason)
		}
		if !e.Answer.Empty() {
			a := views.Answer{ID: e.ID, By: by, At: e.At, Text: e.Answer, Reason: reason}
			if e.Kind == "move" {
				a.Status = string(e.To)
			}
			answers = append(answers, a)
		}
		if e.Kind != "move" || e.To == ideas.Draft {
			continue
		}
		m := views.Move{To: string(e.To), At: e.At, Reason: reason}
		if e.From != nil {
			m.From = string(*e.From)
		}
		if e.From != nil && *e.From != ideas.Draft && staffNamed {
			m.By = by
		}
		moves = append(moves, m)
	}
	return answers, moves
}

// day reads yyyy-mm-dd; nil when it is empty, false when it is neither.
func day(typed string) (*time.Time, bool) {
	if typed == "" {
		return nil, true
	}
	t, err := time.Parse(time.DateOnly, typed)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return nil, false
	}
	return &t, true
}

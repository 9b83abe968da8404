package pages

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// BoardShow is the front page: orders, topics, search, and cards with live tallies.
func (p *Pages) BoardShow(c *fiber.Ctx) error {
	actor, lang := request.Actor(c), request.Lang(c)
	asked := views.BoardQuery{
		Order: request.Query(c, "order"), Challenge: request.Query(c, "challenge"), Topic: request.Query(c, "topic"), Tag: request.Query(c, "tag"),
		Status: request.Query(c, "status"), Q: request.Query(c, "q"), After: request.Query(c, "after"),
	}
	narrowed, err := p.challenge(c, asked.Challenge)
	if err != nil {
		return err
	}
	q := board.Query{Order: board.Order(asked.Order), Challenge: asked.Challenge, Topic: asked.Topic, Tag: asked.Tag, Q: asked.Q, After: asked.After}
	if narrowed != nil && asked.Order == "" {
		q.Order = board.Order(narrowed.UsualOrder())
	}
	if asked.Status != "" {
		q.Statuses = []ideas.Status{ideas.Status(asked.Status)}
	}
	page, err := p.Board.Front(c.UserContext(), actor, q)
	if err != nil {
		return err
	}
	_, topics, err := p.Board.Counts(c.UserContext())
	if err != nil {
		return err
	}
	v := views.BoardView{Shell: p.Shell(c), Query: asked, Challenge: narrowed, Topics: topicCounts(topics, lang), Ideas: p.cards(actor, lang, page.Items), Next: page.Next}
	if narrowed != nil {
		v.CanonicalURL = p.BaseURL + views.ChallengeBoardURL(narrowed.Slug)
		for i := range v.Ideas {
			v.Ideas[i].Challenge.Title = "" // the heading names it
		}
	}
	if asked == (views.BoardQuery{}) {
		if v.Running, err = p.runningChallenge(c); err != nil {
			return err
		}
	}
	if asked.Topic != "" {
		if v.Follow, err = p.followOf(c, notices.Topic, asked.Topic); err != nil {
			return err
		}
	}
	p.addFeeds(&v)
	v.NewcomerEvery = p.Board.NewcomerEvery()
	v.Watch = []string{"board"}
	v.Search = asked.Q
	v.NoIndex = asked.After != "" || asked.Q != ""
	v.Statuses = publicStatuses()
	return response.HTML(c, fiber.StatusOK, views.Board(v))
}

// challenge is what the board is narrowed to, nil for nothing. One that is not
// announced is there for staff alone.
func (p *Pages) challenge(c *fiber.Ctx, slug string) (*views.Challenge, error) {
	if slug == "" {
		return nil, nil
	}
	found, err := p.Challenges.BySlug(c.UserContext(), slug)
	if err != nil {
		return nil, err
	}
	now := p.Now()
	if found.Dates.Phase(now) == challenges.Coming && !request.Actor(c).Staff() {
		return nil, challenges.ErrNotFound
	}
	shown := viewedChallenge(found, now)
	return &shown, nil
}

func publicStatuses() []string {
	var list []string
	for _, s := range ideas.Public {
		list = append(list, string(s))
	}
	return slices.Clip(list)
}

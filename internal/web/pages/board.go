package pages

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// BoardShow is the front page: orders, topics, search, and cards with live tallies.
func (p *Pages) BoardShow(c *fiber.Ctx) error {
	actor, lang := request.Actor(c), request.Lang(c)
	asked := views.BoardQuery{
		Order: request.Query(c, "order"), Topic: request.Query(c, "topic"), Tag: request.Query(c, "tag"),
		Status: request.Query(c, "status"), Q: request.Query(c, "q"), After: request.Query(c, "after"),
	}
	q := board.Query{Order: board.Order(asked.Order), Topic: asked.Topic, Tag: asked.Tag, Q: asked.Q, After: asked.After}
	if asked.Status != "" {
		q.Statuses = []ideas.Status{ideas.Status(asked.Status)}
	}
	page, err := p.Board.List(c.UserContext(), actor, q)
	if err != nil {
		return err
	}
	_, topics, err := p.Board.Counts(c.UserContext())
	if err != nil {
		return err
	}
	v := views.BoardView{Shell: p.Shell(c), Query: asked, Topics: topicCounts(topics, lang), Ideas: p.cards(actor, lang, page.Items), Next: page.Next}
	v.Watch = []string{"board"}
	v.Search = asked.Q
	v.NoIndex = asked.After != "" || asked.Q != ""
	v.Statuses = publicStatuses()
	return response.HTML(c, fiber.StatusOK, views.Board(v))
}

func publicStatuses() []string {
	var list []string
	for _, s := range ideas.Public {
		list = append(list, string(s))
	}
	return slices.Clip(list)
}

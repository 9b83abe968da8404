package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// MyIdeas lists what the person proposed, drafts first.
func (p *Pages) MyIdeas(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	page, err := p.Board.MyIdeas(c.UserContext(), actor, request.Query(c, "after"), mineOnPage)
	if err != nil {
		return err
	}
	v := views.MyIdeasView{Shell: p.gate(c), Next: page.Next}
	for _, card := range p.cards(actor, request.Lang(c), page.Items) {
		if card.Status == "draft" {
			v.Drafts = append(v.Drafts, card)
		} else {
			v.Ideas = append(v.Ideas, card)
		}
	}
	return response.HTML(c, fiber.StatusOK, views.MyIdeas(v))
}

// MyVotes lists what the person voted on.
func (p *Pages) MyVotes(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	page, err := p.Board.MyVotes(c.UserContext(), actor, request.Query(c, "after"), mineOnPage)
	if err != nil {
		return err
	}
	v := views.MyVotesView{Shell: p.gate(c), Ideas: p.cards(actor, request.Lang(c), page.Items), Next: page.Next}
	return response.HTML(c, fiber.StatusOK, views.MyVotes(v))
}

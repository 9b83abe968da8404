package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// Mine leads to the first of what is somebody's own.
func (p *Pages) Mine(c *fiber.Ctx) error {
	if request.Actor(c).Visitor() {
		return accounts.ErrSignIn
	}
	return response.SeeOther(c, views.MyIdeasURL, "")
}

// MyIdeas lists what the person proposed, drafts first.
func (p *Pages) MyIdeas(c *fiber.Ctx) error { return p.proposed(c, board.AllMine) }

// MyDrafts lists what the person has not submitted yet.
func (p *Pages) MyDrafts(c *fiber.Ctx) error { return p.proposed(c, board.Drafts) }

func (p *Pages) proposed(c *fiber.Ctx, part board.Proposed) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	page, err := p.Board.MyProposed(c.UserContext(), actor, part, request.Query(c, "after"), mineOnPage)
	if err != nil {
		return err
	}
	v := views.MyIdeasView{Shell: p.gate(c), Next: page.Next, OnlyDrafts: part == board.Drafts}
	for _, card := range p.cards(actor, request.Lang(c), page.Items) {
		if card.Status == "draft" {
			v.Drafts = append(v.Drafts, card)
		} else {
			v.Ideas = append(v.Ideas, card)
		}
	}
	return response.HTML(c, fiber.StatusOK, views.MyIdeas(v))
}

// MyVotes lists what the person voted on, whole or in part.
func (p *Pages) MyVotes(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	asked := views.MyVotesQuery{
		Stage: request.Query(c, "stage"), Kind: request.Query(c, "kind"), Buy: request.Query(c, "buy") != "", Challenge: request.Query(c, "challenge"),
		After: request.Query(c, "after"),
	}
	page, err := p.Board.MyVotesOn(c.UserContext(), actor, board.VotesQuery{
		Stage: asked.Stage, Kind: asked.Kind, Buy: asked.Buy, Challenge: asked.Challenge, After: asked.After, Limit: mineOnPage,
	})
	if err != nil {
		return err
	}
	votedIn, err := p.Board.ChallengesOfMyVotes(c.UserContext(), actor)
	if err != nil {
		return err
	}
	v := views.MyVotesView{Shell: p.gate(c), Query: asked, Ideas: p.cards(actor, request.Lang(c), page.Items), Next: page.Next}
	for _, ch := range votedIn {
		v.Challenges = append(v.Challenges, views.Challenge{Slug: ch.Slug, Title: ch.Title})
	}
	return response.HTML(c, fiber.StatusOK, views.MyVotes(v))
}

// MyComments lists what the person said.
func (p *Pages) MyComments(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	page, err := p.Board.MyComments(c.UserContext(), actor, request.Query(c, "after"), mineOnPage)
	if err != nil {
		return err
	}
	v := views.MyCommentsView{Shell: p.gate(c), Next: page.Next}
	for _, s := range page.Items {
		line := views.MyComment{
			ID: s.ID, Title: s.Title, Kind: s.Kind, Text: s.Text, At: s.At, Hidden: s.Hidden, TakenUp: s.TakenUp, Thanks: s.Thanks, Replies: s.Replies,
		}
		if s.Reachable {
			line.URL = views.CommentURL(s.ID)
		}
		v.Comments = append(v.Comments, line)
	}
	return response.HTML(c, fiber.StatusOK, views.MyComments(v))
}

// MyCoCreated lists the ideas the person is a co-creator of.
func (p *Pages) MyCoCreated(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	page, err := p.Board.MyCoCreated(c.UserContext(), actor, request.Query(c, "after"), mineOnPage)
	if err != nil {
		return err
	}
	v := views.MyCoCreatedView{Shell: p.gate(c), Ideas: p.cards(actor, request.Lang(c), page.Items), Next: page.Next}
	return response.HTML(c, fiber.StatusOK, views.MyCoCreated(v))
}

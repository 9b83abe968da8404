package api

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// ShowMe says who the cookie or the token speaks for.
func (a *API) ShowMe(c *fiber.Ctx) error {
	actor, err := member(c)
	if err != nil {
		return err
	}
	account, err := a.Accounts.ByID(c.UserContext(), actor.ID)
	if err != nil {
		return err
	}
	return response.JSON(c, fiber.StatusOK, toMe(account, actor))
}

// ListMyIdeas lists all that the caller proposed.
func (a *API) ListMyIdeas(c *fiber.Ctx, params wire.ListMyIdeasParams) error {
	actor, err := member(c)
	if err != nil {
		return err
	}
	limit, err := limitOf(params.Limit)
	if err != nil {
		return err
	}
	page, err := a.Board.MyIdeas(c.UserContext(), actor, given(params.After), limit)
	if err != nil {
		return ofAfter(err)
	}
	return response.JSON(c, fiber.StatusOK, toIdeaList(request.Lang(c), page))
}

// maxIDs is how many ideas one request may name.
const maxIDs = 100

// ListMyVotes lists the caller's votes, or what is theirs on the ideas named.
func (a *API) ListMyVotes(c *fiber.Ctx, params wire.ListMyVotesParams) error {
	actor, err := member(c)
	if err != nil {
		return err
	}
	limit, err := limitOf(params.Limit)
	if err != nil {
		return err
	}
	if len(params.Ideas) > maxIDs {
		return remedy("ideas", remedyIDs)
	}
	if params.Ideas != nil {
		return a.listMineOn(c, actor, params.Ideas)
	}
	page, err := a.Board.MyVotes(c.UserContext(), actor, given(params.After), limit)
	if err != nil {
		return ofAfter(err)
	}
	lang := request.Lang(c)
	return response.JSON(c, fiber.StatusOK, wire.MyVoteList{Items: each(page.Items, func(card board.Card) wire.MyVote {
		return toMyVote(lang, actor, card, false, a.now())
	}), Next: nullable(page.Next)})
}

// listMineOn leaves out what the caller may not see, as if it were not there.
func (a *API) listMineOn(c *fiber.Ctx, actor accounts.Actor, asked []int64) error {
	lang := request.Lang(c)
	list := wire.MyVoteList{Items: []wire.MyVote{}}
	var order []ideas.ID
	for _, n := range asked {
		if id := ideas.ID(n); !slices.Contains(order, id) {
			order = append(order, id)
		}
	}
	found, err := a.Ideas.ByIDs(c.UserContext(), actor, order)
	if err != nil {
		return err
	}
	order = slices.DeleteFunc(order, func(id ideas.ID) bool { _, seen := found[id]; return !seen })
	own, err := a.Votes.Mine(c.UserContext(), actor, order)
	if err != nil {
		return err
	}
	for _, id := range order {
		card := board.Card{ID: id, Status: found[id].Status, Contributor: board.Person{ID: found[id].Contributor}}
		if v, ok := own[id]; ok {
			card.Mine = &v
		}
		list.Items = append(list.Items, toMyVote(lang, actor, card, found[id].Hidden, a.now()))
	}
	return response.JSON(c, fiber.StatusOK, list)
}

func toMyVote(lang i18n.Lang, actor accounts.Actor, card board.Card, hidden bool, now time.Time) wire.MyVote {
	return wire.MyVote{
		Idea: int64(card.ID), Vote: toVote(card.Mine), MayVote: toMayVote(lang, votes.Refusal(actor, card.Contributor.ID, card.Status, hidden), card.Challenge, now),
	}
}

package api

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/cocreation"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// ListIdeas lists and searches the board.
func (a *API) ListIdeas(c *fiber.Ctx, params wire.ListIdeasParams) error {
	actor, lang := request.Actor(c), request.Lang(c)
	limit, err := limitOf(params.Limit)
	if err != nil {
		return err
	}
	q := board.Query{
		Order: board.Order(given(params.Order)), Challenge: given(params.Challenge), Topic: given(params.Topic), Tag: given(params.Tag), Q: given(params.Q),
		Statuses: each(params.Status, func(s wire.ListedStatus) ideas.Status { return ideas.Status(s) }),
		After:    given(params.After), Limit: limit,
	}
	if handle := given(params.Author); handle != "" {
		q.Author, err = a.author(c.UserContext(), actor, handle)
		if errors.Is(err, accounts.ErrNotFound) {
			return response.JSON(c, fiber.StatusOK, toIdeaList(lang, board.Page[board.Card]{}))
		}
		if err != nil {
			return err
		}
	}
	page, err := a.Board.List(c.UserContext(), actor, q)
	if err != nil {
		return ofAfter(err)
	}
	return response.JSON(c, fiber.StatusOK, toIdeaList(lang, page))
}

// author finds whose ideas are asked for. Who hides cannot be looked up by
// handle, since that would tell which ideas are theirs.
func (a *API) author(ctx context.Context, actor accounts.Actor, handle string) (accounts.ID, error) {
	account, err := a.Accounts.ByHandle(ctx, handle)
	if err != nil {
		return 0, err
	}
	if account.Visibility == accounts.Hidden && account.ID != actor.ID && !actor.Staff() {
		return 0, accounts.ErrNotFound
	}
	return account.ID, nil
}

// FindSimilarIdeas lists open ideas like a title.
func (a *API) FindSimilarIdeas(c *fiber.Ctx, params wire.FindSimilarIdeasParams) error {
	cards, err := a.Board.Similar(c.UserContext(), request.Actor(c), params.Title)
	if err != nil {
		return err
	}
	return response.JSON(c, fiber.StatusOK, toIdeaList(request.Lang(c), board.Page[board.Card]{Items: cards}))
}

// ShowIdea gives one idea in full.
func (a *API) ShowIdea(c *fiber.Ctx, id wire.IdeaID) error {
	return a.sendIdea(c, fiber.StatusOK, ideas.ID(id))
}

// sendIdea answers with an idea as it is now.
func (a *API) sendIdea(c *fiber.Ctx, status int, id ideas.ID) error {
	idea, _, err := a.wholeIdea(c, id)
	if err != nil {
		return err
	}
	return response.JSON(c, status, idea)
}

// wholeIdea is an idea with all that its own page shows, and that page.
func (a *API) wholeIdea(c *fiber.Ctx, id ideas.ID) (wire.Idea, board.IdeaPage, error) {
	actor := request.Actor(c)
	var family cocreation.Family
	page, err := a.Board.Idea(c.UserContext(), actor, id, func(board.Card) []pg.Part {
		return []pg.Part{cocreation.FamilyPart(id, &family)}
	})
	if err != nil {
		return wire.Idea{}, board.IdeaPage{}, err
	}
	return toWholeIdea(request.Lang(c), actor, a.now(), page, family), page, nil
}

// ListHistory gives every move and answer of an idea.
func (a *API) ListHistory(c *fiber.Ctx, id wire.IdeaID, params wire.ListHistoryParams) error {
	page, err := a.Board.Idea(c.UserContext(), request.Actor(c), ideas.ID(id))
	if err != nil {
		return err
	}
	items, next, err := cut(page.History, func(e ideas.Entry) int64 { return e.ID }, params.After, params.Limit)
	if err != nil {
		return err
	}
	return response.JSON(c, fiber.StatusOK, wire.HistoryList{
		Items: each(items, func(e ideas.Entry) wire.HistoryEntry { return toEntry(e, page.Contributor) }), Next: next,
	})
}

package api

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/clean"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// searchEach is how many of every kind are found when nobody says.
const searchEach = 5

// wordsOfHit is how many characters of a text a hit tells.
const wordsOfHit = 300

// Search finds in everything, or pages through one kind.
func (a *API) Search(c *fiber.Ctx, params wire.SearchParams) error {
	limit, err := limitOf(params.Limit)
	if err != nil {
		return err
	}
	found := wire.SearchHitList{Items: []wire.SearchHit{}}
	if params.In == nil {
		if params.Limit == nil {
			limit = searchEach
		}
		if given(params.After) != "" {
			return ofAfter(board.ErrCursor)
		}
		pages, err := a.Board.LookAcross(c.UserContext(), request.Actor(c), params.Q, limit)
		if err != nil {
			return err
		}
		for _, page := range pages {
			found.Items = append(found.Items, each(page.Items, toHit)...)
		}
		return response.JSON(c, fiber.StatusOK, found)
	}
	page, err := a.Board.Look(c.UserContext(), request.Actor(c), board.LookQuery{In: board.Realm(*params.In), Q: params.Q, After: given(params.After), Limit: limit})
	if err != nil {
		return ofAfter(err)
	}
	found.Items, found.Next = each(page.Items, toHit), nullable(page.Next)
	return response.JSON(c, fiber.StatusOK, found)
}

func toHit(h board.Hit) wire.SearchHit {
	hit := wire.SearchHit{
		In: wire.SearchKind(h.In), URL: views.HitURL(string(h.In), h.ID, h.Slug), Title: h.Title,
		Words: clean.Shorten(clean.Line(h.Words), wordsOfHit), Mark: h.Mark, At: h.At.UTC(), Close: h.Close,
	}
	if h.By.ID != 0 {
		by := toRef(h.By.Name, h.By.Handle, h.By.Hidden)
		hit.By = &by
	}
	return hit
}

package api

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// ListTopics lists the shelves that ideas stand on.
func (a *API) ListTopics(c *fiber.Ctx) error {
	_, list, err := a.Board.Counts(c.UserContext())
	if err != nil {
		return err
	}
	lang := string(request.Lang(c))
	return response.JSON(c, fiber.StatusOK, wire.TopicList{Items: each(list, func(t board.TopicCount) wire.Topic {
		return wire.Topic{Slug: t.Slug, Name: t.Name(lang), Ideas: t.Ideas}
	})})
}

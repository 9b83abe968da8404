package api

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/ideas"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// ReportSeen notes the caller's first sight of ideas.
func (a *API) ReportSeen(c *fiber.Ctx) error {
	var in wire.SeenInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	if len(in.Ideas) == 0 || len(in.Ideas) > maxIDs {
		return remedy("ideas", remedyIDs)
	}
	list := each(in.Ideas, func(n int64) ideas.ID { return ideas.ID(n) })
	if err := a.Ideas.MarkSeen(c.UserContext(), request.Actor(c), list); err != nil {
		return err
	}
	return response.NoContent(c)
}

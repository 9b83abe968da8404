package api

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// PreviewHTML answers with rich text as it would be stored.
func (a *API) PreviewHTML(c *fiber.Ctx) error {
	var in wire.PreviewInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	html, err := clean.Story(in.HTML)
	if err != nil {
		f := fault.Of(err)
		return f.With("html", f.Code)
	}
	return response.JSON(c, fiber.StatusOK, wire.Preview{HTML: html.String()})
}

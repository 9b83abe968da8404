package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/views"
)

// addFollow fills following this idea.
func (p *Pages) addFollow(c *fiber.Ctx, v *views.IdeaView, page board.IdeaPage) error { return nil }

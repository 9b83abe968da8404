package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/views"
)

// addTriage fills the team's own notes on it.
func (p *Pages) addTriage(c *fiber.Ctx, v *views.IdeaView, page board.IdeaPage) error { return nil }

package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/views"
)

// addEntry fills what the contributor may do about challenges.
func (p *Pages) addEntry(c *fiber.Ctx, v *views.IdeaView, page board.IdeaPage) error { return nil }

package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/views"
)

// addMilestone fills how far votes have brought it.
func (p *Pages) addMilestone(c *fiber.Ctx, v *views.IdeaView, page board.IdeaPage) error { return nil }

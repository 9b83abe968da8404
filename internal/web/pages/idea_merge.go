package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/views"
)

// addMerge fills merging, for the team, and what was merged.
func (p *Pages) addMerge(c *fiber.Ctx, v *views.IdeaView, page board.IdeaPage) error { return nil }

package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/views"
)

// addShare fills ways to pass the idea on.
func (p *Pages) addShare(_ *fiber.Ctx, _ *views.IdeaView, _ board.IdeaPage) error {
	return nil
}

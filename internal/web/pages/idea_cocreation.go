package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/views"
)

// addCocreation fills who co-creates the idea, and inviting to it.
func (p *Pages) addCocreation(_ *fiber.Ctx, _ *views.IdeaView, _ board.IdeaPage) error {
	return nil
}

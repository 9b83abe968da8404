package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/views"
)

// addComments fills the talk below the idea.
func (p *Pages) addComments(_ *fiber.Ctx, _ *views.IdeaView, _ board.IdeaPage) error {
	return nil
}

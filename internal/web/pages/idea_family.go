package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/views"
)

// addFamily fills what the idea builds on, and what builds on it.
func (p *Pages) addFamily(_ *fiber.Ctx, _ *views.IdeaView, _ board.IdeaPage) error {
	return nil
}

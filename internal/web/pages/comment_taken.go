package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/comments"
)

// takenFor says what each of these comments was taken up for. It is asked only
// about comments that were.
func (p *Pages) takenFor(c *fiber.Ctx, list []comments.ID) (map[comments.ID]string, error) {
	return p.Cocreation.TakenFor(c.UserContext(), list)
}

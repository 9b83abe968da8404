package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func owndataRoutes(app *fiber.App, _ limits, p *pages.Pages) {
	app.Get("/mine/ideas", p.MyIdeas)
	app.Get("/mine/votes", p.MyVotes)
}

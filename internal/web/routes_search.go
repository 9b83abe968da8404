package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func searchRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/search", l.search, p.Search)
	app.Get("/search/suggest", l.search, p.Suggest)
}

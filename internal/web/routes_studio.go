package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func studioRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/studio", p.Studio)
}

package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func madeRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/made", p.Made)
	app.Get("/made/:slug", p.Product)
	app.Post("/made/:slug", l.other, p.ProductSave)
}

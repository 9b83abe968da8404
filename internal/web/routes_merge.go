package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func mergeRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/ideas/:idea/merge", p.MergeForm)
	app.Post("/ideas/:idea/merge", l.other, p.Merge)
	app.Post("/ideas/:idea/unmerge", l.other, p.Unmerge)
}

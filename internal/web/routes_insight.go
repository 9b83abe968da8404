package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func insightRoutes(app *fiber.App, _ limits, p *pages.Pages) {
	app.Get("/studio/insights", p.Insights)
	app.Get("/studio/insights/:table.csv", p.InsightsFile)
}

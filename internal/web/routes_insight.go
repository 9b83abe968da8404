package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func insightRoutes(app *fiber.App, l limits, p *pages.Pages) {}

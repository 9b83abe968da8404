package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func triageRoutes(app *fiber.App, l limits, p *pages.Pages) {}

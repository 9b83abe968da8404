package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func shortlistRoutes(app *fiber.App, l limits, p *pages.Pages) {}

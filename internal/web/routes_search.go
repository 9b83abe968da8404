package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func searchRoutes(_ *fiber.App, _ limits, _ *pages.Pages) {}

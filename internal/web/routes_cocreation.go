package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func cocreationRoutes(_ *fiber.App, _ limits, _ *pages.Pages) {}

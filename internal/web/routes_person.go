package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func personRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/people", p.People)
	app.Get("/people/:handle", p.Person)
	app.Get("/people/:handle/standing", p.StandingLedger)
	app.Get("/settings/profile", p.ProfileForm)
	app.Post("/settings/profile", l.other, p.Profile)
}

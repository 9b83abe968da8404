package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func studioRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/studio", p.Studio)
	app.Get("/studio/move/:idea", p.StudioMove)
	app.Post("/studio/views", l.other, p.StudioViewCreate)
	app.Post("/studio/views/open", l.other, p.StudioOpenWith)
	app.Post("/studio/views/:id", l.other, p.StudioViewChange)
	app.Post("/studio/views/:id/delete", l.other, p.StudioViewDelete)
	app.Get("/studio/bulk", p.StudioBulk)
	app.Post("/studio/bulk", l.other, p.StudioBulkDo)
	app.Post("/studio/bulk/preview", l.other, p.StudioBulkPreview)
	app.Get("/studio/bulk/:id", p.StudioBulkDone)
	app.Post("/studio/bulk/:id/undo", l.other, p.StudioBulkUndo)
}

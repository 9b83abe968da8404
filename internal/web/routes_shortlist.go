package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func shortlistRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/studio/shortlists", p.ShortlistList)
	app.Post("/studio/shortlists", l.other, p.ShortlistCreate)
	app.Post("/studio/shortlists/entries", l.other, p.ShortlistPutOn)
	app.Get("/studio/shortlists/:id", p.ShortlistShow)
	app.Post("/studio/shortlists/:id", l.other, p.ShortlistRename)
	app.Post("/studio/shortlists/:id/state", l.other, p.ShortlistState)
	app.Post("/studio/shortlists/:id/entries", l.other, p.ShortlistPut)
	app.Post("/studio/shortlists/:id/top", l.other, p.ShortlistTop)
	app.Post("/studio/shortlists/:id/take", l.other, p.ShortlistTake)
	app.Post("/studio/shortlists/:id/order", l.other, p.ShortlistOrder)
	app.Post("/studio/shortlists/:id/criteria", l.other, p.ShortlistCriterion)
	app.Get("/studio/shortlists/:id/compare", p.ShortlistCompare)
	app.Get("/studio/shortlists/:id/decisions", p.ShortlistDecisions)
	app.Post("/studio/shortlists/:id/decisions", l.other, p.ShortlistPublish)
	app.Get("/studio/shortlists/:id/export.csv", p.ShortlistCSV)
	app.Get("/studio/shortlists/:id/export.xlsx", p.ShortlistXLSX)
	app.Get("/studio/shortlists/:id/ideas/:idea", p.ShortlistIdea)
	app.Post("/studio/shortlists/:id/ideas/:idea/card", l.other, p.ShortlistCard)
	app.Post("/studio/shortlists/:id/ideas/:idea/decision", l.other, p.ShortlistPrepare)
}

package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func owndataRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/mine", p.Mine)
	app.Get("/mine/ideas", p.MyIdeas)
	app.Get("/mine/drafts", p.MyDrafts)
	app.Get("/mine/votes", p.MyVotes)
	app.Get("/mine/comments", p.MyComments)
	app.Get("/mine/co-created", p.MyCoCreated)
	app.Get("/settings/data", p.Data)
	app.Post("/settings/data/export", l.signIn, p.Export)
	app.Get("/settings/erase", p.EraseForm)
	app.Post("/settings/erase", l.signIn, p.Erase)
	app.Post("/settings/erase/keep", l.other, p.KeepAccount)
}

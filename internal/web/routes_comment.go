package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func commentRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/ideas/:idea/talk", p.TalkPart)
	app.Post("/ideas/:idea/talk/lock", l.other, p.TalkLock)
	app.Post("/ideas/:idea/comments", l.comment, p.CommentSay)
	app.Get("/comments/handles", l.search, p.CommentHandles)
	app.Get("/comments/:id", p.CommentShow)
	app.Get("/comments/:id/reply", p.CommentReply)
	app.Get("/comments/:id/edit", p.CommentEditForm)
	app.Post("/comments/:id/edit", l.comment, p.CommentSave)
	app.Get("/comments/:id/versions", p.CommentVersions)
	app.Post("/comments/:id/thanks", l.other, p.CommentThank)
	app.Post("/comments/:id/act", l.other, p.CommentAct)
}

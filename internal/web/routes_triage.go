package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func triageRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/studio/inbox", p.TriageInbox)
	app.Post("/studio/inbox/:idea/settle", l.other, p.InboxSettle)
	app.Post("/studio/inbox/:idea/snooze", l.other, p.InboxSnooze)
	app.Post("/studio/inbox/:idea/undo", l.other, p.InboxUndo)
	app.Get("/studio/overdue", p.Overdue)
	app.Get("/studio/ideas/new", p.BehalfForm)
	app.Post("/studio/ideas/new", l.propose, p.BehalfCreate)

	app.Post("/ideas/:idea/owner", l.other, p.IdeaOwner)
	app.Post("/ideas/:idea/decide-by", l.other, p.IdeaDecideBy)
	app.Post("/ideas/:idea/notes", l.other, p.IdeaNote)
	app.Post("/studio/notes/:id", l.other, p.NoteSave)
	app.Post("/studio/notes/:id/delete", l.other, p.NoteDelete)
}

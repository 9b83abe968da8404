package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func cocreationRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Post("/comments/:id/take-up", l.other, p.TakeUp)
	app.Post("/ideas/:idea/invite", l.other, p.Invite)
	app.Post("/ideas/:idea/leave", l.other, p.LeaveIdea)
	app.Post("/invitations/:id", l.other, p.AnswerInvitation)
}

package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func noticeRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Post("/ideas/:idea/follow", l.other, p.Follow)
	app.Get("/inbox", p.Inbox)
	app.Get("/settings/notifications", p.NoticeSettings)
	app.Post("/settings/notifications", l.other, p.SetNotices)
	app.Get("/unsubscribe", p.UnsubscribeForm)
	app.Post("/unsubscribe", l.other, p.Unsubscribe)
}

package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func noticeRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Post("/ideas/:idea/follow", l.other, p.Follow)
	app.Post("/follow", l.other, p.FollowTarget)
	app.Get("/mine/following", p.Following)
	app.Get("/inbox", p.Inbox)
	app.Post("/inbox/read", l.other, p.ReadNotices)
	app.Post("/inbox/mute", l.other, p.MuteNotices)
	app.Get("/inbox/:notice", p.OpenNotice)
	app.Get("/settings/notifications", p.NoticeSettings)
	app.Post("/settings/notifications", l.other, p.SetNotices)
	app.Post("/settings/notifications/mail", l.other, p.MailAgain)
	app.Get("/unsubscribe", p.UnsubscribeForm)
	app.Post("/unsubscribe", l.other, p.Unsubscribe)
	app.Get("/studio/mail", p.StudioMail)
	app.Post("/studio/mail/:letter", l.other, p.StudioLetter)
	app.Get("/dev/mail-samples", p.MailSamples)
	app.Get("/dev/mail-samples/:name", p.MailSample)
}

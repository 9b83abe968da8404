package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func challengeRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/challenges", p.ChallengeList)
	app.Get("/challenges/:slug", p.ChallengeShow)
	app.Get("/challenges/:slug/terms", p.ChallengeTerms)
	app.Get("/challenges/:slug/template", p.ChallengeTemplate)
	app.Get("/challenges/:slug/results", p.ChallengeResults)
	app.Post("/ideas/:idea/enter", l.other, p.Enter)
	app.Post("/ideas/:idea/leave", l.other, p.Leave)

	app.Get("/studio/challenges", p.StudioChallenges)
	app.Post("/studio/challenges", l.other, p.ChallengePose)
	app.Get("/studio/challenges/new", p.ChallengeNew)
	app.Get("/studio/challenges/:slug", p.ChallengeEdit)
	app.Post("/studio/challenges/:slug", l.other, p.ChallengeChange)
	app.Post("/studio/challenges/:slug/jury", l.other, p.ChallengeJudge)
	app.Post("/studio/challenges/:slug/delete", l.other, p.ChallengeDelete)
}

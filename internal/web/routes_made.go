package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func madeRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/made", p.Made)
	app.Get("/made/:slug", p.Product)
	app.Post("/made/:slug", l.other, p.ProductSave)
	app.Get("/made/:slug/edit", p.ProductDesk)
	app.Post("/made/:slug/stage", l.other, p.ProductStage)
	app.Post("/made/:slug/stage/undo", l.other, p.ProductStageUndo)
	app.Post("/made/:slug/credits", l.other, p.ProductCredit)
	app.Post("/made/:slug/credits/remove", l.other, p.ProductUncredit)
	app.Post("/made/:slug/milestones", l.other, p.MilestoneSave)
	app.Post("/made/:slug/milestones/:id", l.other, p.MilestoneSave)
	app.Post("/made/:slug/milestones/:id/remove", l.other, p.MilestoneRemove)
	app.Post("/made/:slug/rewards", l.other, p.RewardGive)
	app.Post("/made/:slug/rewards/terms", l.other, p.RewardTerms)
	app.Post("/made/:slug/rewards/:id/remove", l.other, p.RewardRemove)
	app.Post("/made/:slug/beta", l.other, p.BetaCall)
	app.Post("/made/:slug/beta/close", l.other, p.BetaClose)
	app.Post("/made/:slug/beta/testers", l.other, p.BetaTester)
	app.Post("/made/:slug/beta/apply", l.other, p.BetaApply)
	app.Post("/made/:slug/beta/report", l.other, p.BetaReport)
	app.Post("/made/:slug/verdict", l.other, p.Verdict)
	app.Get("/made/:slug/certificate/:handle", p.Certificate)
	app.Get("/made/:slug/badge/:handle.svg", p.Badge)
}

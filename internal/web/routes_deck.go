package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func deckRoutes(app *fiber.App, l limits, p *pages.Pages) {
	app.Get("/challenges/:slug/score", p.DeckShow)
	app.Post("/challenges/:slug/score", l.vote, l.voteDay, p.DeckCast)
	app.Post("/challenges/:slug/score/skip", l.other, p.DeckSkip)
	app.Post("/challenges/:slug/score/undo", l.vote, l.voteDay, p.DeckUndo)
	app.Post("/challenges/:slug/score/again", l.other, p.DeckAgain)
}

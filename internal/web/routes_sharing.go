package web

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
)

func sharingRoutes(app *fiber.App, _ limits, p *pages.Pages) {
	app.Get("/ideas/:idea/share", p.IdeaShare)
	app.Get("/ideas/:idea/poster", p.Poster)
}

// outside is what other sites and machines take: it stands before anybody is
// identified, so that no cookie is read, and answers what any visitor may see.
func (g guard) outside(app *fiber.App, p *pages.Pages) {
	picture := g.limit("card", 120, time.Minute)
	frame := g.limit("frame", 600, time.Minute)
	feed := g.limit("feed", 120, time.Minute)

	app.Get("/cards/ideas/:id.png", g.formLimits, picture, p.IdeaCard)
	app.Get("/cards/challenges/:slug.png", g.formLimits, picture, p.ChallengeCard)
	app.Get("/cards/people/:handle.png", g.formLimits, picture, p.PersonCard)
	app.Get("/embed/ideas/:id", g.formLimits, frame, p.EmbedIdea)
	app.Get("/embed/challenges/:slug", g.formLimits, frame, p.EmbedChallenge)
	app.Get("/oembed", g.formLimits, feed, p.OEmbed)
	for _, as := range []pages.Format{pages.Atom, pages.JSONFeed} {
		app.Get("/feeds/board."+string(as), g.formLimits, feed, p.BoardFeed(as))
		app.Get("/feeds/made."+string(as), g.formLimits, feed, p.MadeFeed(as))
		app.Get("/feeds/topics/:slug."+string(as), g.formLimits, feed, p.TopicFeed(as))
		app.Get("/feeds/challenges/:slug."+string(as), g.formLimits, feed, p.ChallengeFeed(as))
		app.Get("/feeds/people/:handle."+string(as), g.formLimits, feed, p.PersonFeed(as))
		app.Get("/feeds/ideas/:id."+string(as), g.formLimits, feed, p.IdeaFeed(as))
	}
	app.Get("/robots.txt", p.Robots)
	app.Get("/sitemap.xml", feed, p.Sitemap)
	app.Get("/sitemap/:part.xml", feed, p.SitemapPart)
}

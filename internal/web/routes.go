package web

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/pages"
	"prosumer/internal/web/socket"
)

// routes is every address of the site. What a role may do is decided by the
// services behind them; limits stand here.
func routes(app *fiber.App, o Options, g guard) {
	l, p := g.limits(), o.Pages

	app.Get("/live", socket.Handler(o.Socket))

	app.Get("/", l.search, p.BoardShow)
	app.Get("/ideas/new", p.IdeaNew)
	app.Post("/ideas", l.propose, p.IdeaCreate)
	app.Get("/ideas/:idea", p.IdeaShow)
	app.Get("/ideas/:idea/edit", p.IdeaEdit)
	app.Post("/ideas/:idea/edit", l.propose, p.IdeaSave)
	app.Get("/ideas/:idea/versions", p.IdeaVersions)
	app.Post("/ideas/:idea/withdraw", l.other, p.IdeaWithdraw)
	app.Post("/ideas/:idea/vote", l.vote, l.voteDay, p.Vote)
	app.Post("/ideas/:idea/decision", l.other, p.Decide)
	app.Post("/ideas/:idea/undo", l.other, p.Undo)
	app.Get("/vote/kept", p.VoteKept)

	app.Get("/studio/templates", p.Templates)
	app.Post("/studio/templates", l.other, p.TemplateCreate)
	app.Get("/studio/templates/:id", p.TemplateForm)
	app.Post("/studio/templates/:id", l.other, p.TemplateSave)
	app.Post("/studio/templates/:id/delete", l.other, p.TemplateDelete)

	for _, area := range []func(*fiber.App, limits, *pages.Pages){
		challengeRoutes,
		deckRoutes,
		mergeRoutes,
		shortlistRoutes,
		studioRoutes,
		triageRoutes,
		madeRoutes,
		noticeRoutes,
		insightRoutes,
		commentRoutes,
		cocreationRoutes,
		personRoutes,
		owndataRoutes,
		sharingRoutes,
		searchRoutes,
	} {
		area(app, l, p)
	}

	app.Get("/sign-in", p.SignInForm)
	app.Post("/sign-in", l.signIn, p.SignIn)
	app.Get("/sign-up", p.SignUpForm)
	app.Post("/sign-up", l.signUp, p.SignUp)
	app.Post("/sign-out", p.SignOut)
	app.Post("/sign-in/link", l.mail, p.SignInLink)
	app.Get("/sign-in/link/use", p.UseLinkForm)
	app.Post("/sign-in/link/use", l.signIn, p.UseLink)
	app.Get("/forgot", p.ForgotForm)
	app.Post("/forgot", l.mail, p.Forgot)
	app.Get("/reset", p.ResetForm)
	app.Post("/reset", l.signIn, p.Reset)
	app.Get("/confirm", p.ConfirmForm)
	app.Post("/confirm", l.signIn, p.UseLink)
	app.Post("/confirm/again", l.mail, p.ConfirmAgain)
	app.Get("/first-admin", p.FirstAdminForm)
	app.Post("/first-admin", l.signIn, p.FirstAdmin)

	app.Get("/settings", func(c *fiber.Ctx) error { return c.Redirect("/settings/profile", fiber.StatusSeeOther) })
	app.Get("/settings/password", p.PasswordForm)
	app.Post("/settings/password", l.signIn, p.Password)
	app.Get("/settings/sessions", p.Sessions)
	app.Post("/settings/sessions/end", l.other, p.EndOneSession)
	app.Post("/settings/sessions/end-others", l.other, p.EndOtherSessions)
	app.Get("/settings/tokens", p.Tokens)
	app.Post("/settings/tokens", l.other, p.NewToken)
	app.Post("/settings/tokens/revoke", l.other, p.RevokeToken)

	app.Get("/how", p.How)
	app.Get("/api/docs", p.APIDocs)
	app.Post("/language", l.other, p.Language)
	app.Get("/dev/mail", p.DevMails)
	app.Get("/dev/mail/:name", p.DevMail)
	app.Get("/dev/mail/:name/html", p.DevMailHTML)
	app.Get("/styleguide", p.Styleguide)

	apiLimits(app, l)
	o.API.Register(app)
}

// apiLimits puts the pages' limits on the API's operations too: one counter
// each, whichever way somebody comes.
func apiLimits(app *fiber.App, l limits) {
	const v1 = "/api/v1"
	app.Put(v1+"/ideas/:id/vote", l.vote, l.voteDay)
	app.Delete(v1+"/ideas/:id/vote", l.vote, l.voteDay)
	app.Post(v1+"/accounts", l.signUp)
	app.Post(v1+"/session", l.signIn)
	app.Post(v1+"/ideas", l.propose)
	app.Patch(v1+"/ideas/:id", l.propose)
	app.Post(v1+"/ideas/:id/comments", l.comment)
	app.Patch(v1+"/comments/:id", l.comment)
	app.Post(v1+"/images", l.upload)
	app.Get(v1+"/ideas", l.search)
	app.Get(v1+"/ideas/similar", l.search)
	app.Get(v1+"/search", l.search)
	app.Post(v1+"/preview", l.other)
}

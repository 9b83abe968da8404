package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// SignInLink mails a link. The answer is the same for every address.
func (p *Pages) SignInLink(c *fiber.Ctx) error { return p.sendLink(c, accounts.SignInLink, "link") }

// Forgot mails a link to set a new password.
func (p *Pages) Forgot(c *fiber.Ctx) error { return p.sendLink(c, accounts.ResetLink, "reset") }

func (p *Pages) sendLink(c *fiber.Ctx, purpose accounts.Purpose, what string) error {
	email, next := request.Field(c, "email"), local(request.Field(c, "next"))
	err := p.Accounts.AskLink(c.UserContext(), email, purpose, next, "")
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		if purpose == accounts.ResetLink {
			return response.HTML(c, response.StatusOf(f), views.Forgot(views.ForgotView{Shell: p.gate(c), Email: email, Errors: p.errors(c, f)}))
		}
		return response.HTML(c, response.StatusOf(f), views.SignIn(views.SignInView{Shell: p.gate(c), Next: next, Email: email, Kept: p.choiceOf(c, next), Errors: p.errors(c, f)}))
	}
	if err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.Sent(views.SentView{Shell: p.gate(c), What: what, Email: email}))
}

// ForgotForm asks for the address.
func (p *Pages) ForgotForm(c *fiber.Ctx) error {
	return response.HTML(c, fiber.StatusOK, views.Forgot(views.ForgotView{Shell: p.gate(c)}))
}

// UseLinkForm shows the button that uses a sign-in link: mail scanners open
// links, but do not press buttons.
func (p *Pages) UseLinkForm(c *fiber.Ctx) error {
	token := request.Query(c, "token")
	link, err := p.Accounts.Look(c.UserContext(), token)
	if err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.UseLink(views.UseLinkView{Shell: p.tokenGate(c), Token: token, Kept: p.choiceOf(c, link.Next)}))
}

// UseLink uses a sign-in or confirming link.
func (p *Pages) UseLink(c *fiber.Ctx) error {
	account, secret, next, err := p.Accounts.UseLink(c.UserContext(), request.Field(c, "token"), c.Get(fiber.HeaderUserAgent))
	if err != nil {
		return err
	}
	if secret == "" {
		return response.SeeOther(c, local(next), "confirmed")
	}
	p.SetSession(c, secret)
	return p.arrive(c, account, next, request.Field(c, "keep") != "")
}

// ConfirmForm shows the button that confirms an address, or says that a mail is
// on its way.
func (p *Pages) ConfirmForm(c *fiber.Ctx) error {
	token := request.Query(c, "token")
	v := views.ConfirmView{Shell: p.tokenGate(c), Token: token}
	if token != "" {
		link, err := p.Accounts.Look(c.UserContext(), token)
		if err != nil {
			return err
		}
		v.Kept = p.choiceOf(c, link.Next)
	}
	if actor := request.Actor(c); !actor.Visitor() {
		account, err := p.Accounts.ByID(c.UserContext(), actor.ID)
		if err != nil {
			return err
		}
		if account.Email != nil {
			v.Email = *account.Email
		}
	} else if token == "" {
		return accounts.ErrSignIn
	}
	return response.HTML(c, fiber.StatusOK, views.Confirm(v))
}

// ConfirmAgain mails the confirming link again.
func (p *Pages) ConfirmAgain(c *fiber.Ctx) error {
	if request.Actor(c).Visitor() {
		return accounts.ErrSignIn
	}
	account, err := p.Accounts.ByID(c.UserContext(), request.Actor(c).ID)
	if err != nil {
		return err
	}
	if account.Email == nil {
		return accounts.ErrForbidden
	}
	if err := p.Accounts.AskLink(c.UserContext(), *account.Email, accounts.ConfirmLink, views.HomeURL, ""); err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.Sent(views.SentView{Shell: p.gate(c), What: "confirm", Email: *account.Email}))
}

// ResetForm asks for the new password.
func (p *Pages) ResetForm(c *fiber.Ctx) error {
	token := request.Query(c, "token")
	if _, err := p.Accounts.Look(c.UserContext(), token); err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.Reset(views.ResetView{Shell: p.tokenGate(c), Token: token}))
}

// Reset sets the new password and signs in.
func (p *Pages) Reset(c *fiber.Ctx) error {
	token := request.Field(c, "token")
	_, secret, err := p.Accounts.ResetPassword(c.UserContext(), token, request.Verbatim(c, "password"), c.Get(fiber.HeaderUserAgent))
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		return response.HTML(c, response.StatusOf(f), views.Reset(views.ResetView{Shell: p.tokenGate(c), Token: token, Errors: p.errors(c, f)}))
	}
	if err != nil {
		return err
	}
	p.SetSession(c, secret)
	return response.SeeOther(c, views.HomeURL, "password_changed")
}

// FirstAdminForm is where the link of the server's log leads.
func (p *Pages) FirstAdminForm(c *fiber.Ctx) error {
	token := request.Query(c, "token")
	link, err := p.Accounts.Look(c.UserContext(), token)
	if err != nil {
		return err
	}
	if link.Purpose != accounts.FirstAdminLink {
		return accounts.ErrLinkUsed
	}
	return response.HTML(c, fiber.StatusOK, views.FirstAdmin(views.FirstAdminView{Shell: p.tokenGate(c), Token: token}))
}

// FirstAdmin makes the first admin.
func (p *Pages) FirstAdmin(c *fiber.Ctx) error {
	token, in := request.Field(c, "token"), p.signUp(c, views.HomeURL)
	_, secret, err := p.Accounts.BecomeFirstAdmin(c.UserContext(), token, in)
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		v := views.FirstAdminView{Shell: p.tokenGate(c), Token: token, Name: in.Name, Handle: in.Handle, Email: in.Email, Errors: p.errors(c, f)}
		return response.HTML(c, response.StatusOf(f), views.FirstAdmin(v))
	}
	if err != nil {
		return err
	}
	p.SetSession(c, secret)
	return response.SeeOther(c, views.StudioURL, "first_admin")
}

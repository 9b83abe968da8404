package pages

import (
	"math"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

func local(next string) string { return clean.LocalPath(next) }

// SignInForm shows the form; who is signed in goes on to where they wanted to be.
func (p *Pages) SignInForm(c *fiber.Ctx) error {
	next := local(request.Query(c, "next"))
	if !request.Actor(c).Visitor() {
		return response.SeeOther(c, next, "")
	}
	return response.HTML(c, fiber.StatusOK, views.SignIn(views.SignInView{Shell: p.gate(c), Next: next, Kept: p.choiceOf(c, next)}))
}

// gate is the shell of pages that search engines leave alone.
func (p *Pages) gate(c *fiber.Ctx) views.Shell {
	s := p.Shell(c)
	s.NoIndex = true
	return s
}

// tokenGate is the shell of pages whose address holds the secret of a link:
// nobody learns from where their reader came. Under no-referrer a browser sends
// forms with the Origin "null", which is as good as none; over plain http, where
// it sends no Sec-Fetch-Site either, the form could not be told from a foreign one.
func (p *Pages) tokenGate(c *fiber.Ctx) views.Shell {
	policy := "no-referrer"
	if !strings.HasPrefix(p.BaseURL, "https:") {
		policy = "same-origin"
	}
	c.Set(fiber.HeaderReferrerPolicy, policy)
	return p.gate(c)
}

// SignIn takes the form.
func (p *Pages) SignIn(c *fiber.Ctx) error {
	next := local(request.Field(c, "next"))
	in := accounts.SignIn{Email: request.Field(c, "email"), Password: request.Verbatim(c, "password"), Agent: c.Get(fiber.HeaderUserAgent), Network: request.Network(c)}
	account, secret, err := p.Accounts.SignIn(c.UserContext(), in)
	if err != nil {
		f := fault.Of(err)
		if f.Kind == fault.Internal || f.Kind == fault.Busy {
			return err
		}
		p.retry(c, f)
		return response.HTML(c, response.StatusOf(f), views.SignIn(views.SignInView{Shell: p.gate(c), Next: next, Email: in.Email, Kept: p.choiceOf(c, next), Errors: p.errors(c, f)}))
	}
	p.SetSession(c, secret)
	return p.arrive(c, account, next, request.Field(c, "keep") != "")
}

// retry says when to come back, where the refusal does.
func (p *Pages) retry(c *fiber.Ctx, f *fault.Fault) {
	if f.RetryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(f.RetryAfter.Seconds()))))
	}
}

// SignUpForm shows the form of a new account.
func (p *Pages) SignUpForm(c *fiber.Ctx) error {
	next := local(request.Query(c, "next"))
	if !request.Actor(c).Visitor() {
		return response.SeeOther(c, next, "")
	}
	return response.HTML(c, fiber.StatusOK, views.SignUp(views.SignUpView{Shell: p.gate(c), Next: next, Kept: p.choiceOf(c, next)}))
}

// SignUp takes the form.
func (p *Pages) SignUp(c *fiber.Ctx) error {
	next := local(request.Field(c, "next"))
	in := p.signUp(c, next)
	account, secret, err := p.Accounts.SignUp(c.UserContext(), in)
	if err != nil {
		f := fault.Of(err)
		if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
			return err
		}
		errors := p.errors(c, f)
		if f.Code == accounts.ErrEmailTaken.Code {
			errors = views.Errors{"email": response.Sentence(request.Lang(c), f)}
		}
		v := views.SignUpView{Shell: p.gate(c), Next: next, Name: in.Name, Handle: in.Handle, Email: in.Email, Kept: p.choiceOf(c, next), Errors: errors}
		return response.HTML(c, response.StatusOf(f), views.SignUp(v))
	}
	p.SetSession(c, secret)
	return p.arrive(c, account, next, request.Field(c, "keep") != "")
}

func (p *Pages) signUp(c *fiber.Ctx, next string) accounts.SignUp {
	return accounts.SignUp{
		Email: request.Field(c, "email"), Password: request.Verbatim(c, "password"), Name: request.Field(c, "name"), Handle: request.Field(c, "handle"),
		Lang: string(request.Lang(c)), Agent: c.Get(fiber.HeaderUserAgent), Next: readKept(next).backOr(next),
	}
}

// backOr is where a confirming link leads: to the idea of a kept choice, which
// is stored by then, else to next.
func (k kept) backOr(next string) string {
	if k.idea != 0 {
		return local(k.back)
	}
	if k.carried != "" {
		return views.MyIdeasURL
	}
	return next
}

// SignOut ends the session.
func (p *Pages) SignOut(c *fiber.Ctx) error {
	if secret := request.Secret(c); secret != "" {
		if err := p.Accounts.SignOut(c.UserContext(), secret); err != nil {
			return err
		}
	}
	p.EndSession(c)
	return response.SeeOther(c, views.HomeURL, "signed_out")
}

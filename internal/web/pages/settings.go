package pages

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// PasswordForm asks for the present and the new password.
func (p *Pages) PasswordForm(c *fiber.Ctx) error { return p.passwordForm(c, fiber.StatusOK, nil) }

func (p *Pages) passwordForm(c *fiber.Ctx, status int, f *fault.Fault) error {
	if request.Actor(c).Visitor() {
		return accounts.ErrSignIn
	}
	account, err := p.Accounts.ByID(c.UserContext(), request.Actor(c).ID)
	if err != nil {
		return err
	}
	v := views.PasswordView{Shell: p.gate(c), HasPassword: true, Errors: p.errors(c, f)}
	if account.Email != nil {
		v.Email = *account.Email
	}
	return response.HTML(c, status, views.Password(v))
}

// Password takes the form; every other session ends.
func (p *Pages) Password(c *fiber.Ctx) error {
	err := p.Accounts.ChangePassword(c.UserContext(), request.Actor(c), request.Verbatim(c, "current"), request.Verbatim(c, "password"))
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		return p.passwordForm(c, response.StatusOf(f), f)
	}
	if err != nil {
		return err
	}
	return response.SeeOther(c, views.PasswordURL, "password_changed")
}

// Sessions lists where the person is signed in.
func (p *Pages) Sessions(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	list, err := p.Accounts.Sessions(c.UserContext(), actor)
	if err != nil {
		return err
	}
	v := views.SessionsView{Shell: p.gate(c)}
	for _, s := range list {
		v.Sessions = append(v.Sessions, views.Session{ID: s.PublicID, Device: device(s.Agent), Begun: s.CreatedAt, Seen: s.SeenAt, Current: s.PublicID == actor.Session})
	}
	return response.HTML(c, fiber.StatusOK, views.Sessions(v))
}

// device says in words what a browser calls itself.
func device(agent string) string {
	find := func(names ...string) string {
		for _, n := range names {
			token, name, _ := strings.Cut(n, "=")
			if strings.Contains(agent, token) {
				return name
			}
		}
		return ""
	}
	browser := find("Edg=Edge", "OPR=Opera", "Firefox=Firefox", "Chrom=Chrome", "Safari=Safari")
	system := find("iPhone=iPhone", "iPad=iPad", "Android=Android", "Windows=Windows", "Mac OS=Mac", "Linux=Linux")
	switch {
	case browser == "":
		return strings.TrimSpace(strings.SplitN(agent, "/", 2)[0])
	case system == "":
		return browser
	default:
		return browser + ", " + system
	}
}

// EndOneSession signs one other browser out.
func (p *Pages) EndOneSession(c *fiber.Ctx) error {
	if request.Actor(c).Visitor() {
		return accounts.ErrSignIn
	}
	if err := p.Accounts.EndSession(c.UserContext(), request.Actor(c), request.Field(c, "id")); err != nil {
		return err
	}
	return response.SeeOther(c, views.SessionsURL, "session_ended")
}

// EndOtherSessions signs all other browsers out.
func (p *Pages) EndOtherSessions(c *fiber.Ctx) error {
	if request.Actor(c).Visitor() {
		return accounts.ErrSignIn
	}
	if err := p.Accounts.EndOtherSessions(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return response.SeeOther(c, views.SessionsURL, "sessions_ended")
}

// Tokens lists the person's API tokens.
func (p *Pages) Tokens(c *fiber.Ctx) error {
	return p.tokens(c, fiber.StatusOK, views.TokensView{})
}

func (p *Pages) tokens(c *fiber.Ctx, status int, v views.TokensView) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	list, err := p.Accounts.Tokens(c.UserContext(), actor)
	if err != nil {
		return err
	}
	v.Shell = p.gate(c)
	for _, scope := range accounts.Scopes {
		v.Scopes = append(v.Scopes, string(scope))
	}
	for _, t := range list {
		shown := views.Token{ID: t.ID, Name: t.Name, Scopes: t.Scopes, Created: t.CreatedAt}
		if t.UsedAt != nil {
			shown.Used = *t.UsedAt
		}
		v.Tokens = append(v.Tokens, shown)
	}
	return response.HTML(c, status, views.Tokens(v))
}

// NewToken makes a token and shows it this once.
func (p *Pages) NewToken(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	name := request.Field(c, "name")
	secret, err := p.Accounts.NewToken(c.UserContext(), actor.ID, name, request.Fields(c, "scopes"), 0)
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		return p.tokens(c, response.StatusOf(f), views.TokensView{Name: name, Errors: p.errors(c, f)})
	}
	if err != nil {
		return err
	}
	return p.tokens(c, fiber.StatusOK, views.TokensView{Created: secret})
}

// RevokeToken ends a token.
func (p *Pages) RevokeToken(c *fiber.Ctx) error {
	if request.Actor(c).Visitor() {
		return accounts.ErrSignIn
	}
	id, err := strconv.ParseInt(request.Field(c, "id"), 10, 64)
	if err != nil {
		return accounts.ErrTokenNotFound
	}
	if err := p.Accounts.RevokeToken(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return response.SeeOther(c, views.TokensURL, "token_revoked")
}

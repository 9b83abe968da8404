package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/web/request"
)

// cookies keeps the session's cookie. Over https it has the __Host- prefix,
// which binds it to this host; plain http, for trying the board on one's own
// machine, cannot have that.
type cookies struct{ secure bool }

func secure(baseURL string) bool { return strings.HasPrefix(baseURL, "https://") }

func (k cookies) name() string {
	if k.secure {
		return "__Host-session"
	}
	return "session"
}

// sessionDays is how long a browser keeps the cookie; the database decides how
// long it works.
const sessionDays = 30

func (k cookies) set(c *fiber.Ctx, secret string) {
	c.Cookie(&fiber.Cookie{Name: k.name(), Value: secret, Path: "/", MaxAge: sessionDays * 24 * 3600, Secure: k.secure, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}

func (k cookies) clear(c *fiber.Ctx) {
	c.Cookie(&fiber.Cookie{Name: k.name(), Path: "/", Expires: fasthttp.CookieExpireDelete, Secure: k.secure, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}

// guard is the middleware that decides who is asking and what is let through.
type guard struct {
	o        Options
	sessions cookies
	ownHost  string // of the public address
	policy   string // what pages under that host may load
}

// identify finds the actor. A token request ignores cookies; a session that is
// over makes its owner a visitor, so that public pages go on working.
func (g guard) identify(c *fiber.Ctx) error {
	if header := c.Get(fiber.HeaderAuthorization); header != "" {
		token, ok := strings.CutPrefix(header, "Bearer ")
		if !ok {
			return accounts.ErrToken
		}
		actor, err := g.o.Accounts.ResolveToken(c.UserContext(), token)
		if err != nil {
			return err
		}
		request.SetActor(c, actor)
		return c.Next()
	}
	secret := c.Cookies(g.sessions.name())
	if secret == "" {
		return c.Next()
	}
	actor, err := g.o.Accounts.Resolve(c.UserContext(), secret)
	switch {
	case err == nil:
		request.SetActor(c, actor)
		request.SetSecret(c, secret)
	case fault.Of(err).Kind == fault.SignIn:
		g.sessions.clear(c)
	default:
		return err
	}
	return c.Next()
}

// formToken is bound to the session and stands in each of its forms.
func (g guard) formToken(c *fiber.Ctx) string {
	secret := request.Secret(c)
	if secret == "" {
		return ""
	}
	mac := hmac.New(sha256.New, []byte(g.o.Secret))
	mac.Write([]byte("form:" + secret))
	return hex.EncodeToString(mac.Sum(nil))
}

// The refusals of requests from elsewhere.
var (
	errForeign = fault.New(fault.Forbidden, "request.foreign", "This request came from another site. Open the page here and try again.")
	errToken   = fault.New(fault.Forbidden, "request.form_token", "This form is from an earlier session. Go back, load the page again and send it once more.")
)

// origin lets a request that changes something through only when this site's
// own page sent it: by Sec-Fetch-Site, else by Origin, and for forms of a
// session by their token too. A token request proves itself.
func (g guard) origin(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead:
		return c.Next()
	}
	if request.Actor(c).ByToken() {
		return c.Next()
	}
	site, origin := c.Get("Sec-Fetch-Site"), c.Get(fiber.HeaderOrigin)
	switch {
	case site == "same-origin", site == "none":
	case site != "":
		return errForeign
	case origin != "":
		if !g.ours(c, origin) {
			return errForeign
		}
	case request.Secret(c) != "":
		return errForeign
	}
	if strings.HasPrefix(c.Path(), "/api/") || request.Secret(c) == "" {
		return c.Next()
	}
	given := c.Get("X-CSRF-Token")
	if given == "" {
		given = request.Field(c, "csrf")
	}
	if subtle.ConstantTimeCompare([]byte(given), []byte(g.formToken(c))) != 1 {
		return errToken
	}
	return c.Next()
}

// ours compares an Origin with the public one, or with the host of the request,
// which was checked against the list before.
func (g guard) ours(c *fiber.Ctx, origin string) bool {
	scheme := "http://"
	if g.sessions.secure {
		scheme = "https://"
	}
	return origin == g.o.BaseURL || strings.EqualFold(origin, scheme+string(c.Request().Host()))
}

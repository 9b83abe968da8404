package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/netip"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"

	"prosumer/frontend"
	"prosumer/internal/accounts"
	"prosumer/internal/i18n"
	"prosumer/internal/media"
	"prosumer/internal/web/api"
	"prosumer/internal/web/pages"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/socket"
)

// Bodies and time. One application has one body limit, so it is that of an
// upload; every other route refuses by its own limit before reading.
const (
	maxBody      = 11 << 20
	maxHeader    = 8 << 10
	readTimeout  = 15 * time.Second
	writeTimeout = 30 * time.Second
	idleTimeout  = 75 * time.Second
	deadline     = 20 * time.Second // of a request's own work
	writeBuffer  = 16 << 10         // a packed page and its head in one piece
)

// Options has what the application is made of.
type Options struct {
	Accounts *accounts.Service
	Media    *media.Service
	Pages    *pages.Pages
	API      *api.API
	Socket   socket.Options
	Assets   frontend.Assets
	Ready    func(ctx context.Context) error // nil when the server can serve

	BaseURL string
	Hosts   []string // further hosts that requests may name
	Proxies []netip.Prefix
	Secret  string // what form tokens are made with
	Limits  bool
	Now     func() time.Time // for the age of kept pages; time.Now when nil
	Room    uint64           // bytes for kept pages; 64 MiB when 0
	Log     *slog.Logger
}

// New makes the application with every route.
func New(o Options) *fiber.App {
	g := guard{o: o, sessions: cookies{secure: secure(o.BaseURL)}, ownHost: hostOf(o.BaseURL)}
	g.policy = g.contentPolicy(g.ownHost)
	refuser := response.Refuser{Shell: o.Pages.Shell, Log: o.Log}
	app := fiber.New(fiber.Config{
		AppName: "Prosumer", DisableStartupMessage: true, ErrorHandler: g.unread(refuser),
		Immutable: true, CaseSensitive: true, StrictRouting: true, BodyLimit: maxBody, ReadBufferSize: maxHeader, WriteBufferSize: writeBuffer,
		ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		RequestMethods: methods,
	})
	socket.Prepare(app)
	g.screen(app)
	o.Pages.SetSession, o.Pages.CSRF = g.sessions.set, g.formToken
	o.Pages.EndSession = g.sessions.clear
	o.API.SetSession = g.sessions.set
	o.API.EndSession = func(c *fiber.Ctx) error {
		err := o.Accounts.SignOut(c.UserContext(), request.Secret(c))
		g.sessions.clear(c)
		return err
	}

	app.Use(begin, g.headers, watch(refuser))
	health(app, o.Ready)
	kept := newPageCache(g.sessions.name(), o.Pages.NearMailbox, o.Now, o.Room, o.Log)
	app.Use(g.host, g.address, g.encoding, kept.serve, bounded)
	app.Use(compress.New(compress.Config{Level: compress.LevelBestSpeed, Next: leftPlain}))
	static(app, o.Assets, o.Media)
	g.outside(app, o.Pages)
	app.Use(g.identify, language, g.origin, g.formLimits, g.privacy)
	routes(app, o, g)
	app.All("/*", func(*fiber.Ctx) error { return request.ErrNotFound })
	return app
}

// begin gives the request its id.
func begin(c *fiber.Ctx) error {
	newID(c)
	return c.Next()
}

// bounded gives the request the time it may take.
func bounded(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), deadline)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

func newID(c *fiber.Ctx) {
	raw := make([]byte, 8)
	_, _ = rand.Read(raw)
	id := hex.EncodeToString(raw)
	request.SetID(c, id)
	c.Set(fiber.HeaderXRequestID, id)
}

// language chooses what the answer is written in: the account's, what the
// switch asked for, or what the browser prefers.
func language(c *fiber.Ctx) error {
	choice := c.Cookies("lang")
	if actor := request.Actor(c); actor.Lang != "" {
		choice = actor.Lang
	}
	lang := i18n.Choose(choice, c.Get(fiber.HeaderAcceptLanguage))
	request.SetLang(c, lang)
	c.Set(fiber.HeaderContentLanguage, string(lang))
	return c.Next()
}

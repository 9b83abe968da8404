package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/frontend"
	"prosumer/internal/accounts"
	"prosumer/internal/live"
	"prosumer/internal/mail"
	"prosumer/internal/web"
	"prosumer/internal/web/api"
	"prosumer/internal/web/pages"
	"prosumer/internal/web/request"
	"prosumer/internal/web/socket"
	"prosumer/internal/web/views"
)

type siteOptions struct {
	secret  string
	assets  frontend.Assets
	mailbox *mail.Folder // nil when mails really go out
	demo    bool
	ready   func(ctx context.Context) error
	log     *slog.Logger
}

// newSite makes the application over the parts.
func newSite(a *app, p *parts, o siteOptions) (*fiber.App, error) {
	reference, err := views.ReadAPIReference(api.Spec())
	if err != nil {
		return nil, fmt.Errorf("the API's contract: %w", err)
	}
	proxies, err := a.cfg.Proxies()
	if err != nil {
		return nil, err
	}
	page := &pages.Pages{
		Accounts: p.accounts, Topics: p.topics, Ideas: p.ideas, Votes: p.votes, Products: p.products, Board: p.board, Media: p.media, DB: p.db,
		Challenges: p.challenges, Notices: p.notices, Milestones: p.milestones, Merges: p.merges, Shortlists: p.shortlists, Triage: p.triage,
		Comments: p.comments, Cocreation: p.cocreation, Sharing: p.sharing, OwnData: p.owndata, Standing: p.standing, Reports: p.insights, OriginKey: []byte(o.secret),
		Zone:   a.cfg.Zone(),
		Here:   func(topic string) int { return p.hub.Here(live.Topic(topic)) },
		Assets: viewAssets(o.assets), BaseURL: a.cfg.BaseURL, Version: version(), Reference: reference,
		Demo: o.demo, RequireConfirm: a.cfg.MustConfirm(), DigestHour: a.cfg.DigestHour, AnswerDays: a.cfg.AnswerDays, DecisionDays: a.cfg.DecisionDays, Now: time.Now,
	}
	if o.demo && o.mailbox != nil {
		page.Mailbox = o.mailbox
	}
	contract := &api.API{Accounts: p.accounts, Ideas: p.ideas, Votes: p.votes, Products: p.products, Board: p.board, Media: p.media, Challenges: p.challenges, Comments: p.comments, Merges: p.merges, OriginKey: []byte(o.secret)}
	return web.New(web.Options{
		Accounts: p.accounts, Media: p.media, Pages: page, API: contract, Assets: o.assets, Ready: o.ready,
		Socket: socket.Options{
			Hub: p.hub, Origin: a.cfg.BaseURL, Also: web.Origins(a.cfg.BaseURL, a.cfg.AllowedHosts), Log: o.log,
			Viewer: viewer, ByToken: func(c *fiber.Ctx) bool { return request.Actor(c).ByToken() },
		},
		BaseURL: a.cfg.BaseURL, Hosts: a.cfg.AllowedHosts, Proxies: proxies, Secret: o.secret, Limits: a.cfg.Limits == "on", Log: o.log,
	}), nil
}

// viewer is who opens a socket.
func viewer(c *fiber.Ctx) (live.Viewer, error) {
	actor := request.Actor(c)
	if actor.ByToken() && !actor.Can(accounts.ScopeRead) {
		return live.Viewer{}, accounts.ErrScope
	}
	return live.Viewer{Account: int64(actor.ID), Session: actor.Session, Key: request.Network(c)}, nil
}

func viewAssets(a frontend.Assets) views.Assets {
	shown := views.Assets{Script: a.Script, FontPreloads: a.FontPreloads, Theme: a.Theme, Icons: a.Icons, Embed: a.Embed, EmbedStyle: a.EmbedStyle}
	if len(a.Styles) > 0 {
		shown.Style, shown.MoreStyle = a.Styles[0], a.More
	}
	return shown
}

// announce prints where the board is, once.
func (s *serveCmd) announce(a *app, p *parts, l net.Listener, log *slog.Logger) error {
	fmt.Fprintf(a.out, "\n  Prosumer is at %s\n", a.cfg.BaseURL)
	if _, port, err := net.SplitHostPort(l.Addr().String()); err == nil {
		fmt.Fprintf(a.out, "  Listening on port %s\n", port)
	}
	if s.Demo {
		fmt.Fprint(a.out, demoSignIns())
	}
	link, err := p.accounts.FirstAdmin(a.ctx)
	if err != nil {
		return err
	}
	if link != "" {
		fmt.Fprintf(a.out, "  Make the first admin here, once: %s%s?token=%s\n", a.cfg.BaseURL, views.FirstAdminURL, link)
	}
	if a.cfg.SMTPURL == "" {
		counts := "every account counts as confirmed"
		if a.cfg.MustConfirm() {
			counts = "the confirming links are in those files"
		}
		fmt.Fprintf(a.out, "  No mail server is set: mails are files in %s/mail, and %s.\n", a.cfg.DataDir, counts)
	}
	if a.cfg.Limits == "off" {
		log.Warn("rate limits are off (LIMITS=off): for tests and benchmarks only")
	}
	fmt.Fprintf(a.out, "  Data is in %s. Stop with Ctrl-C.\n\n", a.cfg.DataDir)
	return nil
}

package pages

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/mail"
	"prosumer/internal/media"
	"prosumer/internal/products"
	"prosumer/internal/topics"
	"prosumer/internal/votes"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
)

// Mailbox is the folder of mails that a server without mail shows.
type Mailbox interface{ Newest() ([]mail.Kept, error) }

// Pages has what the handlers need. Every field but Mailbox must be set.
type Pages struct {
	Accounts *accounts.Service
	Topics   *topics.Service
	Ideas    *ideas.Service
	Votes    *votes.Service
	Products *products.Service
	Board    *board.Board
	Media    *media.Service
	DB       *sqlx.DB // for reads of pictures, whose package takes the transaction in hand

	SetSession func(c *fiber.Ctx, secret string)
	EndSession func(c *fiber.Ctx)
	CSRF       func(c *fiber.Ctx) string
	Here       func(topic string) int
	Assets     views.Assets
	Mailbox    Mailbox // nil where there is none to show
	BaseURL    string
	Version    string
	Reference  views.APIReference

	Demo                     bool // demo data: the style guide is shown
	RequireConfirm           bool // an address must be confirmed before its owner votes
	AnswerDays, DecisionDays int
	Now                      func() time.Time
}

// limits of lists on pages.
const (
	peopleOnPage   = 30
	productsOnPage = 24
	mineOnPage     = 24
)

// Shell fills what every page shows around itself. It never fails: a figure
// that cannot be had is left out.
func (p *Pages) Shell(c *fiber.Ctx) views.Shell {
	actor, lang := request.Actor(c), request.Lang(c)
	path := string(c.Request().URI().RequestURI())
	s := views.Shell{
		Lang: lang, Path: withoutFlash(path), CSRF: p.CSRF(c), Assets: p.Assets, Here: p.Here("board"), Version: p.Version,
		DevMail: p.Mailbox != nil, CanonicalURL: p.BaseURL + c.Path(), Texts: i18n.Under(lang, "islands.", "status."),
	}
	if actor.Visitor() {
		s.Viewer.Confirmed = true
	} else {
		s.Viewer = views.Viewer{ID: int64(actor.ID), Name: actor.Name, Handle: actor.Handle, Staff: actor.Staff(), Team: actor.Decides(), Admin: actor.Has(accounts.Admin), Confirmed: actor.Confirmed}
	}
	if code := request.Query(c, "flash"); code != "" && len(code) < 40 && i18n.Has(lang, "flash."+code) {
		s.Flash = i18n.T(lang, "flash."+code)
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), time.Second)
	defer cancel()
	if n, _, err := p.Board.Counts(ctx); err == nil {
		s.IdeaCount = n
	}
	return s
}

// withoutFlash takes the sentence to show once out of the way back.
func withoutFlash(path string) string {
	before, query, found := strings.Cut(path, "?")
	if !found {
		return path
	}
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		if !strings.HasPrefix(part, "flash=") {
			kept = append(kept, part)
		}
	}
	if len(kept) == 0 {
		return before
	}
	return before + "?" + strings.Join(kept, "&")
}

package pages

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/cocreation"
	"prosumer/internal/comments"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/insights"
	"prosumer/internal/mail"
	"prosumer/internal/media"
	"prosumer/internal/merges"
	"prosumer/internal/milestones"
	"prosumer/internal/notices"
	"prosumer/internal/owndata"
	"prosumer/internal/pg"
	"prosumer/internal/products"
	"prosumer/internal/sharing"
	"prosumer/internal/shortlists"
	"prosumer/internal/standing"
	"prosumer/internal/topics"
	"prosumer/internal/triage"
	"prosumer/internal/votes"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
)

// Mailbox is the folder of mails that a server without mail shows.
type Mailbox interface {
	Newest() ([]mail.Kept, error)
	HTML(name string) (string, error)
}

// Pages has what the handlers need. Every field but Mailbox must be set.
type Pages struct {
	Accounts *accounts.Service
	Topics   *topics.Service
	Ideas    *ideas.Service
	Votes    *votes.Service
	Products *products.Service
	Board    *board.Board
	Media    *media.Service

	Challenges *challenges.Service
	Notices    *notices.Service
	Milestones *milestones.Service
	Merges     *merges.Service
	Shortlists *shortlists.Service
	Triage     *triage.Service
	Comments   *comments.Service
	Cocreation *cocreation.Service
	Sharing    *sharing.Service
	OwnData    *owndata.Service
	Standing   *standing.Keeper
	Reports    *insights.Service
	Zone       *time.Location // of the site; UTC when nil
	OriginKey  []byte         // what the places that votes come from are hashed with

	DB pg.Q // for reads of pictures, whose package takes the transaction in hand

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
	DigestHour               int // of the site's day
	Now                      func() time.Time
}

// limits of lists on pages.
const (
	peopleOnPage   = 30
	productsOnPage = 24
	mineOnPage     = 24
)

// texts are the sentences that scripts say, gathered once: they are in every page.
var texts = map[i18n.Lang]json.RawMessage{i18n.EN: textsIn(i18n.EN), i18n.NL: textsIn(i18n.NL)}

func textsIn(lang i18n.Lang) json.RawMessage {
	written, err := json.Marshal(i18n.Under(lang, "islands.", "status."))
	if err != nil {
		panic(err) // a map of strings can be written
	}
	return written
}

// Shell fills what every page shows around itself. It never fails: a figure
// that cannot be had is left out.
func (p *Pages) Shell(c *fiber.Ctx) views.Shell {
	actor, lang := request.Actor(c), request.Lang(c)
	s := views.Shell{
		Lang: lang, Path: withoutFlash(here(c)), CSRF: p.CSRF(c), Assets: p.Assets, Here: p.Here("board"), Version: p.Version,
		DevMail: p.NearMailbox(c), CanonicalURL: p.BaseURL + c.Path(), NoIndex: unlisted(c.Path()), Texts: texts[lang], Zone: p.Zone,
	}
	if actor.Visitor() {
		s.Viewer.Confirmed = true
	} else {
		s.CameFrom = request.CameFrom(c)
		s.Viewer = views.Viewer{ID: int64(actor.ID), Name: actor.Name, Handle: actor.Handle, Picture: image(media.Face(actor.Picture)), Staff: actor.Staff(), Team: actor.Decides(), Moderates: actor.Moderates(), Admin: actor.Has(accounts.Admin), Confirmed: actor.Confirmed}
	}
	if via := sharing.Referrer(request.Query(c, sharing.Parameter)); via != "" {
		s.CameFrom = via
	}
	if code := request.Query(c, "flash"); code != "" && len(code) < 40 && i18n.Has(lang, "flash."+code) {
		s.Flash = i18n.T(lang, "flash."+code)
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), time.Second)
	defer cancel()
	if n, _, err := p.Board.Counts(ctx); err == nil {
		s.IdeaCount = n
	}
	if p.Notices != nil {
		if n, err := p.Notices.Unread(ctx, actor); err == nil {
			s.Unread = n
		}
	}
	return s
}

// here is the address to come back to. A form that is shown again stands where
// it was sent, which may be an address that only forms are sent to.
func here(c *fiber.Ctx) string {
	if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead {
		return string(c.Request().URI().RequestURI())
	}
	path := c.Path()
	switch {
	case path == views.IdeasURL:
		return views.ProposeURL
	case path == views.LanguageURL, path == views.SignOutURL, path == views.UnsubscribeURL:
		return views.HomeURL
	case path == views.RevokeTokenURL:
		return views.TokensURL
	case strings.HasPrefix(path, views.SessionsURL):
		return views.SessionsURL
	case path == views.SignInLinkURL, path == views.UseLinkURL:
		return "/sign-in"
	case path == views.ConfirmAgainURL:
		return views.ConfirmURL
	case path == views.InboxReadURL, path == views.InboxMuteURL:
		return views.InboxURL
	case path == views.FollowTargetURL:
		return views.FollowingURL
	case path == views.MailAgainURL:
		return views.NoticesURL
	case strings.HasPrefix(path, views.StudioMailURL+"/"):
		return views.StudioMailURL
	case strings.HasPrefix(path, views.MadeURL+"/"):
		return strings.Join(strings.SplitN(path, "/", 4)[:3], "/") // "", made, the slug
	case strings.HasPrefix(path, "/ideas/") && !strings.HasSuffix(path, "/edit"), strings.HasPrefix(path, views.StudioTemplatesURL+"/") && strings.HasSuffix(path, "/delete"):
		return path[:strings.LastIndexByte(path, '/')]
	}
	return path
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

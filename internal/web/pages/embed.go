package pages

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// sendFrame draws a page that may stand in a frame on any site: the only ones of
// ours that may. Such a page sends no form. Nothing else, not even a failure on
// the way to one, gets this policy.
func sendFrame(c *fiber.Ctx, status int, v views.EmbedView) error {
	socket := "ws://"
	if strings.HasPrefix(v.URL, "https://") {
		socket = "wss://"
	}
	c.Set(fiber.HeaderContentSecurityPolicy, strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self' " + socket + string(c.Request().Host()),
		"form-action 'none'", "frame-ancestors *", "base-uri 'none'", "object-src 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
	}, "; "))
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Set(fiber.HeaderCacheControl, "public, max-age=5")
	c.Vary(fiber.HeaderAcceptLanguage)
	return response.HTML(c, status, views.Embed(v))
}

// frame is what every frame starts from: the reader of a page elsewhere, of whom
// we want to know nothing but their language.
func (p *Pages) frame(c *fiber.Ctx) views.EmbedView {
	lang := i18n.Choose(request.Query(c, "lang"), c.Get(fiber.HeaderAcceptLanguage))
	request.SetLang(c, lang)
	c.Set(fiber.HeaderContentLanguage, string(lang))
	v := views.EmbedView{Shell: p.words(lang), URL: p.BaseURL + views.HomeURL}
	v.Assets = p.Assets
	if theme := request.Query(c, "theme"); theme == "dark" || theme == "light" {
		v.Theme = theme
	}
	return v
}

// gone answers for what is not there, or not for everybody: a small page, the
// same for both.
func (p *Pages) gone(c *fiber.Ctx, v views.EmbedView, err error) error {
	if fault.Of(err).Kind != fault.NotFound {
		return err
	}
	v.Head = v.T("views.embed.gone")
	return sendFrame(c, fiber.StatusNotFound, v)
}

// EmbedIdea is an idea in a frame on another site.
func (p *Pages) EmbedIdea(c *fiber.Ctx) error {
	v := p.frame(c)
	id, err := request.Number(c, "id")
	if err != nil {
		return p.gone(c, v, err)
	}
	card, err := p.Board.Outside(c.UserContext(), ideas.ID(id))
	if err != nil {
		return p.gone(c, v, err)
	}
	p.fillIdea(&v, card)
	return sendFrame(c, fiber.StatusOK, v)
}

func (p *Pages) fillIdea(v *views.EmbedView, card board.Card) {
	v.Found, v.ID = true, int64(card.ID)
	v.URL = p.BaseURL + views.IdeaURL(v.ID, card.Slug)
	v.Head, v.Chip, v.By = card.Title, chipOf(v.Shell, card), byline(v.Shell, card.Contributor.Name)
	v.Figure, v.Caption = p.told(v.Shell, card)
	if card.Tally.Seal == challenges.Unsealed {
		key := "views.sharing.wanted"
		if card.Challenge != nil && card.Challenge.Ballot == challenges.Score {
			key = "views.sharing.scored"
		}
		v.Topic, v.Figure, v.Caption = "idea:"+card.ID.String(), v.N(card.Tally.Voters), v.T(key, "Count", card.Tally.Voters)
		v.One, v.More = v.T(key, "Count", 1), v.T(key, "Count", 2)
	}
	if card.Tally.Seal == challenges.UntilClose {
		v.Opens = card.Challenge.VotingCloses
	}
	v.Art, v.Seed = image(card.Cover), strconv.FormatInt(v.ID, 10)+card.Title
	v.Card = withLang(views.IdeaCardURL(v.ID), v.Lang)
	v.Act = v.T("views.embed.see")
	if card.Status.Votable() {
		v.Act = v.T("views.embed.vote")
	}
}

// EmbedChallenge is a challenge in a frame on another site.
func (p *Pages) EmbedChallenge(c *fiber.Ctx) error {
	v := p.frame(c)
	ch, err := p.Challenges.Seen(c.UserContext(), accounts.Actor{}, request.Slug(c))
	if err != nil {
		return p.gone(c, v, err)
	}
	faces, err := p.Board.ChallengeFaces(c.UserContext(), []challenges.ID{ch.ID}, false)
	if err != nil {
		return err
	}
	face := faces[ch.ID]
	v.Found, v.Round, v.Topic = true, true, "challenge:"+ch.Slug
	v.URL = p.BaseURL + views.ChallengeURL(ch.Slug)
	v.Head, v.Text, v.Chip = ch.Title, ch.Question, p.phase(v.Shell, ch)
	v.Figure, v.Caption = v.N(face.Entries), v.T("views.sharing.entries", "Count", face.Entries)
	v.One, v.More = v.T("views.sharing.entries", "Count", 1), v.T("views.sharing.entries", "Count", 2)
	v.Art, v.Seed = image(face.Cover), ch.Slug
	v.Card = withLang(views.ChallengeCardURL(ch.Slug), v.Lang)
	v.Act = v.T("views.embed.look")
	return sendFrame(c, fiber.StatusOK, v)
}

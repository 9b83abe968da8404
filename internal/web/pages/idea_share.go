package pages

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/i18n"
	"prosumer/internal/sharing"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// addShare fills ways to pass the idea on.
func (p *Pages) addShare(c *fiber.Ctx, v *views.IdeaView, page *ideaPage) error {
	if v.NoIndex {
		return nil // others could not open it
	}
	v.ShareImage = p.BaseURL + withLang(views.IdeaCardURL(v.ID), v.Lang)
	v.Alternates = append(p.alternates(v.Lang, v.IdeaTitle, func(kind string) string { return views.IdeaFeedURL(v.ID, kind) }), p.embedding(v.CanonicalURL, v.Lang, v.IdeaTitle))
	v.Sharing = p.share(c, page.Card, page.brought)
	return nil
}

// embedding says where a page's frame for other sites is told.
func (p *Pages) embedding(page string, lang i18n.Lang, title string) views.Alternate {
	address := withLang(views.OEmbedURL, lang)
	join := "?"
	if strings.Contains(address, "?") {
		join = "&"
	}
	return views.Alternate{Type: views.OEmbedType, Title: title, Href: p.BaseURL + address + join + "url=" + url.QueryEscape(page)}
}

// share is every way to pass an idea on. A member's link has a code of their
// own, and they see what it brought where the tally may be seen.
func (p *Pages) share(c *fiber.Ctx, card board.Card, brought int) *views.Sharing {
	actor, lang, id := request.Actor(c), request.Lang(c), int64(card.ID)
	page := p.BaseURL + views.IdeaURL(id, card.Slug)
	drawn := withLang(views.IdeaCardURL(id), lang)
	s := &views.Sharing{
		URL: page, Title: card.Title, Page: views.ShareURL(id), Poster: views.PosterURL(id), Card: drawn,
		Embed: views.EmbedCode(p.BaseURL+withLang(views.EmbedIdeaURL(id), lang), page, p.BaseURL+drawn, card.Title, views.EmbedWidth, views.EmbedIdeaHeight),
	}
	if actor.Visitor() {
		return s
	}
	code := sharing.Code(p.OriginKey, card.ID, actor.ID)
	s.Mine, s.URL, s.Brought = true, views.WithCode(page, code), brought
	return s
}

// IdeaShare is the page with every way to pass an idea on, for those that
// everybody may open.
func (p *Pages) IdeaShare(c *fiber.Ctx) error {
	page, err := p.shared(c)
	if err != nil {
		return err
	}
	card := page.Card
	v := views.ShareView{Shell: p.Shell(c), Sharing: *p.share(c, page.Card, page.brought), Idea: views.IdeaLink{ID: int64(card.ID), Slug: card.Slug, Title: card.Title}}
	v.NoIndex, v.CanonicalURL = true, p.BaseURL+views.IdeaURL(int64(card.ID), card.Slug)
	return response.HTML(c, fiber.StatusOK, views.Share(v))
}

// shared is the idea of an address, as its reader may see it; ideas.ErrNotFound
// where not everybody may.
func (p *Pages) shared(c *fiber.Ctx) (*ideaPage, error) {
	id, _, err := request.Idea(c)
	if err != nil {
		return nil, err
	}
	if _, err := p.Board.Outside(c.UserContext(), id); err != nil {
		return nil, err
	}
	return p.ideaPage(c, id)
}

// Poster is an idea to print, with a code that leads to it.
func (p *Pages) Poster(c *fiber.Ctx) error {
	page, err := p.shared(c)
	if err != nil {
		return err
	}
	card := page.Card
	actor := request.Actor(c)
	short := p.BaseURL + views.IdeaURL(int64(card.ID), "")
	v := views.PosterView{
		Shell: p.Shell(c), ID: int64(card.ID), Slug: card.Slug, IdeaTitle: card.Title, By: card.Contributor.Name, Picture: image(card.Cover),
		A5: request.Query(c, "size") == "a5", Link: short, Short: strings.TrimPrefix(strings.TrimPrefix(short, "https://"), "http://"),
	}
	if v.By == "" {
		v.By = v.T("views.person.nameless")
	}
	if !actor.Visitor() {
		v.Link = views.WithCode(short, sharing.Code(p.OriginKey, card.ID, actor.ID))
	}
	if v.Code, err = scannable(v.Link); err != nil {
		return err
	}
	v.NoIndex, v.CanonicalURL = true, p.BaseURL+views.IdeaURL(v.ID, v.Slug)
	return response.HTML(c, fiber.StatusOK, views.Poster(v))
}

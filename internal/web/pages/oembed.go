package pages

import (
	"encoding/xml"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/sharing"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
)

// oembed is an answer of the rich type, by oembed.com.
type oembed struct {
	XMLName         xml.Name `json:"-" xml:"oembed"`
	Version         string   `json:"version" xml:"version"`
	Type            string   `json:"type" xml:"type"`
	Title           string   `json:"title" xml:"title"`
	AuthorName      string   `json:"author_name,omitempty" xml:"author_name,omitempty"`
	AuthorURL       string   `json:"author_url,omitempty" xml:"author_url,omitempty"`
	ProviderName    string   `json:"provider_name" xml:"provider_name"`
	ProviderURL     string   `json:"provider_url" xml:"provider_url"`
	CacheAge        int      `json:"cache_age" xml:"cache_age"`
	ThumbnailURL    string   `json:"thumbnail_url,omitempty" xml:"thumbnail_url,omitempty"`
	ThumbnailWidth  int      `json:"thumbnail_width,omitempty" xml:"thumbnail_width,omitempty"`
	ThumbnailHeight int      `json:"thumbnail_height,omitempty" xml:"thumbnail_height,omitempty"`
	HTML            string   `json:"html" xml:"html"`
	Width           int      `json:"width" xml:"width"`
	Height          int      `json:"height" xml:"height"`
}

// The drawn card, as a thumbnail of a frame.
const (
	cardWidth  = 1200
	cardHeight = 630
)

// OEmbed tells other sites how to show a page of ours: an idea or a challenge.
// What is not there, not for everybody, or not ours is 404, all the same.
func (p *Pages) OEmbed(c *fiber.Ctx) error {
	lang := outsideLang(c)
	format := request.Query(c, "format")
	if format != "" && format != "json" && format != "xml" {
		c.Set(fiber.HeaderCacheControl, outsideCaching)
		return c.SendStatus(fiber.StatusNotImplemented)
	}
	kind, name, ok := p.embeddable(c, request.Query(c, "url"))
	if !ok {
		return request.ErrNotFound
	}
	o := oembed{Version: "1.0", Type: "rich", ProviderName: "Prosumer", ProviderURL: p.BaseURL, CacheAge: 60}
	o.Width, o.Height = atMost(request.Query(c, "maxwidth"), views.EmbedWidth), atMost(request.Query(c, "maxheight"), views.EmbedIdeaHeight)
	var frame, page, card string
	switch kind {
	case "ideas":
		id, err := ideaID(name)
		if err != nil {
			return err
		}
		found, err := p.Board.Outside(c.UserContext(), id)
		if err != nil {
			return err
		}
		o.Title, o.AuthorName = found.Title, found.Contributor.Name
		if found.Contributor.Handle != "" {
			o.AuthorURL = p.BaseURL + views.PersonURL(found.Contributor.Handle)
		}
		frame, page, card = views.EmbedIdeaURL(int64(id)), views.IdeaURL(int64(id), found.Slug), views.IdeaCardURL(int64(id))
	case "challenges":
		found, err := p.Challenges.Seen(c.UserContext(), accounts.Actor{}, name)
		if err != nil {
			return err
		}
		o.Title = found.Title
		frame, page, card = views.EmbedChallengeURL(found.Slug), views.ChallengeURL(found.Slug), views.ChallengeCardURL(found.Slug)
	}
	card = p.BaseURL + withLang(card, lang)
	o.HTML = views.EmbedCode(p.BaseURL+withLang(frame, lang), p.BaseURL+page, card, o.Title, o.Width, o.Height)
	if fits(c, "maxwidth", cardWidth) && fits(c, "maxheight", cardHeight) {
		o.ThumbnailURL, o.ThumbnailWidth, o.ThumbnailHeight = card, cardWidth, cardHeight
	}
	return sendOEmbed(c, o, format)
}

func sendOEmbed(c *fiber.Ctx, o oembed, format string) error {
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*") // it tells nothing but what is public, and sites ask from their pages
	if format == "xml" {
		o.Title, o.AuthorName, o.HTML = sharing.Storable(o.Title), sharing.Storable(o.AuthorName), sharing.Storable(o.HTML)
		body, err := xml.Marshal(o)
		if err != nil {
			return err
		}
		return sendOutside(c, "text/xml; charset=utf-8", append([]byte(xml.Header), body...))
	}
	body, err := c.App().Config().JSONEncoder(o)
	if err != nil {
		return err
	}
	return sendOutside(c, "application/json; charset=utf-8", body)
}

// embeddable reads the address of a page of ours that frames can show: what it
// is and by which name. The scheme must be one of the web's, and the host ours.
func (p *Pages) embeddable(c *fiber.Ctx, address string) (kind, name string, ok bool) {
	u, err := url.Parse(address)
	home, wrong := url.Parse(p.BaseURL)
	if err != nil || wrong != nil || len(address) > 1000 || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return "", "", false
	}
	if !strings.EqualFold(u.Host, home.Host) && !strings.EqualFold(u.Host, string(c.Request().Host())) {
		return "", "", false
	}
	parts := strings.Split(strings.TrimPrefix(u.Path, "/"), "/")
	if len(parts) != 2 || parts[1] == "" || !slices.Contains([]string{"ideas", "challenges"}, parts[0]) {
		return "", "", false
	}
	return parts[0], parts[1], true
}

// atMost is the usual size, or less where less is asked for. What is no size is
// as if nothing was asked.
func atMost(asked string, usual int) int {
	n, err := strconv.Atoi(asked)
	if err != nil || n < 1 {
		return usual
	}
	return min(n, usual)
}

func fits(c *fiber.Ctx, name string, size int) bool {
	n, err := strconv.Atoi(request.Query(c, name))
	return err != nil || n < 1 || n >= size
}

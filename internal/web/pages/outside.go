package pages

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/i18n"
	"prosumer/internal/web/request"
)

// What is made for other sites and machines reads no cookie: it is what any
// visitor may see, in the language that its address names.

// outsideCaching lets others keep such an answer for a minute.
const outsideCaching = "public, max-age=60"

// outsideLang is the language that an address names, else the site's first.
func outsideLang(c *fiber.Ctx) i18n.Lang {
	lang := i18n.Choose(request.Query(c, "lang"), "")
	request.SetLang(c, lang)
	c.Set(fiber.HeaderContentLanguage, string(lang))
	return lang
}

// withLang names a language in the address of such an answer, where it is not
// the one that is meant anyway.
func withLang(address string, lang i18n.Lang) string {
	if lang == i18n.EN {
		return address
	}
	return address + "?lang=" + string(lang)
}

// unchanged marks an answer with its version, and reports whether the one who
// asks has it already.
func unchanged(c *fiber.Ctx, version string) bool {
	tag := `"` + version + `"`
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderCacheControl, outsideCaching)
	for known := range strings.SplitSeq(c.Get(fiber.HeaderIfNoneMatch), ",") {
		if known = strings.TrimPrefix(strings.TrimSpace(known), "W/"); known == tag || known == "*" {
			return true
		}
	}
	return false
}

// sendOutside sends a body that others may keep, or 304 where they have it.
func sendOutside(c *fiber.Ctx, kind string, body []byte) error {
	sum := sha256.Sum256(body)
	if unchanged(c, hex.EncodeToString(sum[:12])) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, kind)
	return c.Send(body)
}

// unlisted are the pages that say nothing to a search engine: those of one
// person, of the team, and the ways in.
func unlisted(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch first {
	case "mine", "settings", "studio", "inbox", "sign-in", "sign-up", "forgot", "reset", "confirm", "first-admin", "vote", "dev", "styleguide", "unsubscribe":
		return true
	}
	return false
}

// Robots tells crawlers what to leave alone, and where the map is.
func (p *Pages) Robots(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.SendString("User-agent: *\nDisallow: /api/v1/\nDisallow: /studio\nDisallow: /settings/\nDisallow: /mine/\nDisallow: /vote/\nDisallow: /live\nDisallow: /*&after=\nDisallow: /*?after=\n\nSitemap: " + p.BaseURL + "/sitemap.xml\n")
}

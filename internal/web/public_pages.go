package web

import (
	"bytes"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/i18n"
)

// pageKey is all that a visitor's page depends on. The whole address is in it,
// query and all, because pages repeat it as the way back after signing in.
type pageKey struct {
	address string
	lang    i18n.Lang
	mailbox bool // a reader on this machine is shown the development mailbox
}

// maxAddress is the longest address worth keeping a page for.
const maxAddress = 256

// key says under which key the page asked for may be kept. Not for requests by
// session or token, not for those that send a body, and only for pages that
// are the same for every visitor.
func (p *pageCache) key(c *fiber.Ctx) (pageKey, bool) {
	method := c.Method()
	if method != fiber.MethodGet && method != fiber.MethodHead {
		return pageKey{}, false
	}
	head := &c.Request().Header
	if len(head.Peek(fiber.HeaderAuthorization)) > 0 || len(head.Cookie(p.session)) > 0 || head.ContentLength() > 0 || len(c.Request().Body()) > 0 {
		return pageKey{}, false
	}
	path, query := c.Path(), c.Request().URI().QueryString()
	if len(path)+len(query) > maxAddress || !public(path) || !plainQuery(query) {
		return pageKey{}, false
	}
	address := path
	if len(query) > 0 {
		address += "?" + string(query)
	}
	return pageKey{address: address, lang: p.langs.of(head), mailbox: p.mailbox(c)}, true
}

// public lists the pages that every visitor sees alike. What is not named here
// is drawn for each request.
func public(path string) bool {
	switch path {
	case "/", "/how", "/made", "/people", "/challenges":
		return true
	}
	section, name, found := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if section == "challenges" {
		name = strings.TrimSuffix(name, "/results")
	}
	if !found || name == "" || strings.IndexFunc(name, func(r rune) bool { return !plainLetter(r) }) >= 0 {
		return false
	}
	switch section {
	case "made", "people", "challenges":
		return true
	case "ideas":
		return name[0] >= '0' && name[0] <= '9'
	}
	return false
}

func plainLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.'
}

// plainQuery refuses searches, of which there is no end, sentences shown once,
// and names written in a way that could hide either.
func plainQuery(query []byte) bool {
	for len(query) > 0 {
		var pair []byte
		pair, query, _ = bytes.Cut(query, []byte{'&'})
		name, _, _ := bytes.Cut(pair, []byte{'='})
		switch string(name) {
		case "q", "flash":
			return false
		}
		if bytes.IndexFunc(name, func(r rune) bool { return !plainLetter(r) }) >= 0 {
			return false
		}
	}
	return true
}

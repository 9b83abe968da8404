package request

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
)

type key int

const (
	actorKey key = iota
	langKey
	addressKey
	idKey
	secretKey
)

// ErrNotFound is what an address that leads nowhere gives.
var ErrNotFound = fault.New(fault.NotFound, "not_found", "There is nothing here.")

// SetActor notes who is asking; middleware calls it once.
func SetActor(c *fiber.Ctx, a accounts.Actor) { c.Locals(actorKey, a) }

// Actor is who is asking; a visitor unless middleware noted somebody.
func Actor(c *fiber.Ctx) accounts.Actor {
	a, _ := c.Locals(actorKey).(accounts.Actor)
	return a
}

// SetLang notes the language to answer in.
func SetLang(c *fiber.Ctx, l i18n.Lang) { c.Locals(langKey, l) }

// Lang is the language to answer in; English unless middleware noted another.
func Lang(c *fiber.Ctx) i18n.Lang {
	if l, ok := c.Locals(langKey).(i18n.Lang); ok {
		return l
	}
	return i18n.EN
}

// SetSecret notes the session's cookie, so that forms can be bound to it.
func SetSecret(c *fiber.Ctx, secret string) { c.Locals(secretKey, secret) }

// Secret is the session's cookie, empty for visitors and tokens.
func Secret(c *fiber.Ctx) string {
	s, _ := c.Locals(secretKey).(string)
	return s
}

// SetID notes the request's id.
func SetID(c *fiber.Ctx, id string) { c.Locals(idKey, id) }

// ID names this request in the log and on error pages.
func ID(c *fiber.Ctx) string {
	id, _ := c.Locals(idKey).(string)
	return id
}

// SetAddress notes where the request comes from.
func SetAddress(c *fiber.Ctx, a netip.Addr) { c.Locals(addressKey, a) }

// Address is where the request comes from, proxies taken off.
func Address(c *fiber.Ctx) netip.Addr {
	a, _ := c.Locals(addressKey).(netip.Addr)
	return a
}

// Network is the address that limits count by: the whole of IPv4, the /64 of
// IPv6, since one subscriber has all of it.
func Network(c *fiber.Ctx) string {
	a := Address(c).Unmap()
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}

// Idea reads the reference of an idea's address, "42" or "42-left-hand-kettle";
// ErrNotFound when it is none.
func Idea(c *fiber.Ctx) (id ideas.ID, slug string, err error) {
	digits, slug, _ := strings.Cut(c.Params("idea"), "-")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 1 {
		return 0, "", ErrNotFound
	}
	return ideas.ID(n), slug, nil
}

// Number reads a positive number of the address; ErrNotFound when it is none.
func Number(c *fiber.Ctx, name string) (int64, error) {
	n, err := strconv.ParseInt(c.Params(name), 10, 64)
	if err != nil || n < 1 {
		return 0, ErrNotFound
	}
	return n, nil
}

// Handle reads a person's handle of the address, decoded.
func Handle(c *fiber.Ctx) string { return decoded(c.Params("handle")) }

// Slug reads a slug of the address, decoded.
func Slug(c *fiber.Ctx) string { return decoded(c.Params("slug")) }

func decoded(param string) string {
	s, err := url.PathUnescape(param)
	if err != nil {
		return ""
	}
	return storable(s)
}

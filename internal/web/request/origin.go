package request

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/votes"
)

// Origin is where a vote comes from: the address and browser of the request,
// and the host elsewhere that led the voter here, as their page tells it.
func Origin(c *fiber.Ctx, key []byte, referrer string) votes.Origin {
	if strings.EqualFold(referrer, hostname(c.Hostname())) {
		referrer = ""
	}
	return votes.OriginOf(key, Address(c).String(), c.Get(fiber.HeaderUserAgent), referrer)
}

// CameFrom is the host of the page elsewhere that led to this one, empty where
// none did, or where it was one of ours.
func CameFrom(c *fiber.Ctx) string {
	from, err := url.Parse(c.Get(fiber.HeaderReferer))
	if err != nil || from.Scheme != "http" && from.Scheme != "https" || strings.EqualFold(from.Hostname(), hostname(c.Hostname())) {
		return ""
	}
	return strings.ToLower(from.Hostname())
}

// hostname is a host without its port.
func hostname(host string) string {
	u := url.URL{Host: host}
	return u.Hostname()
}

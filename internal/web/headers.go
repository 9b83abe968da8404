package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/request"
)

// headers go on every answer: pages, errors, redirects and files alike.
func (g guard) headers(c *fiber.Ctx) error {
	g.setHeaders(c)
	return c.Next()
}

func (g guard) setHeaders(c *fiber.Ctx) {
	if g.sessions.secure {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=63072000; includeSubDomains")
	}
	policy := g.policy
	if host := string(c.Request().Host()); host != g.ownHost && g.served(host) {
		policy = g.contentPolicy(host)
	}
	c.Set(fiber.HeaderContentSecurityPolicy, policy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "strict-origin-when-cross-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set(fiber.HeaderPermissionsPolicy, "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()")
}

// contentPolicy is what a page under the host may load, run and connect to.
func (g guard) contentPolicy(host string) string {
	socket := "ws://"
	if g.sessions.secure {
		socket = "wss://"
	}
	return strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", "font-src 'self'",
		"connect-src 'self' " + socket + host, "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
		"object-src 'none'", "manifest-src 'self'", "require-trusted-types-for 'script'", "trusted-types default",
	}, "; ")
}

// privacy keeps what one person sees out of every cache.
func (g guard) privacy(c *fiber.Ctx) error {
	err := c.Next()
	if len(c.Response().Header.Peek(fiber.HeaderCacheControl)) > 0 {
		return err
	}
	if request.Actor(c).Visitor() && len(c.Response().Header.Peek(fiber.HeaderSetCookie)) == 0 {
		c.Set(fiber.HeaderCacheControl, "no-cache")
		c.Vary(fiber.HeaderCookie, fiber.HeaderAcceptLanguage, fiber.HeaderAuthorization)
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return err
}

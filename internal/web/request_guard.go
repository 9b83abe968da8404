package web

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/web/request"
)

var errMisdirected = fiber.NewError(fiber.StatusMisdirectedRequest, "this host is not served here")

// host refuses names this site does not have, so that nothing of ours is ever
// built on one that the client made up.
func (g guard) host(c *fiber.Ctx) error {
	if !g.served(string(c.Request().Host())) {
		return errMisdirected
	}
	return c.Next()
}

// served reports whether a Host header names this site.
func (g guard) served(asked string) bool {
	same := func(name string) bool { return strings.EqualFold(name, asked) }
	if same(g.ownHost) || slices.ContainsFunc(g.o.Hosts, same) {
		return true
	}
	return loopback(g.ownHost) && loopback(asked) && port(g.ownHost) == port(asked) // localhost and 127.0.0.1 are one place
}

// hostOf is the host of a public address.
func hostOf(baseURL string) string {
	u, err := url.Parse(baseURL)
	if err != nil {
		return ""
	}
	return u.Host
}

func loopback(hostport string) bool {
	name := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		name = h
	}
	if strings.EqualFold(name, "localhost") {
		return true
	}
	a, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil && a.IsLoopback()
}

func port(hostport string) string {
	_, p, err := net.SplitHostPort(hostport)
	if err != nil {
		return ""
	}
	return p
}

// address notes who is really asking.
func (g guard) address(c *fiber.Ctx) error {
	peer, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	var lines []string // a proxy may add a line of its own below the client's
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		lines = append(lines, string(line))
	}
	request.SetAddress(c, request.ClientAddress(peer, strings.Join(lines, ","), g.o.Proxies))
	return c.Next()
}

// encoding refuses compressed bodies before anything unpacks them: 600 kB on
// the wire can be 600 MB in memory.
func (g guard) encoding(c *fiber.Ctx) error {
	if e := c.Get(fiber.HeaderContentEncoding); e != "" && !strings.EqualFold(e, "identity") {
		return request.ErrEncoding
	}
	return c.Next()
}

// Limits of bodies and addresses, in bytes.
const (
	maxForm  = 512 << 10
	maxQuery = 2 << 10
)

var errQuery = fault.New(fault.TooLarge, "request.query", "The address is too long.")

// formLimits refuses by length before a body is used. Routes that take pictures
// have the limit of the application.
func (g guard) formLimits(c *fiber.Ctx) error {
	if len(c.Request().URI().QueryString()) > maxQuery {
		return errQuery
	}
	size := c.Request().Header.ContentLength()
	if size < 0 { // it came in chunks
		size = len(c.Request().Body())
	}
	switch {
	case takesPictures(c):
	case strings.HasPrefix(c.Path(), "/api/") && size > request.MaxJSON, size > maxForm:
		return request.ErrTooLarge
	}
	return c.Next()
}

// takesPictures names the routes whose forms may carry files.
func takesPictures(c *fiber.Ctx) bool {
	path := c.Path()
	return path == "/api/v1/images" || path == "/ideas" || path == "/settings/profile" ||
		strings.HasPrefix(path, "/ideas/") && strings.HasSuffix(path, "/edit") || strings.HasPrefix(path, "/made/") || path == "/studio/ideas/new" ||
		strings.HasPrefix(path, "/studio/challenges") && !strings.HasSuffix(path, "/jury") && !strings.HasSuffix(path, "/delete")
}

// Origins lists what a browser sends as Origin for these hosts, and for the
// other names of a loopback host.
func Origins(baseURL string, hosts []string) []string {
	u, err := url.Parse(baseURL)
	if err != nil {
		return nil
	}
	var list []string
	for _, h := range hosts {
		list = append(list, u.Scheme+"://"+h)
	}
	if loopback(u.Host) {
		for _, name := range []string{"localhost", "127.0.0.1", "[::1]"} {
			origin := u.Scheme + "://" + name
			if p := port(u.Host); p != "" {
				origin += ":" + p
			}
			list = append(list, origin)
		}
	}
	return list
}

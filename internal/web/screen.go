package web

import (
	"bytes"
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// methods are all that any address takes.
var methods = []string{fiber.MethodGet, fiber.MethodHead, fiber.MethodPost, fiber.MethodPut, fiber.MethodPatch, fiber.MethodDelete}

// screen refuses what no route should ever see: methods that no address takes,
// which Fiber would answer without our headers, and heads that a server in
// front of us may read differently, which end the connection.
func (g guard) screen(app *fiber.App) {
	server := app.Server()
	var crowded func() error
	if g.o.Socket.Hub != nil {
		crowded = g.o.Socket.Hub.Crowded
	}
	serve := newShedder().shed(app, crowded, server.Handler)
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		var refusal error
		switch {
		case ambiguous(&ctx.Request.Header):
			ctx.SetConnectionClose()
			refusal = fiber.ErrBadRequest
		case !slices.Contains(methods, string(ctx.Method())):
			refusal = fiber.ErrMethodNotAllowed
		default:
			serve(ctx)
			return
		}
		c := app.AcquireCtx(ctx)
		defer app.ReleaseCtx(c)
		_ = app.ErrorHandler(c, refusal) // it answers whatever happens
	}
}

// ambiguous reports whether a head has two lengths, lines that end in a line
// feed alone, or lines that go on in the next. fasthttp reads all of these;
// where another server reads them in another way, a second request can hide.
func ambiguous(h *fasthttp.RequestHeader) bool {
	length, chunked := false, false
	for rest := h.RawHeaders(); len(rest) > 0; {
		at := bytes.IndexByte(rest, '\n')
		if at < 1 || rest[at-1] != '\r' {
			return true
		}
		line := rest[:at-1]
		rest = rest[at+1:]
		if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
			return true
		}
		name, _, _ := bytes.Cut(line, []byte{':'})
		length = length || bytes.EqualFold(name, []byte(fiber.HeaderContentLength))
		chunked = chunked || bytes.EqualFold(name, []byte(fiber.HeaderTransferEncoding))
	}
	return length && chunked
}

// unread answers what went wrong before any of our handlers saw the request: a
// head that is too long or broken, a body that is too large.
func (g guard) unread(refuser response.Refuser) fiber.ErrorHandler {
	return func(c *fiber.Ctx, err error) error {
		if request.ID(c) == "" {
			newID(c)
		}
		g.setHeaders(c)
		return refuser.Refuse(c, err)
	}
}

package web

import (
	"bytes"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"prosumer/internal/fault"
)

// How many requests of a kind may be at work at once. What comes on top is
// refused in microseconds, so that those inside are served in time: a queue
// that grows helps nobody. Votes fill one batch, and have connections of their
// own; searches and lists of ideas through the API are dear and few, so that
// with the rest they are hardly more than the pool's connections, and who signs
// in does not wait long for one.
const (
	voteSeats   = 1024
	signInSeats = 32
	searchSeats = 8
	listSeats   = 8
	otherSeats  = 64
)

// errFull is what a person is told.
var errFull = fault.New(fault.Busy, "web.full", "Very many people are here right now. Try again in a moment.")

// seats are the places of one kind of request; nil has room for all.
type seats chan struct{}

func (s seats) take() bool {
	select {
	case s <- struct{}{}:
		return true
	default:
		return s == nil
	}
}

func (s seats) leave() {
	if s != nil {
		<-s
	}
}

// shedder gives every request its place before anything is spent on it.
type shedder struct{ vote, signIn, search, list, other seats }

func newShedder() *shedder {
	return &shedder{vote: make(seats, voteSeats), signIn: make(seats, signInSeats), search: make(seats, searchSeats), list: make(seats, listSeats), other: make(seats, otherSeats)}
}

var apiPath = []byte("/api/")

// of says which places a request asks for. Files, the doctor's questions and
// sockets have none: files cost little, and sockets are paced by the hub.
func (s *shedder) of(ctx *fasthttp.RequestCtx) seats {
	path, reads := ctx.Path(), ctx.IsGet() || ctx.IsHead()
	for _, free := range []string{"/assets/", "/media/", "/healthz", "/readyz", "/live", "/favicon.ico"} {
		if bytes.HasPrefix(path, []byte(free)) {
			return nil
		}
	}
	switch {
	case bytes.HasSuffix(path, []byte("/vote")) && !reads:
		return s.vote
	case !reads && (bytes.HasPrefix(path, []byte("/api/v1/session")) || bytes.HasPrefix(path, []byte("/sign-in"))):
		return s.signIn
	case reads && (bytes.HasSuffix(path, []byte("/similar")) || len(ctx.QueryArgs().Peek("q")) > 0):
		return s.search
	case reads && bytes.Equal(path, []byte("/api/v1/ideas")):
		return s.list
	default:
		return s.other
	}
}

// shed serves a request that finds a place, and refuses the others.
func (s *shedder) shed(app *fiber.App, serve fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		mine := s.of(ctx)
		if mine.take() {
			defer mine.leave()
			serve(ctx)
			return
		}
		wait := 1 + rand.IntN(3) // so that they do not all come back at once
		if !bytes.HasPrefix(ctx.Path(), apiPath) {
			c := app.AcquireCtx(ctx)
			defer app.ReleaseCtx(c)
			_ = app.ErrorHandler(c, errFull.After(time.Duration(wait)*time.Second)) // it answers whatever happens
			return
		}
		ctx.SetStatusCode(fiber.StatusServiceUnavailable)
		ctx.Response.Header.Set(fiber.HeaderRetryAfter, strconv.Itoa(wait))
		ctx.Response.Header.Set(fiber.HeaderCacheControl, "no-store")
		ctx.Response.Header.Set(fiber.HeaderXContentTypeOptions, "nosniff")
		ctx.SetContentType("application/problem+json")
		ctx.SetBodyString(fullBody)
	}
}

const fullBody = `{"type":"about:blank","title":"Service Unavailable","status":503,"code":"web.full","detail":"Very many people are here right now. Try again in a moment."}`

package web

import (
	"bytes"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"prosumer/internal/fault"
)

// How many requests of a kind may be at work at once. What comes on top is
// refused in microseconds, so that those inside are served in time: a queue
// that grows helps nobody. Votes have connections of their own, and most of them
// fill one batch. Searches and lists of ideas through the API are dear: they are
// few, and where votes press they are fewer still, for a search costs the
// database as much as a hundred votes.
const (
	voteSeats   = 1024 // fewer, and a thousand who vote at one moment would be sent away
	signInSeats = 32
	searchSeats = 8
	listSeats   = 4
	otherSeats  = 64

	pressing   = voteSeats / 4 // so many votes at work press
	pressedFor = 1             // dear requests of a kind at a time meanwhile
)

// errFull is what a person is told.
var errFull = fault.New(fault.Busy, "web.full", "Very many people are here right now. Try again in a moment.")

// seats are the places of one kind of request; nil has room for all.
type seats chan struct{}

// take takes a place where fewer than limit are taken.
func (s seats) take(limit int) bool {
	if len(s) >= limit {
		return s == nil
	}
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

// limit is how many of these places may be taken now.
func (s *shedder) limit(of seats) int {
	if (of == s.search || of == s.list) && len(s.vote) >= pressing {
		return pressedFor
	}
	return cap(of)
}

var apiPath, livePath = []byte("/api/"), []byte("/live")

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

// shed serves a request that finds a place, and refuses the others. crowded
// refuses a socket's handshake that comes too early; nil lets all through.
func (s *shedder) shed(app *fiber.App, crowded func() error, serve fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		if crowded != nil && bytes.Equal(ctx.Path(), livePath) {
			if err := crowded(); err != nil {
				refuseShort(ctx, fault.Of(err))
				return
			}
		}
		mine := s.of(ctx)
		if mine.take(s.limit(mine)) {
			defer mine.leave()
			serve(ctx)
			return
		}
		full := errFull.After(time.Duration(1+rand.IntN(3)) * time.Second) // so that they do not all come back at once
		if bytes.HasPrefix(ctx.Path(), apiPath) {
			refuseShort(ctx, fault.Of(full))
			return
		}
		c := app.AcquireCtx(ctx)
		defer app.ReleaseCtx(c)
		_ = app.ErrorHandler(c, full) // it answers whatever happens
	}
}

// refuseShort answers a program, in its one language and with few headers.
func refuseShort(ctx *fasthttp.RequestCtx, f *fault.Fault) {
	ctx.SetStatusCode(fiber.StatusServiceUnavailable)
	ctx.Response.Header.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(f.RetryAfter.Seconds()))))
	ctx.Response.Header.Set(fiber.HeaderCacheControl, "no-store")
	ctx.Response.Header.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	ctx.SetContentType("application/problem+json")
	ctx.SetBodyString(`{"type":"about:blank","title":"Service Unavailable","status":503,"code":"` + f.Code + `","detail":"` + f.Text + `"}`)
}

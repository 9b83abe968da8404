package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"prosumer/internal/fault"
)

func asked(method, uri string) *fasthttp.RequestCtx {
	ctx := &fasthttp.RequestCtx{}
	ctx.Request.Header.SetMethod(method)
	ctx.Request.SetRequestURI(uri)
	return ctx
}

func TestEveryKindOfRequestHasItsOwnPlaces(t *testing.T) {
	t.Parallel()
	s := newShedder()
	for uri, want := range map[string]seats{
		"PUT /api/v1/ideas/7/vote": s.vote, "DELETE /api/v1/ideas/7/vote": s.vote, "POST /ideas/7-lamp/vote": s.vote,
		"POST /api/v1/session": s.signIn, "POST /sign-in": s.signIn, "GET /sign-in": s.other,
		"GET /api/v1/ideas?q=lamp": s.search, "GET /?q=lamp": s.search, "GET /api/v1/ideas/similar?title=lamp": s.search,
		"GET /api/v1/ideas?limit=100": s.list, "GET /api/v1/ideas/7": s.other, "GET /": s.other, "POST /ideas": s.other,
		"GET /readyz": nil, "GET /healthz": nil, "GET /assets/main.js": nil, "GET /media/a.webp": nil, "GET /live": nil,
	} {
		method, address, _ := strings.Cut(uri, " ")
		if got := s.of(asked(method, address)); got != want {
			t.Errorf("%s has other places", uri)
		}
	}
}

// TestWhatFindsNoPlaceIsRefusedAtOnceAndHoldsUpNothingElse fills the places of
// searches and looks who still gets in.
func TestWhatFindsNoPlaceIsRefusedAtOnceAndHoldsUpNothingElse(t *testing.T) {
	t.Parallel()
	app := fiber.New(fiber.Config{DisableStartupMessage: true, ErrorHandler: func(c *fiber.Ctx, err error) error {
		return c.Status(fiber.StatusServiceUnavailable).SendString("a page: " + err.Error())
	}})
	s := newShedder()
	inside, leave := make(chan struct{}), make(chan struct{})
	serve := s.shed(app, nil, func(ctx *fasthttp.RequestCtx) {
		if len(ctx.QueryArgs().Peek("q")) > 0 {
			inside <- struct{}{}
			<-leave
		}
		ctx.SetStatusCode(http.StatusOK)
	})
	done := make(chan int, searchSeats)
	for range searchSeats {
		go func() {
			ctx := asked(http.MethodGet, "/api/v1/ideas?q=lamp")
			serve(ctx)
			done <- ctx.Response.StatusCode()
		}()
		<-inside
	}
	over := asked(http.MethodGet, "/api/v1/ideas?q=lamp")
	serve(over)
	var body struct {
		Status int    `json:"status"`
		Code   string `json:"code"`
	}
	if err := json.Unmarshal(over.Response.Body(), &body); err != nil || over.Response.StatusCode() != 503 || body.Status != 503 || body.Code != errFull.Code {
		t.Errorf("one search too many: %d %s", over.Response.StatusCode(), over.Response.Body())
	}
	if wait := string(over.Response.Header.Peek(fiber.HeaderRetryAfter)); wait < "1" || wait > "3" {
		t.Errorf("come back after %q", wait)
	}
	page := asked(http.MethodGet, "/?q=lamp")
	serve(page)
	if page.Response.StatusCode() != 503 || string(page.Response.Body()) != "a page: "+errFull.Error() {
		t.Errorf("a page too many: %d %s", page.Response.StatusCode(), page.Response.Body())
	}
	vote := asked(http.MethodPut, "/api/v1/ideas/7/vote")
	serve(vote)
	if vote.Response.StatusCode() != http.StatusOK {
		t.Errorf("a vote meanwhile: %d", vote.Response.StatusCode())
	}
	close(leave)
	for range searchSeats {
		if got := <-done; got != http.StatusOK {
			t.Errorf("a search inside: %d", got)
		}
	}
	if len(s.search)+len(s.vote) != 0 {
		t.Error("places were kept")
	}
}

// TestWhereVotesPressThereAreFewPlacesForWhatIsDear fills the places of votes.
func TestWhereVotesPressThereAreFewPlacesForWhatIsDear(t *testing.T) {
	t.Parallel()
	s := newShedder()
	calm := s.limit(s.search)
	for range pressing {
		s.vote.take(voteSeats)
	}
	if calm != searchSeats || s.limit(s.search) != pressedFor || s.limit(s.list) != pressedFor {
		t.Errorf("places for searches: %d, and %d (lists %d) while votes press", calm, s.limit(s.search), s.limit(s.list))
	}
	if s.limit(s.vote) != voteSeats || s.limit(s.signIn) != signInSeats || s.limit(s.other) != otherSeats {
		t.Error("others lose places, too")
	}
	if first, second := s.search.take(pressedFor), s.search.take(pressedFor); !first || second {
		t.Errorf("a first search then: %v, a second: %v", first, second)
	}
}

// TestAHandshakeThatComesTooEarlyIsRefusedBeforeAnythingElse asks for a socket
// while the hub is crowded, and for a page.
func TestAHandshakeThatComesTooEarlyIsRefusedBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	served := 0
	busy := fault.New(fault.Busy, "live.busy", "Too many.").After(1500 * time.Millisecond)
	serve := newShedder().shed(fiber.New(fiber.Config{DisableStartupMessage: true}), func() error { return busy }, func(*fasthttp.RequestCtx) { served++ })
	socket := asked(http.MethodGet, "/live")
	serve(socket)
	if socket.Response.StatusCode() != 503 || string(socket.Response.Header.Peek(fiber.HeaderRetryAfter)) != "2" || !strings.Contains(string(socket.Response.Body()), `"live.busy"`) || served != 0 {
		t.Errorf("a handshake: %d %s", socket.Response.StatusCode(), socket.Response.Body())
	}
	serve(asked(http.MethodGet, "/how"))
	if served != 1 {
		t.Error("a page was refused, too")
	}
}

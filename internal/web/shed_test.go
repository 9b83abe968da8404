package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
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
	serve := s.shed(app, func(ctx *fasthttp.RequestCtx) {
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

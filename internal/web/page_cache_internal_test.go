package web

import (
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/i18n"
)

// hands are those of a clock that moves when told to.
type hands struct{ at atomic.Int64 }

func newHands() *hands {
	h := &hands{}
	h.at.Store(time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC).UnixNano())
	return h
}

func (h *hands) now() time.Time       { return time.Unix(0, h.at.Load()) }
func (h *hands) pass(d time.Duration) { h.at.Add(int64(d)) }
func nobody(*fiber.Ctx) bool          { return false }
func drawn(c *fiber.Ctx, page string) error {
	c.Set(fiber.HeaderCacheControl, keptCaching)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.SendString(page)
}

// keeping is an application of nothing but the cache and one handler.
func keeping(cache *pageCache, handler fiber.Handler) *fiber.App {
	app := fiber.New(fiber.Config{Immutable: true, CaseSensitive: true, StrictRouting: true})
	app.Use(cache.serve, language)
	app.All("/*", handler)
	return app
}

func ask(t *testing.T, app *fiber.App, method, path string, head ...string) (status int, body string) {
	t.Helper()
	var sent io.Reader
	if slices.Contains(head, "Content-Length") {
		sent = strings.NewReader("abc")
	}
	req := httptest.NewRequest(method, path, sent)
	for i := 0; i < len(head); i += 2 {
		req.Header.Set(head[i], head[i+1])
	}
	res, err := app.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

func TestOnlyWhatEveryVisitorSeesAlikeIsKept(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		method, path string
		head         []string
		kept         bool
	}{
		{"GET", "/", nil, true},
		{"GET", "/?order=newest&topic=toys&after=abc", nil, true},
		{"GET", "/?utm_source=letter", nil, true},
		{"GET", "/how", nil, true},
		{"GET", "/ideas/12-a-kettle", nil, true},
		{"GET", "/people/noor-x", nil, true},
		{"GET", "/made/kettle", []string{"Cookie", "lang=nl; other=1"}, true},
		{"GET", "/", []string{"Cookie", "session="}, true},
		{"GET", "/", []string{"Cookie", "session=x"}, false},
		{"GET", "/", []string{"Cookie", "lang=nl; session=x"}, false},
		{"GET", "/", []string{"Authorization", "Bearer x"}, false},
		{"GET", "/", []string{"Authorization", "x"}, false},
		{"GET", "/", []string{"Content-Length", "3"}, false},
		{"POST", "/", nil, false},
		{"GET", "/?q=kettle", nil, false},
		{"GET", "/?order=newest&q=kettle", nil, false},
		{"GET", "/?%71=kettle", nil, false},
		{"GET", "/?flash=voted", nil, false},
		{"GET", "/?a;q=kettle", nil, false},
		{"GET", "/ideas/new", nil, false},
		{"GET", "/ideas/12/edit", nil, false},
		{"GET", "/ideas/12/versions", nil, false},
		{"GET", "/people/%6eoor-x", nil, false},
		{"GET", "/people/", nil, false},
		{"GET", "//people", nil, false},
		{"GET", "/mine/ideas", nil, false},
		{"GET", "/settings/profile", nil, false},
		{"GET", "/sign-in", nil, false},
		{"GET", "/reset?token=x", nil, false},
		{"GET", "/api/v1/ideas", nil, false},
		{"GET", "/?after=" + strings.Repeat("x", maxAddress), nil, false},
	} {
		draws := 0
		app := keeping(newPageCache("session", nobody, newHands().now, 0, slog.New(slog.DiscardHandler)), func(c *fiber.Ctx) error {
			draws++
			return drawn(c, "page")
		})
		for range 2 {
			ask(t, app, tc.method, tc.path, tc.head...)
		}
		if want := map[bool]int{true: 1, false: 2}[tc.kept]; draws != want {
			t.Errorf("%s %.60s %v: drawn %d times, want %d", tc.method, tc.path, tc.head, draws, want)
		}
	}
}

func TestNothingButAWholePublicPageIsKept(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]fiber.Handler{
		"an error":   func(*fiber.Ctx) error { return fiber.ErrServiceUnavailable },
		"a refusal":  func(c *fiber.Ctx) error { c.Status(404); return drawn(c, "no") },
		"a redirect": func(c *fiber.Ctx) error { return c.Redirect("/how", 301) },
		"one person's": func(c *fiber.Ctx) error {
			err := drawn(c, "p")
			c.Set(fiber.HeaderCacheControl, "no-store")
			return err
		},
		"one without a word": func(c *fiber.Ctx) error { c.Type("html", "utf-8"); return c.SendString("page") },
		"with a cookie":      func(c *fiber.Ctx) error { c.Cookie(&fiber.Cookie{Name: "a", Value: "b"}); return drawn(c, "page") },
		"no page":            func(c *fiber.Ctx) error { err := drawn(c, "{}"); c.Type("json"); return err },
		"an empty one":       func(c *fiber.Ctx) error { return drawn(c, "") },
		"a stream": func(c *fiber.Ctx) error {
			err := drawn(c, "")
			c.Response().SetBodyStream(strings.NewReader("x"), 1)
			return err
		},
		"more than fits":       func(c *fiber.Ctx) error { return drawn(c, strings.Repeat("x", maxPage+1)) },
		"packed by a handler":  func(c *fiber.Ctx) error { c.Set(fiber.HeaderContentEncoding, "gzip"); return drawn(c, "page") },
		"in another language?": func(c *fiber.Ctx) error { c.Request().Header.SetCookie("lang", "nl"); return language(c) },
	} {
		draws := 0
		app := keeping(newPageCache("session", nobody, newHands().now, 0, slog.New(slog.DiscardHandler)), func(c *fiber.Ctx) error {
			draws++
			return answer(c)
		})
		for range 2 {
			ask(t, app, "GET", "/how")
		}
		if draws != 2 {
			t.Errorf("%s was kept: drawn %d times", name, draws)
		}
	}
}

func TestAPanicLeavesTheNextRequestFree(t *testing.T) {
	t.Parallel()
	cache, draws := newPageCache("session", nobody, newHands().now, 0, slog.New(slog.DiscardHandler)), 0
	app := fiber.New()
	app.Use(func(c *fiber.Ctx) error {
		if err := caught(c); err != nil {
			return c.SendStatus(500)
		}
		return nil
	}, cache.serve)
	app.Get("/*", func(c *fiber.Ctx) error {
		if draws++; draws == 1 {
			panic("broken")
		}
		return drawn(c, "page")
	})
	first, _ := ask(t, app, "GET", "/how")
	second, _ := ask(t, app, "GET", "/how")
	if first != 500 || second != 200 || len(cache.flights) != 0 {
		t.Errorf("%d, then %d, with %d under way", first, second, len(cache.flights))
	}
}

func TestAStormOnAPageDrawsItOnce(t *testing.T) {
	t.Parallel()
	const crowd = 50
	var draws atomic.Int64
	begun, ready := make(chan struct{}), make(chan struct{})
	clock := newHands()
	cache := newPageCache("session", nobody, clock.now, 0, slog.New(slog.DiscardHandler))
	app := keeping(cache, func(c *fiber.Ctx) error {
		if draws.Add(1) == 1 {
			close(begun)
		}
		<-ready
		return drawn(c, fmt.Sprint("page ", draws.Load()))
	})
	var all sync.WaitGroup
	storm := func() {
		all.Go(func() {
			if status, body := ask(t, app, "GET", "/how"); status != 200 || body != "page 1" {
				t.Errorf("%d %s", status, body)
			}
		})
	}
	storm()
	<-begun
	for range crowd {
		storm()
	}
	close(ready)
	all.Wait()
	if draws.Load() != 1 {
		t.Errorf("drawn %d times", draws.Load())
	}
}

func TestWhileOneDrawsAnewTheOthersGetWhatIsThereButNotForLongerThanASecond(t *testing.T) {
	t.Parallel()
	clock := newHands()
	var draws atomic.Int64
	begun, ready := make(chan struct{}), make(chan struct{})
	app := keeping(newPageCache("session", nobody, clock.now, 0, slog.New(slog.DiscardHandler)), func(c *fiber.Ctx) error {
		n := draws.Add(1)
		if n == 2 {
			close(begun)
			<-ready
		}
		return drawn(c, fmt.Sprint("page ", n))
	})
	expect := func(when, want string) {
		t.Helper()
		if _, body := ask(t, app, "GET", "/how"); body != want {
			t.Errorf("%s: %s, want %s", when, body, want)
		}
	}
	expect("at first", "page 1")
	clock.pass(renewAfter - 1)
	expect("soon after", "page 1")
	clock.pass(1)
	var one sync.WaitGroup
	one.Go(func() { expect("the one who draws", "page 2") })
	<-begun
	expect("meanwhile", "page 1")
	clock.pass(freshFor - renewAfter)
	var late sync.WaitGroup
	late.Go(func() { expect("after a second", "page 2") })
	close(ready)
	one.Wait()
	late.Wait()
}

func TestKeptPagesTakeNoMoreRoomThanTheyMay(t *testing.T) {
	t.Parallel()
	const room = 1 << 20
	cache := newPageCache("session", nobody, newHands().now, room, slog.New(slog.DiscardHandler))
	page := strings.Repeat("x", 50_000)
	app := keeping(cache, func(c *fiber.Ctx) error { return drawn(c, page) })
	for i := range 100 {
		ask(t, app, "GET", fmt.Sprintf("/?after=%d", i), "Accept-Encoding", "gzip")
	}
	cache.pages.CleanUp()
	var bytes int
	for key, kept := range cache.pages.All() {
		bytes += len(key.address) + len(kept.plain) + len(kept.gzip.body) + len(kept.brotli.body)
	}
	if size := cache.pages.WeightedSize(); size > room || uint64(bytes) > size || bytes == 0 {
		t.Errorf("%d bytes are kept, weighed as %d, in room for %d", bytes, size, room)
	}
}

func TestTheLanguageOfAKeptPageIsTheOneThatWouldBeDrawn(t *testing.T) {
	t.Parallel()
	langs := newAcceptedLangs()
	for _, cookie := range []string{"", "nl", "en", "de", "NL"} {
		for _, accept := range []string{"", "nl", "nl-BE,nl;q=0.9,en;q=0.8", "de, en", "x", "*", strings.Repeat("nl,", 300)} {
			for range 2 {
				app := fiber.New()
				app.Get("/", func(c *fiber.Ctx) error { return c.SendString(string(langs.of(&c.Request().Header))) })
				if _, got := ask(t, app, "GET", "/", "Cookie", "lang="+cookie, "Accept-Language", accept); got != string(i18n.Choose(cookie, accept)) {
					t.Errorf("cookie %q and %.20q: %s", cookie, accept, got)
				}
			}
		}
	}
}

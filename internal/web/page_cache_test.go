package web_test

import (
	"compress/gzip"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"prosumer/internal/ideas"
	"prosumer/internal/pg/pgtest"
)

// clock is one that moves when told to.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Now().UnixNano())
	return c
}

func (c *clock) now() time.Time       { return time.Unix(0, c.at.Load()) }
func (c *clock) pass(d time.Duration) { c.at.Add(int64(d)) }

// counting counts how often a page is drawn: each asks once who is here.
func (s *site) counting() *atomic.Int64 {
	var n atomic.Int64
	s.page.Here = func(string) int { n.Add(1); return 7 }
	return &n
}

func TestVisitorsShareAPageAndMembersHaveTheirOwn(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{now: newClock().now}).settle()
	idea := s.propose(noor, ideas.Open) + slugged
	drawn := s.counting()
	for _, path := range []string{"/", idea, "/people", "/people/noor-x", "/made", "/how"} {
		s.token(piet)
		drawn.Store(0)
		member := s.get(piet, path)
		if drawn.Load() != 1 || !strings.Contains(member.body, "Person piet") || member.Header.Get("Cache-Control") != "no-store" || member.Header.Get("ETag") != "" {
			t.Errorf("%s for a member: drawn %d times, %q, ETag %q", path, drawn.Load(), member.Header.Get("Cache-Control"), member.Header.Get("ETag"))
		}
		first, second := s.get(visitor, path), s.get(visitor, path)
		if drawn.Load() != 2 || first.body != second.body || first.StatusCode != 200 {
			t.Errorf("%s for two visitors: drawn %d times, %d", path, drawn.Load(), first.StatusCode)
		}
		if first.Header.Get("X-Request-Id") == second.Header.Get("X-Request-Id") {
			t.Errorf("%s: two requests have one id", path)
		}
		if token := s.token(piet); strings.Contains(first.body, "Person piet") || strings.Contains(first.body, token) || !strings.Contains(first.body, `name="csrf" content=""`) {
			t.Errorf("%s: a visitor sees a member's page", path)
		}
		checkHeaders(t, "a kept "+path, second)
		if again := s.get(piet, path); drawn.Load() != 3 || !strings.Contains(again.body, "Person piet") {
			t.Errorf("%s: a member got a kept page", path)
		}
		over := s.request(visitor, "GET", path, "", "")
		over.Header.Set("Cookie", "session=over")
		if got := s.send(over); drawn.Load() != 4 || sessionOf(got) == nil {
			t.Errorf("%s: a session that is over was not taken back", path)
		}
		token := s.request(visitor, "GET", path, "", "")
		token.Header.Set("Authorization", "Bearer pr_none")
		if got := s.send(token); got.StatusCode != 401 && got.StatusCode != 303 {
			t.Errorf("%s with a token of nobody: %d", path, got.StatusCode)
		}
		if third := s.get(visitor, path); len(third.Cookies()) > 0 || third.body != first.body {
			t.Errorf("%s: what others asked for changed a visitor's page", path)
		}
	}
}

func TestAKeptPageIsInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{now: newClock().now}).settle()
	for range 2 {
		for _, tc := range []struct{ cookie, accept, want string }{
			{"", "", "en"}, {"", "nl-NL,nl;q=0.9", "nl"}, {"lang=en", "nl", "en"}, {"lang=nl", "en", "nl"}, {"lang=nl; theme=dark", "", "nl"},
		} {
			req := s.request(visitor, "GET", "/how", "", "")
			req.Header.Set("Cookie", tc.cookie)
			req.Header.Set("Accept-Language", tc.accept)
			got := s.send(req)
			if got.Header.Get("Content-Language") != tc.want || !strings.Contains(got.body, `<html lang="`+tc.want+`"`) {
				t.Errorf("%+v: %s", tc, got.Header.Get("Content-Language"))
			}
		}
	}
}

func TestWhoHasThePageIsToldSo(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newSite(t, settings{now: c.now}).settle()
	ask := func(method, tag, encoding string) answer {
		req := s.request(visitor, method, "/", "", "")
		req.Header.Set("If-None-Match", tag)
		req.Header.Set("Accept-Encoding", encoding)
		return s.send(req)
	}
	first := ask("GET", "", "")
	tag := first.Header.Get("ETag")
	if !strings.HasPrefix(tag, `W/"`) {
		t.Fatalf("the tag is %q", tag)
	}
	for _, has := range []string{tag, strings.TrimPrefix(tag, "W/"), `"x", ` + tag, "*"} {
		for _, encoding := range []string{"", "gzip", "br"} {
			got := ask("GET", has, encoding)
			if got.StatusCode != 304 || got.body != "" || got.Header.Get("ETag") != tag || got.Header.Get("Cache-Control") != "no-cache" {
				t.Errorf("%s, %q: %d, %d bytes, ETag %q", has, encoding, got.StatusCode, len(got.body), got.Header.Get("ETag"))
			}
			checkHeaders(t, "not modified", got)
		}
	}
	packed := ask("GET", `"x"`, "gzip, deflate")
	in, err := gzip.NewReader(strings.NewReader(packed.body))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(in); err != nil || string(plain) != first.body || packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("ETag") != tag {
		t.Errorf("packed it is another page (%v)", err)
	}
	if br := ask("GET", "", "gzip, deflate, br"); br.Header.Get("Content-Encoding") != "br" || !strings.Contains(br.Header.Get("Vary"), "Accept-Encoding") {
		t.Errorf("for a browser: %q, Vary %q", br.Header.Get("Content-Encoding"), br.Header.Get("Vary"))
	}
	if head := ask("HEAD", "", ""); head.StatusCode != 200 || head.body != "" || head.Header.Get("ETag") != tag {
		t.Errorf("HEAD: %d, %q", head.StatusCode, head.Header.Get("ETag"))
	}
	c.pass(time.Second)
	if again := ask("GET", tag, ""); again.StatusCode != 304 {
		t.Errorf("drawn anew and the same: %d", again.StatusCode)
	}
	s.propose(noor, ideas.Open)
	c.pass(time.Second)
	if changed := ask("GET", tag, ""); changed.StatusCode != 200 || changed.Header.Get("ETag") == tag {
		t.Errorf("changed: %d, %q", changed.StatusCode, changed.Header.Get("ETag"))
	}
}

func TestAHiddenIdeaIsGoneWithinASecond(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newSite(t, settings{now: c.now}).settle()
	idea := s.propose(noor, ideas.Open) + slugged
	shown := func() (page int, listed bool) {
		return s.get(visitor, idea).StatusCode, strings.Contains(s.get(visitor, "/?order=newest").body, idea)
	}
	if page, listed := shown(); page != 200 || !listed {
		t.Fatalf("an open idea: %d, %v", page, listed)
	}

	s.db.MustExec(`UPDATE ideas SET hidden = true`)

	c.pass(time.Second)
	if page, listed := shown(); page != 404 || listed {
		t.Errorf("a second after it was hidden: %d, on the board %v", page, listed)
	}
}

func TestWhileTheDatabaseIsAwayAVisitorSeesTheLastPageMarkedOld(t *testing.T) {
	t.Parallel()
	_, dsn := pgtest.NewWithDSN(t)
	g, through := throughGate(t, dsn)
	c := newClock()
	s := newSite(t, settings{dsn: through, now: c.now}).settle()
	s.token(piet)
	s.token(mo)
	old := func() answer { return s.get(visitor, "/people") }
	before := old()

	g.close()
	c.pass(time.Minute)
	for range 2 {
		got := old()
		if got.StatusCode != 200 || got.Header.Get("Age") != "60" || !strings.HasPrefix(got.Header.Get("Warning"), "110 ") || got.Header.Get("ETag") != "" || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%d, Age %q, Warning %q, ETag %q, %q", got.StatusCode, got.Header.Get("Age"), got.Header.Get("Warning"), got.Header.Get("ETag"), got.Header.Get("Cache-Control"))
		}
		if !strings.Contains(got.body, `class="notice warn"`) || !strings.Contains(got.body, "The board cannot answer right now.") || strings.Contains(before.body, `class="notice warn"`) {
			t.Error("the page does not say that it is old")
		}
		checkHeaders(t, "an old page", got)
	}
	if got := s.get(piet, "/people"); got.StatusCode != 503 {
		t.Errorf("a member got a page for visitors: %d", got.StatusCode)
	}
	if got := s.get(visitor, "/made"); got.StatusCode != 503 {
		t.Errorf("a page that nobody asked for before: %d", got.StatusCode)
	}
	c.pass(time.Minute)
	if got := old(); got.StatusCode != 503 {
		t.Errorf("after two minutes: %d", got.StatusCode)
	}

	g.reopen()
	if got := old(); got.StatusCode != 200 || got.Header.Get("Warning") != "" || got.body != before.body {
		t.Errorf("when it is back: %d, %q", got.StatusCode, got.Header.Get("Warning"))
	}
	c.pass(10 * time.Second)
	if got := s.post(mo, "/settings/profile", map[string][]string{"name": {"Mo"}, "handle": {"mo-x"}}); got.StatusCode >= 400 {
		t.Fatalf("a change was refused: %d", got.StatusCode)
	}
	g.close()
	c.pass(10 * time.Second)
	if got := old(); got.StatusCode != 503 {
		t.Errorf("a page from before a change is shown: %d", got.StatusCode)
	}
}

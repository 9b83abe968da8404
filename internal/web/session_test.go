package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func sessionOf(got answer) *http.Cookie {
	for _, cookie := range got.Cookies() {
		if strings.HasSuffix(cookie.Name, "session") {
			return cookie
		}
	}
	return nil
}

func TestTheSessionsCookieIsBoundToThisHostAndHiddenFromScripts(t *testing.T) {
	t.Parallel()
	for base, name := range map[string]string{home: "session", "https://ideas.example": "__Host-session"} {
		s := newSite(t, settings{base: base}).settle()

		cookie := sessionOf(s.post(visitor, "/sign-in", url.Values{"email": {"noor@example.org"}, "password": {password}}))

		if cookie == nil || cookie.Name != name {
			t.Fatalf("%s: the cookie is %v", base, cookie)
		}
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" || cookie.Secure != strings.HasPrefix(base, "https") {
			t.Errorf("%s: %+v", base, cookie)
		}
		if len(cookie.Value) < 43 {
			t.Errorf("%s: %d characters are too few for 256 bits", base, len(cookie.Value))
		}
		var stored int
		if err := s.db.Get(&stored, `SELECT count(*) FROM sessions WHERE encode(token_hash, 'escape') LIKE '%' || $1 || '%' OR public_id = $1`, cookie.Value); err != nil || stored != 0 {
			t.Errorf("the cookie is stored as it is (%v)", err)
		}
	}
}

func TestAnIDThatTheClientMadeUpIsNeverAdopted(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	const planted = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	req := s.form(visitor, "/sign-in", url.Values{"email": {"noor@example.org"}, "password": {password}})
	req.Header.Set("Cookie", "session="+planted)

	got := s.send(req)

	if cookie := sessionOf(got); cookie == nil || cookie.Value == planted || cookie.Value == "" {
		t.Fatalf("signed in under %v", cookie)
	}
	check := s.request(visitor, "GET", "/mine/ideas", "", "")
	check.Header.Set("Cookie", "session="+planted)
	if got := s.send(check); got.StatusCode != 303 {
		t.Errorf("the planted id works: %d", got.StatusCode)
	}
}

func TestEachSignInHasAnIDOfItsOwnAndSigningOutEndsItOnTheServer(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	first := s.signedIn(noor)
	s.token(noor)
	again := s.form(noor, "/sign-in", url.Values{"email": {"noor@example.org"}, "password": {password}})
	second := sessionOf(s.send(again))
	if second == nil || "session="+second.Value == first {
		t.Fatalf("the second sign-in gave %v", second)
	}

	out := s.post(noor, "/sign-out", nil)

	if gone := sessionOf(out); gone == nil || gone.Value != "" || gone.Expires.IsZero() {
		t.Errorf("the cookie is not taken back: %v", gone)
	}
	if got := s.get(noor, "/mine/ideas"); got.StatusCode != 303 {
		t.Errorf("the old cookie still works: %d", got.StatusCode)
	}
	other := s.request(visitor, "GET", "/mine/ideas", "", "")
	other.Header.Set("Cookie", "session="+second.Value)
	if got := s.send(other); got.StatusCode != 200 {
		t.Errorf("the other browser was signed out, too: %d", got.StatusCode)
	}
}

func TestACookieThatIsOverLeavesPublicPagesOpen(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	for _, value := range []string{"nothing", strings.Repeat("x", 3000), "%00", "a b", "../../x", "\xff\xfe"} {
		req := s.request(visitor, "GET", "/how", "", "")
		req.Header.Set("Cookie", "session="+value)
		got := s.send(req)
		if got.StatusCode != 200 || got.Header.Get("Cache-Control") != "no-store" || sessionOf(got) == nil {
			t.Errorf("%.20q: %d, %q, %v", value, got.StatusCode, got.Header.Get("Cache-Control"), got.Cookies())
		}
	}
}

package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"prosumer/internal/notices"
)

// A mail program knows nobody's session: it posts one field from its own
// servers (RFC 8058).
func TestAMailProgramEndsTheMailsByOneClickAndAPersonByAButton(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	key := []byte(strings.Repeat("k", 32))
	s.page.Notices, s.page.OriginKey = notices.NewService(s.db), key
	wants := func(who string) bool {
		t.Helper()
		all, err := s.page.Notices.Choices(t.Context(), s.actor(who))
		if err != nil {
			t.Fatal(err)
		}
		return !all.Off
	}
	address := func(who string) string {
		return "/unsubscribe?token=" + url.QueryEscape(notices.Token(key, s.people[who].ID, notices.EndAll))
	}
	oneClick := func(to string) answer {
		req := s.request(visitor, http.MethodPost, to, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")
		req.Header.Del("Origin")
		req.Header.Del("Sec-Fetch-Site")
		return s.send(req)
	}

	forged := "/unsubscribe?token=" + s.people[noor].ID.String() + ".AAAA"
	for _, got := range []answer{oneClick(forged), oneClick("/unsubscribe"), s.get(visitor, forged), s.get(piet, "/unsubscribe?token=")} {
		if got.StatusCode != http.StatusNotFound || strings.Contains(got.body, "Person noor") {
			t.Errorf("a forged link: %d %s", got.StatusCode, got.body)
		}
	}
	if got := s.get(visitor, address(noor)); got.StatusCode != http.StatusOK || !wants(noor) {
		t.Errorf("looking alone: %d, wants mail: %v", got.StatusCode, wants(noor))
	}
	for range 2 {
		if got := oneClick(address(noor)); got.StatusCode != http.StatusOK || wants(noor) || !wants(piet) {
			t.Errorf("one click: %d", got.StatusCode)
		}
	}
	token := notices.Token(key, s.people[piet].ID, notices.EndAll)
	if got := s.send(s.form(anna, "/unsubscribe", url.Values{"token": {token}})); got.StatusCode != http.StatusOK || wants(piet) || !wants(anna) {
		t.Errorf("the button, while somebody else is signed in: %d", got.StatusCode)
	}
}

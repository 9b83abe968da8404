package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"prosumer/internal/ideas"
)

func TestAFormCountsOnlyWhenOurOwnPageSentIt(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	idea := s.propose(noor, ideas.Open)
	mine, others := s.token(piet), s.token(noor)
	for name, tc := range map[string]struct {
		site, origin, token string
		want                int
	}{
		"our page":                           {"same-origin", home, mine, 303},
		"typed by hand":                      {"none", "", mine, 303},
		"our page, older browser":            {"", home, mine, 303},
		"our page under its other name":      {"", "http://127.0.0.1:3000", mine, 403}, // the request names localhost
		"another site":                       {"cross-site", "https://evil.example", mine, 403},
		"another site that says ours":        {"cross-site", home, mine, 403},
		"a neighbour":                        {"same-site", "http://localhost:4000", mine, 403},
		"another site, older browser":        {"", "https://evil.example", mine, 403},
		"an origin that begins like ours":    {"", home + ".evil.example", mine, 403},
		"another scheme":                     {"", "https://localhost:3000", mine, 403},
		"another port":                       {"", "http://localhost:3001", mine, 403},
		"no origin to speak of":              {"", "null", mine, 403},
		"nothing said":                       {"", "", mine, 403},
		"no token":                           {"same-origin", home, "", 403},
		"somebody else's token":              {"same-origin", home, others, 403},
		"a token cut short":                  {"same-origin", home, mine[:40], 403},
		"a token in the address, not a form": {"same-origin", home, "?csrf=" + mine, 403},
	} {
		path, fields := idea+"/vote", url.Values{"act": {"cast"}, "csrf": {tc.token}}
		if strings.HasPrefix(tc.token, "?") {
			path, fields = path+tc.token, url.Values{"act": {"cast"}}
		}
		req := s.request(piet, http.MethodPost, path, "application/x-www-form-urlencoded", fields.Encode())
		req.Header.Del("Sec-Fetch-Site")
		req.Header.Del("Origin")
		if tc.site != "" {
			req.Header.Set("Sec-Fetch-Site", tc.site)
		}
		if tc.origin != "" {
			req.Header.Set("Origin", tc.origin)
		}
		if got := s.send(req); got.StatusCode != tc.want {
			t.Errorf("%s: %d, want %d", name, got.StatusCode, tc.want)
		}
	}
}

func TestSigningInUpAndOutFromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	for _, path := range []string{"/sign-in", "/sign-up", "/sign-out", "/sign-in/link", "/forgot", "/reset", "/confirm", "/first-admin", "/language", "/ideas", "/api/v1/session", "/api/v1/accounts"} {
		for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
			req := s.request(visitor, http.MethodPost, path, "application/x-www-form-urlencoded", "email=a@example.org")
			req.Header.Del("Sec-Fetch-Site")
			req.Header.Set(header, value)
			if got := s.send(req); got.StatusCode != 403 {
				t.Errorf("POST %s with %s %s: %d, want 403", path, header, value, got.StatusCode)
			}
		}
	}
}

func TestTheAPITakesACookieFromOurPagesOnlyAndATokenFromAnywhere(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	path := "/api/v1" + s.propose(noor, ideas.Open) + "/vote"
	secret, err := s.accounts.NewToken(t.Context(), s.people[piet].ID, "test", []string{"read", "vote"}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		cookie, token string // whose
		site, origin  string
		want          int
	}{
		"cookie, our page":                {piet, "", "same-origin", home, 200},
		"cookie, another site":            {piet, "", "cross-site", "https://evil.example", 403},
		"cookie, another site, no fetch":  {piet, "", "", "https://evil.example", 403},
		"cookie, nothing said":            {piet, "", "", "", 403},
		"token, a program":                {"", "Bearer " + secret, "", "", 200},
		"token, another site's page":      {"", "Bearer " + secret, "cross-site", "https://evil.example", 200},
		"token beside the maker's cookie": {noor, "Bearer " + secret, "cross-site", "https://evil.example", 200}, // noor may not: piet's token counts
		"a bad token beside a good cookie": {
			piet, "Bearer pr_nothing", "same-origin", home, 401,
		},
		"a password for a token": {piet, "Basic cGlldDpwaWV0", "same-origin", home, 401},
		"the session for a token": {
			"", "Bearer " + strings.TrimPrefix(s.signedIn(piet), "session="), "same-origin", home, 401,
		},
		"nobody": {"", "", "same-origin", home, 401},
	} {
		req := s.request(tc.cookie, http.MethodPut, path, "application/json", `{"would_buy":false}`)
		req.Header.Del("Sec-Fetch-Site")
		req.Header.Del("Origin")
		for header, value := range map[string]string{"Sec-Fetch-Site": tc.site, "Origin": tc.origin, "Authorization": tc.token} {
			if value != "" {
				req.Header.Set(header, value)
			}
		}
		got := s.send(req)
		if got.StatusCode != tc.want {
			t.Errorf("%s: %d, want %d: %s", name, got.StatusCode, tc.want, got.body)
		}
		if tc.want == 401 && got.Header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%s: does not say how to prove oneself", name)
		}
		for header := range got.Header {
			if strings.HasPrefix(header, "Access-Control-") {
				t.Errorf("%s: %s is set", name, header)
			}
		}
	}
	token := s.request(visitor, http.MethodGet, "/api/v1/me?token="+secret+"&access_token="+secret, "", "")
	token.Header.Set("Cookie", "session="+secret)
	if got := s.send(token); got.StatusCode != 401 {
		t.Errorf("a token in the address or in a cookie worked: %d", got.StatusCode)
	}
}

// state is what every table holds, row by row.
func (s *site) state() map[string]string {
	s.t.Helper()
	var tables []string
	if err := s.db.Select(&tables, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`); err != nil {
		s.t.Fatal(err)
	}
	held := map[string]string{}
	for _, table := range tables {
		var sum string
		query := fmt.Sprintf(`SELECT count(*) || ' ' || md5(coalesce(string_agg(xmin::text || ctid::text, ',' ORDER BY ctid), '')) FROM %q`, table)
		if err := s.db.Get(&sum, query); err != nil {
			s.t.Fatal(err)
		}
		held[table] = sum
	}
	return held
}

func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{confirm: true}).settle()
	routes := s.everyRoute(s.objects())
	for _, secret := range []string{s.link(noor, "sign_in", "/"), s.link(noor, "confirm", "/"), s.link(noor, "reset", "/")} {
		for _, path := range []string{"/sign-in/link/use", "/confirm", "/reset", "/first-admin"} {
			routes["GET "+path+"?token="+secret] = path
			routes["HEAD "+path+"?token="+secret] = path
		}
	}
	for _, who := range everybody {
		s.signedIn(who)
	}
	before := s.state()
	for _, who := range everybody {
		for route := range routes {
			method, path, _ := strings.Cut(route, " ")
			if method == http.MethodGet || method == http.MethodHead {
				s.send(s.request(who, method, path, "", ""))
			}
		}
	}
	for table, now := range s.state() {
		// Opening an idea is how it becomes seen; a report that is missing is made by who asks for it.
		if table != "seen" && table != "exposures" && table != "insights" && now != before[table] {
			t.Errorf("%s is not as it was", table)
		}
	}
}

func TestOnlyOpeningAnIdeaMarksItAsSeen(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	idea := s.propose(noor, ideas.Open) + "-a-kettle-that-runs-on-the-sun"
	seen := func() (n int) {
		if err := s.db.Get(&n, `SELECT count(*) FROM seen`); err != nil {
			t.Fatal(err)
		}
		return n
	}
	ahead := s.request(piet, http.MethodGet, idea, "", "")
	ahead.Header.Set("Sec-Purpose", "prefetch")

	s.send(s.request(piet, http.MethodHead, idea, "", ""))
	s.send(ahead)
	before := seen()
	s.get(piet, idea)

	if before != 0 || seen() != 1 {
		t.Errorf("%d before opening, %d after, want 0 and 1", before, seen())
	}
}

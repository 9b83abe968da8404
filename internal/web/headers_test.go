package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const wantCSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self' ws://localhost:3000; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; manifest-src 'self'; require-trusted-types-for 'script'; trusted-types default"

// everyRoute gives each route once, with addresses that lead to something.
func (s *site) everyRoute(o objects) map[string]string {
	fill := strings.NewReplacer(
		":idea", strings.TrimPrefix(o.open, "/ideas/"), ":slug", strings.TrimPrefix(o.product, "/made/"), ":handle", noor+"-x", ":name", "20260101-000000.000000000",
		"/templates/:id", "/templates/"+strings.TrimPrefix(o.template, "/studio/templates/"), ":id", strings.TrimPrefix(o.open, "/ideas/"),
	)
	found := map[string]string{}
	for _, r := range s.app.GetRoutes(true) {
		path := fill.Replace(r.Path)
		switch path {
		case "/assets/*":
			path = "/assets/icon.svg"
		case "/media/*":
			path = o.picture
		case "/*":
			path = "/nothing/here"
		}
		found[r.Method+" "+path] = r.Path
	}
	return found
}

func checkHeaders(t *testing.T, what string, got answer) {
	t.Helper()
	want := map[string]string{
		"Content-Security-Policy": wantCSP, "X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "strict-origin-when-cross-origin", "Strict-Transport-Security": "",
	}
	if strings.Contains(what, " /media/") && got.StatusCode == 200 {
		want["Content-Security-Policy"] = "default-src 'none'; sandbox"
	}
	if strings.Contains(what, "/badge/") && got.StatusCode == 200 { // other sites show it
		want["Content-Security-Policy"], want["Cross-Origin-Resource-Policy"] = "default-src 'none'", "cross-origin"
	}
	if strings.Contains(what, " /cards/") && got.StatusCode == 200 {
		want["Content-Security-Policy"], want["Cross-Origin-Resource-Policy"] = "default-src 'none'; sandbox", "cross-origin"
	}
	if (strings.HasPrefix(what, "GET /embed/") || strings.HasPrefix(what, "HEAD /embed/")) && (got.StatusCode == 200 || got.StatusCode == 404) { // other sites frame it
		want["Content-Security-Policy"], want["Cross-Origin-Resource-Policy"] = frameCSP, "cross-origin"
	}
	if got.Header.Get("Referrer-Policy") == "same-origin" { // stricter, where an address holds a secret
		want["Referrer-Policy"] = "same-origin"
	}
	for name, value := range want {
		if got.Header.Get(name) != value {
			t.Errorf("%s (%d): %s is %q, want %q", what, got.StatusCode, name, got.Header.Get(name), value)
		}
	}
	if policy := got.Header.Get("Permissions-Policy"); !strings.Contains(policy, "camera=()") {
		t.Errorf("%s: Permissions-Policy is %q", what, policy)
	}
	if got.Header.Get("X-Request-Id") == "" {
		t.Errorf("%s has no request id", what)
	}
	caching := got.Header.Get("Cache-Control")
	if caching == "" {
		t.Errorf("%s (%d) says nothing about caching", what, got.StatusCode)
	}
	if len(got.Cookies()) > 0 && caching != "no-store" {
		t.Errorf("%s sets a cookie under %q", what, caching)
	}
	if got.Header.Get("Server") != "" {
		t.Errorf("%s says what it runs on: %s", what, got.Header.Get("Server"))
	}
}

func TestEveryRouteAnswersWithTheHeadersToVisitorsAndMembers(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	routes := s.everyRoute(s.objects())
	for _, who := range []string{visitor, piet} {
		for route := range routes {
			method, path, _ := strings.Cut(route, " ")
			got := s.send(s.request(who, method, path, "", ""))
			checkHeaders(t, route, got)
			if got.StatusCode >= 500 {
				t.Errorf("%s as %q answered %d: %s", route, who, got.StatusCode, got.body)
			}
			public := strings.HasPrefix(path, "/assets/") || strings.HasPrefix(path, "/media/") || strings.Contains(path, "/badge/") || path == "/favicon.ico" || toOthers(path)
			caching := got.Header.Get("Cache-Control")
			if who == piet && !public && caching != "no-store" {
				t.Errorf("%s for a member may be cached: %q", route, caching)
			}
			if who == visitor && method == http.MethodGet && got.StatusCode == 200 && !public && !strings.HasPrefix(path, "/healthz") && !strings.HasPrefix(path, "/readyz") {
				if vary := strings.ToLower(got.Header.Get("Vary")); caching != "no-cache" || !strings.Contains(vary, "cookie") || !strings.Contains(vary, "accept-language") {
					t.Errorf("%s for a visitor: %q, Vary %q", route, caching, vary)
				}
			}
		}
	}
}

func TestRefusalsBeforeTheRoutesHaveTheHeadersToo(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	foreign := s.request(visitor, "GET", "/", "", "")
	foreign.Host = "evil.example"
	packed := s.request(visitor, "POST", "/sign-in", "application/x-www-form-urlencoded", "x")
	packed.Header.Set("Content-Encoding", "gzip")
	for want, requests := range map[int][]*http.Request{
		404: {s.request(visitor, "GET", "/assets/nothing.js", "", ""), s.request(visitor, "GET", "/media/nothing.jpg", "", ""), s.request(visitor, "GET", "/IDEAS/new", "", ""), s.request(visitor, "GET", "/how/", "", "")},
		405: {s.request(visitor, "TRACE", "/", "", ""), s.request(visitor, "OPTIONS", "/api/v1/ideas", "", ""), s.request(visitor, "BREW", "/how", "", "")},
		413: {s.request(visitor, "POST", "/sign-in", "", strings.Repeat("x", 512<<10+1)), s.request(visitor, "GET", "/?q="+strings.Repeat("x", 2048), "", "")},
		415: {packed},
		421: {foreign},
		303: {s.request(visitor, "GET", "/mine/ideas", "", "")},
	} {
		for _, req := range requests {
			got := s.send(req)
			if got.StatusCode != want {
				t.Errorf("%s %.40s answered %d, want %d", req.Method, req.URL, got.StatusCode, want)
			}
			checkHeaders(t, fmt.Sprintf("%s %.40s", req.Method, req.URL), got)
		}
	}
}

func TestOverHTTPSBrowsersAreToldToStay(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{base: "https://ideas.example"})

	got := s.get(visitor, "/how")

	if hsts := got.Header.Get("Strict-Transport-Security"); hsts != "max-age=63072000; includeSubDomains" {
		t.Errorf("HSTS is %q", hsts)
	}
	if csp := got.Header.Get("Content-Security-Policy"); csp != strings.Replace(wantCSP, "ws://localhost:3000", "wss://ideas.example", 1) {
		t.Errorf("CSP is %q", csp)
	}
}

func TestPagesOfLinksSendNoReferrer(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{home: "same-origin", "https://ideas.example": "no-referrer"} {
		s := newSite(t, settings{base: base}).settle()
		for path, purpose := range map[string]string{"/reset": "reset", "/confirm": "confirm", "/sign-in/link/use": "sign_in"} {
			got := s.get(visitor, path+"?token="+s.link(noor, purpose, "/"))
			if got.StatusCode != 200 || got.Header.Get("Referrer-Policy") != want {
				t.Errorf("%s answered %d with %q, want %q", path, got.StatusCode, got.Header.Get("Referrer-Policy"), want)
			}
		}
	}
}

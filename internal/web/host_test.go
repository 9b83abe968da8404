package web_test

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"prosumer/internal/ideas"
)

func TestOnlyOurOwnHostIsServed(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for host, want := range map[string]int{
		"localhost:3000": 200, "LOCALHOST:3000": 200, "127.0.0.1:3000": 200, "[::1]:3000": 200,
		"localhost": 421, "localhost:3001": 421, "evil.example": 421, "localhost:3000@evil.example": 421, "localhost.evil.example:3000": 421,
		"evil.example:3000": 421, "127.0.0.1.evil.example:3000": 421,
	} {
		req := s.request(visitor, "GET", "/how", "", "")
		req.Host = host
		got := s.send(req)
		if got.StatusCode != want {
			t.Errorf("%s: %d, want %d", host, got.StatusCode, want)
		}
		if strings.Contains(got.body, "evil") || strings.Contains(got.Header.Get("Content-Security-Policy"), "evil") {
			t.Errorf("%s: its name is in the answer", host)
		}
	}
	public := newSite(t, settings{base: "https://Ideas.example"})
	for host, want := range map[string]int{"ideas.example": 200, "IDEAS.example": 200, "localhost": 421, "127.0.0.1": 421} {
		req := public.request(visitor, "GET", "/how", "", "")
		req.Host = host
		if got := public.send(req); got.StatusCode != want {
			t.Errorf("%s: %d, want %d", host, got.StatusCode, want)
		}
	}
}

func TestNoLinkIsBuiltOnWhatTheRequestSays(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	idea := s.propose(noor, ideas.Open) + "-a-kettle-that-runs-on-the-sun"
	for _, path := range []string{"/", idea, "/ideas/new", "/mine/ideas", "/people", "/how", "/nothing", "/api/docs", "/api/v1/ideas"} {
		for _, who := range []string{visitor, piet} {
			req := s.request(who, "GET", path, "", "")
			for _, name := range []string{"X-Forwarded-Host", "X-Host", "X-Original-Host", "X-Forwarded-Server", "X-Original-Url", "X-Rewrite-Url", "X-Forwarded-Prefix"} {
				req.Header.Set(name, "evil.example")
			}
			req.Header.Set("Forwarded", "host=evil.example;proto=javascript")
			req.Header.Set("X-Forwarded-Proto", "javascript")
			req.Host = "127.0.0.1:3000"
			got := s.send(req)
			if strings.Contains(got.body, "evil.example") || strings.Contains(got.to(), "evil") || strings.Contains(got.body, "javascript:") {
				t.Errorf("%s repeats what the request said", path)
			}
			if strings.Contains(got.body, "http://127.0.0.1") || strings.Contains(got.to(), "127.0.0.1") {
				t.Errorf("%s links to the name in the request", path)
			}
		}
	}
	wire := s.listen()
	for text, want := range map[string]int{
		"GET http://evil.example/how HTTP/1.1\r\nHost: localhost:3000\r\n\r\n":       421,
		"GET http://localhost:3000/how HTTP/1.1\r\nHost: evil.example\r\n\r\n":       200, // the address wins (RFC 9112, 3.2.2)
		"GET //evil.example/how HTTP/1.1\r\nHost: localhost:3000\r\n\r\n":            404,
		"GET /how HTTP/1.1\r\nHost: localhost:3000@evil.example\r\n\r\n":             421,
		"GET /how HTTP/1.1\r\nHost: localhost:3000; script-src evil\r\n\r\n":         421,
		"GET /mine/ideas?x=1 HTTP/1.1\r\nHost: localhost:3000#@evil.example\r\n\r\n": 421,
	} {
		got, _ := say(t, wire, text)
		if first(got) != want && (want == 200 || first(got) != 400) {
			t.Errorf("%.60q: %d, want %d", text, first(got), want)
		}
		if len(got) > 0 && (strings.Contains(got[0].to(), "evil") || strings.Contains(got[0].Header.Get("Content-Security-Policy"), "evil") || strings.Contains(got[0].body, `="http://evil`)) {
			t.Errorf("%.60q: the foreign name is in the answer", text)
		}
	}
}

func TestForgedAddressesDoNotGetRoundALimit(t *testing.T) {
	t.Parallel()
	proxy := []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32"), netip.MustParsePrefix("10.0.0.0/8")} // tests come from 0.0.0.0
	const allowed = 5                                                                                 // sign-ups of one network in an hour
	for name, tc := range map[string]struct {
		proxies []netip.Prefix
		lines   func(i string) []string
		limited bool
	}{
		"nobody is trusted":        {nil, func(i string) []string { return []string{"6.6.6." + i} }, true},
		"the client's line first":  {proxy, func(i string) []string { return []string{"6.6.6." + i + ", 9.9.9.9"} }, true},
		"the proxy adds a line":    {proxy, func(i string) []string { return []string{"6.6.6." + i, "9.9.9.9"} }, true},
		"through two proxies":      {proxy, func(i string) []string { return []string{"6.6.6." + i + ", 9.9.9.9, 10.1.2.3"} }, true},
		"with the port":            {proxy, func(i string) []string { return []string{"9.9.9.9:4" + i} }, true},
		"one subscriber's IPv6":    {proxy, func(i string) []string { return []string{"2001:db8::" + i} }, true},
		"IPv4 written as IPv6":     {proxy, func(i string) []string { return []string{"::ffff:9.9.9.9"} }, true},
		"nonsense":                 {proxy, func(i string) []string { return []string{"9.9.9.9, x" + i} }, true},
		"truly different networks": {proxy, func(i string) []string { return []string{"9.9.9." + i} }, false},
		"different IPv6 networks":  {proxy, func(i string) []string { return []string{"2001:db8:" + i + "::1"} }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{limits: true, proxies: tc.proxies})
			for i := range allowed + 1 {
				req := s.form(visitor, "/sign-up", url.Values{"email": {"x"}})
				for _, line := range tc.lines(string(rune('1' + i))) {
					req.Header.Add("X-Forwarded-For", line)
				}
				for _, other := range []string{"X-Real-Ip", "Client-Ip", "Cf-Connecting-Ip", "True-Client-Ip"} {
					req.Header.Set(other, "7.7.7."+string(rune('1'+i)))
				}
				got := s.send(req)
				want := 422
				if i == allowed && tc.limited {
					want = 429
				}
				if got.StatusCode != want {
					t.Errorf("attempt %d: %d, want %d", i+1, got.StatusCode, want)
				}
				if got.StatusCode == 429 && got.Header.Get("Retry-After") == "" {
					t.Error("it does not say how long to wait")
				}
			}
		})
	}
}

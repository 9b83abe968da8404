package clean_test

import (
	"net/url"
	"strings"
	"testing"

	"prosumer/internal/clean"
)

func TestLocalPathStaysAtHome(t *testing.T) {
	for in, want := range map[string]string{
		"/":                             "/",
		"/ideas/a-lamp":                 "/ideas/a-lamp",
		"/ideas/":                       "/ideas/",
		"/ideas?tag=a&q=b+c&tag=d":      "/ideas?tag=a&q=b+c&tag=d",
		"/ideas?next=https://x/y":       "/ideas?next=https://x/y",
		"/ideas#vote":                   "/ideas",
		"/ideas?":                       "/ideas",
		"/a b/é?q=é b":                  "/a%20b/%C3%A9?q=%C3%A9%20b",
		"/tags/a%2Fb":                   "/tags/a%2Fb",
		"":                              "/",
		"ideas":                         "/",
		"//evil.example":                "/",
		"///evil.example":               "/",
		`/\evil.example`:                "/",
		`/a\..\\evil.example`:           "/",
		"/%2f/evil.example":             "/",
		"/%5cevil.example":              "/",
		"/a%3f/..//evil.example":        "/",
		"/.//evil.example":              "/",
		"/a/../..//evil.example":        "/",
		"/%2e%2e/x":                     "/",
		"/\tevil":                       "/",
		"/%0d%0aSet-Cookie:a=b":         "/",
		"/a\r\nSet-Cookie: a=b":         "/",
		"/a\u202e":                      "/",
		"/a\xff":                        "/",
		"https://evil.example":          "/",
		"javascript:alert(1)":           "/",
		" /a":                           "/",
		"/a%zz":                         "/",
		"/https://evil.example":         "/",
		"/" + strings.Repeat("a", 3000): "/",
	} {
		if got := clean.LocalPath(in); got != want {
			t.Errorf("LocalPath(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPublishedRedirectsStayAtHome(t *testing.T) {
	for _, v := range vectors(t, "open-redirect", "crlf", "html-xss", "naughty-strings") {
		for _, in := range []string{v.Payload, "/" + v.Payload, "/ideas?next=" + v.Payload} {
			if wrong := leaves(clean.LocalPath(in)); wrong != "" {
				t.Errorf("%s: %q -> %q %s", v.ID, in, clean.LocalPath(in), wrong)
			}
		}
	}
}

func FuzzLocalPath(f *testing.F) {
	for _, seed := range []string{"/", "/ideas?q=a#b", "//x", `/\x`, "/%5c/x", "/%2e%2e/", "/a%3f//x", "/é?\"<", "/a;b@c", "/%", "/?%0d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, target string) {
		got := clean.LocalPath(target)
		if wrong := leaves(got); wrong != "" {
			t.Fatalf("%q -> %q %s", target, got, wrong)
		}
		if again := clean.LocalPath(got); again != got {
			t.Fatalf("%q -> %q -> %q", target, got, again)
		}
	})
}

// leaves says how a redirect to path would leave our origin or break a header,
// or nothing.
func leaves(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.Contains(path, `\`) {
		return "does not begin as a path"
	}
	for i := range len(path) {
		if path[i] <= ' ' || path[i] >= 0x7f {
			return "holds a byte no header should"
		}
	}
	at := url.URL{Scheme: "https", Host: "board.example", Path: "/"}
	to, err := at.Parse(path)
	if err != nil || to.Scheme != "https" || to.Host != "board.example" || to.User != nil {
		return "leads elsewhere"
	}
	if strings.HasPrefix(to.Path, "//") || strings.ContainsAny(to.Path, "\\\r\n") {
		return "leads elsewhere once decoded"
	}
	return ""
}

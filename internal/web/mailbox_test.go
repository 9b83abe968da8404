package web_test

import (
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"prosumer/internal/mail"
)

func TestTheMailboxOpensForThisMachineAlone(t *testing.T) {
	t.Parallel()
	folder, err := mail.NewFolder(t.TempDir(), mail.From{Name: "Board", Address: "board@example.org"}, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Send(t.Context(), mail.Message{To: "noor@example.org", Subject: "Sign in", Text: "Here: http://localhost:3000/sign-in/link/use?token=<b>x", HTML: "<p>Hello Noör, noor@example.org</p>"}); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, settings{mailbox: folder, proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	address := s.listen()
	ask := func(path string, header ...string) answer {
		req, err := http.NewRequest(http.MethodGet, "http://"+address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = "localhost:3000"
		for i := 0; i < len(header); i += 2 {
			req.Header.Set(header[i], header[i+1])
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer{res, string(body)}
	}
	kept, err := folder.Newest()
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	for _, path := range []string{"/dev/mail", "/dev/mail/" + kept[0].Name, "/dev/mail/" + kept[0].Name + "/html"} {
		if got := ask(path); got.StatusCode != 200 || !strings.Contains(got.body, "noor@example.org") || strings.Contains(got.body, "<b>x") {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
		for header, value := range map[string]string{"X-Forwarded-For": "6.6.6.6", "Forwarded": "for=6.6.6.6"} {
			if got := ask(path, header, value); got.StatusCode != 404 {
				t.Errorf("%s through a proxy: %d", path, got.StatusCode)
			}
		}
		if got := ask(path, "X-Forwarded-For", "127.0.0.1"); got.StatusCode != 404 {
			t.Errorf("%s with a forged address: %d", path, got.StatusCode)
		}
		if got := s.get(visitor, path); got.StatusCode != 404 { // such a request comes from 0.0.0.0
			t.Errorf("%s from elsewhere: %d", path, got.StatusCode)
		}
	}
	if got := ask("/dev/mail/" + kept[0].Name + "/html"); got.body != "<p>Hello Noör, noor@example.org</p>" || !strings.HasPrefix(got.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("as HTML it is %q under %s", got.body, got.Header.Get("Content-Security-Policy"))
	}
	if got := ask("/dev/mail/..%2f..%2fetc%2fpasswd"); got.StatusCode != 404 {
		t.Errorf("a path for a name: %d", got.StatusCode)
	}
	if got := s.get(visitor, "/how"); strings.Contains(got.body, "/dev/mail") {
		t.Error("the mailbox is linked for somebody who cannot open it")
	}
}

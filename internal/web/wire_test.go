package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// listen serves the site on a port and gives its address.
func (s *site) listen() string {
	s.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.app.Listener(l) }()
	s.t.Cleanup(func() {
		_ = s.app.ShutdownWithTimeout(5 * time.Second)
		if err := <-done; err != nil {
			s.t.Error(err)
		}
	})
	return l.Addr().String()
}

// say sends bytes as they are, and gives the answers until the server closes or
// has nothing more to say.
func say(t *testing.T, address, text string) (answers []answer, closed bool) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	go func() { _, _ = io.WriteString(conn, text) }() // the server may answer, and close, before it has read all
	in := bufio.NewReader(conn)
	for {
		wait := 10 * time.Second
		if len(answers) > 0 {
			wait = 300 * time.Millisecond // for one that should not come
		}
		_ = conn.SetReadDeadline(time.Now().Add(wait))
		res, err := http.ReadResponse(in, nil)
		if err != nil {
			timeout, ok := err.(net.Error)
			return answers, !ok || !timeout.Timeout()
		}
		body, _ := io.ReadAll(res.Body)
		answers = append(answers, answer{res, string(body)})
	}
}

func TestRequestsThatTwoServersMayReadDifferentlyAreRefusedAndCutOff(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	address := s.listen()
	const host = "Host: localhost:3000\r\n"
	const hidden = "GET /healthz HTTP/1.1\r\nHost: localhost:3000\r\n\r\n"
	for name, text := range map[string]string{
		"two lengths":              "POST /sign-in HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello" + hidden,
		"the same length twice":    "POST /sign-in HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" + hidden,
		"length and chunks":        "POST /sign-in HTTP/1.1\r\n" + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
		"chunks and length":        "POST /sign-in HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + hidden,
		"two transfer encodings":   "POST /sign-in HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + hidden,
		"an unknown encoding":      "POST /sign-in HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden,
		"bare line feeds":          "GET /how HTTP/1.1\nHost: localhost:3000\n\n" + hidden,
		"a bare line feed inside":  "GET /how HTTP/1.1\r\n" + host + "X-A: b\nX-C: d\r\n\r\n" + hidden,
		"a space before the colon": "GET /how HTTP/1.1\r\n" + host + "Content-Length : 5\r\n\r\nhello" + hidden,
		"a folded line":            "GET /how HTTP/1.1\r\n" + host + "X-A: b\r\n folded: c\r\n\r\n" + hidden,
		"a negative length":        "POST /sign-in HTTP/1.1\r\n" + host + "Content-Length: -5\r\n\r\nhello" + hidden,
		"a signed length":          "POST /sign-in HTTP/1.1\r\n" + host + "Content-Length: +5\r\n\r\nhello" + hidden,
		"a bad chunk":              "POST /sign-in HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n" + hidden,
		"no host":                  "GET /how HTTP/1.1\r\n\r\n" + hidden,
		"two hosts":                "GET /how HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n" + hidden,
		"a NUL":                    "GET /how HTTP/1.1\r\n" + host + "X-A: b\x00c\r\n\r\n" + hidden,
		"no request":               "hello\r\n\r\n" + hidden,
	} {
		got, closed := say(t, address, text)
		switch {
		case len(got) == 0 && closed: // cut off without a word is refused, too
		case len(got) != 1 || got[0].StatusCode < 400 || got[0].StatusCode >= 500:
			t.Errorf("%s: %d answers, the first %d", name, len(got), first(got))
		case !closed:
			t.Errorf("%s: answered %d and kept the connection", name, first(got))
		default:
			checkHeaders(t, name, got[0])
		}
	}
}

func first(list []answer) int {
	if len(list) == 0 {
		return 0
	}
	return list[0].StatusCode
}

func TestTooLargeHeadsAndBodiesAreRefusedOnTheWire(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	address := s.listen()
	head := func(n int) string {
		return "GET /how HTTP/1.1\r\nHost: localhost:3000\r\nX-Long: " + strings.Repeat("x", n) + "\r\n\r\n"
	}
	body := func(path, kind string, n int) string {
		return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: localhost:3000\r\nSec-Fetch-Site: same-origin\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", path, kind, n, strings.Repeat("x", n))
	}
	chunked := func(path string, n int) string {
		return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: localhost:3000\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", path, n, strings.Repeat("x", n))
	}
	const form, script = "application/x-www-form-urlencoded", "application/json"
	for name, tc := range map[string]struct {
		text string
		want int
	}{
		"a head that fits":          {head(7 << 10), 200},
		"a head too long":           {head(8 << 10), 431},
		"a form that fits":          {body("/sign-in", form, 512<<10), 422},
		"a form too large":          {body("/sign-in", form, 512<<10+1), 413},
		"chunks that fit":           {chunked("/sign-in", 512<<10), 422},
		"chunks too large":          {chunked("/sign-in", 512<<10+1), 413},
		"JSON that fits":            {body("/api/v1/session", script, 256<<10), 422},
		"JSON too large":            {body("/api/v1/session", script, 256<<10+1), 413},
		"JSON in chunks, too large": {chunked("/api/v1/session", 256<<10+1), 413},
		"a page with pictures":      {body("/ideas", form, 1<<20), 303},
		"more than any page takes":  {body("/ideas", form, 11<<20+1), 413},
		"more chunks than any":      {chunked("/ideas", 11<<20+1), 413},
	} {
		got, _ := say(t, address, tc.text)
		if first(got) != tc.want {
			t.Errorf("%s: %d, want %d", name, first(got), tc.want)
		}
		if len(got) > 0 {
			checkHeaders(t, name, got[0])
		}
	}
}

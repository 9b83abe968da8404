package web_test

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"prosumer/internal/ideas"
	"prosumer/internal/pg/pgtest"
)

// gate stands between the site and its database, and can be closed.
type gate struct {
	listener net.Listener
	mu       sync.Mutex
	shut     bool
	open     map[net.Conn]bool
}

// newGate forwards to a socket of PostgreSQL.
func newGate(t *testing.T, network, address string) *gate {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{listener: l, open: map[net.Conn]bool{}}
	t.Cleanup(func() { g.close(); _ = l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial(network, address)
			if err != nil || !g.pass(in, out) {
				_ = in.Close()
				continue
			}
			go g.copy(in, out)
			go g.copy(out, in)
		}
	}()
	return g
}

func (g *gate) pass(in, out net.Conn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut {
		_ = out.Close()
		return false
	}
	g.open[in], g.open[out] = true, true
	return true
}

func (g *gate) copy(to, from net.Conn) {
	_, _ = io.Copy(to, from)
	_, _ = to.Close(), from.Close()
}

func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = true
	for conn := range g.open {
		_ = conn.Close()
	}
	g.open = map[net.Conn]bool{}
}

func (g *gate) reopen() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = false
}

// throughGate gives an address of the same database that leads through a gate.
func throughGate(t *testing.T, dsn string) (*gate, string) {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	host, port := q.Get("host"), q.Get("port")
	if host == "" {
		host, port = u.Hostname(), u.Port()
	}
	network, address := "tcp", net.JoinHostPort(host, port)
	if strings.HasPrefix(host, "/") {
		network, address = "unix", host+"/.s.PGSQL."+port
	}
	g := newGate(t, network, address)
	own, ownPort, err := net.SplitHostPort(g.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	q.Set("host", own)
	q.Set("port", ownPort)
	u.Host, u.RawQuery = "", q.Encode()
	return g, u.String()
}

func TestWhileTheDatabaseIsAwayPeopleAreAskedToWaitAndThenItGoesOn(t *testing.T) {
	t.Parallel()
	direct, dsn := pgtest.NewWithDSN(t)
	g, through := throughGate(t, dsn)
	var log lines
	c := newClock()
	s := newSite(t, settings{dsn: through, now: c.now, log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelInfo}))}).settle()
	idea := s.propose(noor, ideas.Open)
	s.token(piet)
	everything := func() map[string]answer {
		vote := s.request(piet, http.MethodPut, "/api/v1"+idea+"/vote", "application/json", `{"would_buy":true}`)
		return map[string]answer{
			"the board":         s.get(visitor, "/?order=newest"),
			"a search":          s.get(visitor, "/?q=kettle"),
			"an idea":           s.get(visitor, idea+slugged),
			"a member's page":   s.get(piet, "/mine/ideas"),
			"a form":            s.post(piet, idea+"/vote", url.Values{"act": {"cast"}}),
			"signing in":        s.post(visitor, "/sign-in", url.Values{"email": {"noor@example.org"}, "password": {password}}),
			"the settings":      s.get(piet, "/settings/profile"),
			"a link":            s.get(visitor, "/sign-in/link/use?token=x"),
			"the first admin":   s.get(visitor, "/first-admin?token=x"),
			"words of visitors": s.post(visitor, "/ideas", url.Values{"title": {"A teapot"}}),
			"the API's list":    s.get(visitor, "/api/v1/ideas"),
			"the API's vote":    s.send(vote),
			"readiness":         s.get(visitor, "/readyz"),
		}
	}
	before := everything()
	c.pass(time.Second) // kept pages are over, and older than what was proposed since: they do not stand in

	g.close()
	for what, got := range everything() {
		if got.StatusCode != 503 || got.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %d, Retry-After %q", what, got.StatusCode, got.Header.Get("Retry-After"))
		}
		if what != "readiness" && !strings.Contains(got.Header.Get("Content-Type"), "html") && !strings.Contains(got.Header.Get("Content-Type"), "problem+json") {
			t.Errorf("%s: answered as %s: %.80s", what, got.Header.Get("Content-Type"), got.body)
		}
		if strings.Contains(got.body, "pq:") || strings.Contains(got.body, "127.0.0.1") || strings.Contains(got.body, "dial tcp") {
			t.Errorf("%s tells what is wrong inside: %s", what, got.body)
		}
	}
	if got := s.get(visitor, "/healthz"); got.StatusCode != 200 {
		t.Errorf("the process is not well: %d", got.StatusCode)
	}
	g.reopen()
	if list, raw := log.take(t); len(list) == 0 || strings.Contains(raw, "@") || !strings.Contains(raw, `"code":"away"`) {
		t.Errorf("the log does not say what happened, or names people: %s", raw)
	}

	for what, got := range everything() {
		if got.StatusCode != before[what].StatusCode {
			t.Errorf("afterwards %s: %d, before %d", what, got.StatusCode, before[what].StatusCode)
		}
	}

	direct.MustExec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`)
	for what, got := range everything() {
		if got.StatusCode != before[what].StatusCode && got.StatusCode != 503 {
			t.Errorf("after its connections were cut, %s: %d", what, got.StatusCode)
		}
	}
	for what, got := range everything() {
		if got.StatusCode != before[what].StatusCode {
			t.Errorf("some time after its connections were cut, %s: %d", what, got.StatusCode)
		}
	}
}

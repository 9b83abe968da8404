package web_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"testing"

	"prosumer/internal/ideas"
)

// lines gathers what is logged.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// take gives what was logged since it was asked last.
func (l *lines) take(t *testing.T) (list []map[string]any, raw string) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	raw = l.b.String()
	l.b.Reset()
	for line := range strings.Lines(raw) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		list = append(list, m)
	}
	return list, raw
}

func TestEveryRequestLeavesOneLineWithoutSecrets(t *testing.T) {
	t.Parallel()
	var log lines
	s := newSite(t, settings{log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}).settle()
	idea := s.propose(noor, ideas.Open)
	s.token(noor)
	log.take(t)
	for name, tc := range map[string]struct {
		ask                func() answer
		level, route, code string
		status             int
	}{
		"a page":           {func() answer { return s.get(noor, "/how?secret=hunter2") }, "DEBUG", "/how", "", 200},
		"nothing there":    {func() answer { return s.get(noor, "/hunter2?secret=hunter2") }, "DEBUG", "/*", "not_found", 404},
		"not signed in":    {func() answer { return s.get(visitor, "/api/v1/me?secret=hunter2") }, "DEBUG", "/api/v1/me", "accounts.sign_in", 401},
		"not allowed":      {func() answer { return s.get(noor, "/studio") }, "INFO", "/studio", "ideas.team_only", 403},
		"one's own idea":   {func() answer { return s.post(noor, idea+"/vote", url.Values{"act": {"cast"}}) }, "INFO", "/ideas/:idea/vote", "votes.own_idea", 403},
		"a form refused":   {func() answer { return s.post(noor, "/settings/profile", url.Values{"bio": {"hunter2"}}) }, "INFO", "/settings/profile", "", 422},
		"a link of no use": {func() answer { return s.get(visitor, "/reset?token=hunter2") }, "INFO", "/reset", "accounts.link_used", 409},
		"a wrong password": {func() answer {
			return s.post(visitor, "/sign-in", url.Values{"email": {"hunter2@example.org"}, "password": {"hunter2"}})
		}, "INFO", "/sign-in", "", 422},
		"an unknown method":   {func() answer { return s.send(s.request(visitor, "TRACE", "/?x=hunter2", "", "")) }, "INFO", "/", "method", 405},
		"a picture not there": {func() answer { return s.get(visitor, "/media/hunter2.jpg") }, "DEBUG", "/media/*", "not_found", 404},
	} {
		got := tc.ask()
		list, raw := log.take(t)
		if got.StatusCode != tc.status || len(list) != 1 {
			t.Errorf("%s: %d, %d lines: %s", name, got.StatusCode, len(list), raw)
			continue
		}
		line := list[0]
		code, _ := line["code"].(string)
		if line["level"] != tc.level || line["route"] != tc.route || code != tc.code || line["status"] != float64(tc.status) || line["request"] != got.Header.Get("X-Request-Id") {
			t.Errorf("%s: %s", name, raw)
		}
		if strings.Contains(raw, "hunter2") || strings.Contains(raw, "example.org") || strings.Contains(raw, "0.0.0.0") {
			t.Errorf("%s: the log holds what it should not: %s", name, raw)
		}
	}
}

func TestAPanicIsCaughtAndNotedAndTheNextRequestIsServed(t *testing.T) {
	t.Parallel()
	var log lines
	s := newSite(t, settings{log: slog.New(slog.NewJSONHandler(&log, nil))}).settle()
	s.get(piet, "/people")
	log.take(t)
	s.page.Board = nil

	pages := map[string]answer{"a page": s.get(visitor, "/people"), "a page for a member": s.get(piet, "/people")}
	s.page.Board = s.board

	list, raw := log.take(t)
	for what, got := range pages {
		if got.StatusCode != 500 || strings.Contains(got.body, "goroutine") || strings.Contains(got.body, ".go:") {
			t.Errorf("%s: %d %.200s", what, got.StatusCode, got.body)
		}
		checkHeaders(t, what, got)
	}
	if len(list) != 2 || list[0]["level"] != "ERROR" || !strings.Contains(raw, "panic") {
		t.Errorf("%d lines: %s", len(list), raw)
	}
	if got := s.get(visitor, "/people"); got.StatusCode != 200 {
		t.Errorf("afterwards: %d", got.StatusCode)
	}
}

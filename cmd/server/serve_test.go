package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// server is the program while it serves.
type server struct {
	t       *testing.T
	address string
	mu      sync.Mutex
	printed strings.Builder
	stop    context.CancelFunc
	ended   chan error
}

var listening = regexp.MustCompile(`Listening on port ([0-9]+)`)

// serve runs `server serve` until it says where it listens.
func serve(t *testing.T, args ...string) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &server{t: t, stop: cancel, ended: make(chan error, 1)}
	read, write := io.Pipe()
	go func() {
		err := run(ctx, append([]string{"serve"}, args...), write)
		_ = write.Close()
		s.ended <- err
	}()
	port := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(read); lines.Scan(); {
			s.mu.Lock()
			s.printed.WriteString(lines.Text() + "\n")
			s.mu.Unlock()
			if strings.Contains(lines.Text(), "Stop with Ctrl-C") { // the last line
				port <- listening.FindStringSubmatch(s.said())[1]
			}
		}
	}()
	t.Cleanup(cancel)
	select {
	case p := <-port:
		s.address = "http://127.0.0.1:" + p
	case err := <-s.ended:
		t.Fatalf("it ended before it served: %v", err)
	}
	return s
}

// end stops the program politely and gives how it ended.
func (s *server) end() error {
	s.stop()
	return <-s.ended
}

func (s *server) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.printed.String()
}

// ask sends a request with a token, and reads the answer into into, if any.
func (s *server) ask(token, method, path, body string, into any) int {
	s.t.Helper()
	req, err := http.NewRequest(method, s.address+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Host = "localhost:0" // as its public address says, since the port was chosen later
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if into != nil {
		if err := json.NewDecoder(bytes.NewReader(raw)).Decode(into); err != nil {
			s.t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, raw)
		}
	}
	return res.StatusCode
}

// newcomer makes an account and gives a token of its.
func newcomer(t *testing.T, name string) string {
	t.Helper()
	must(t, "user", "create", name+"@example.org", "--name", name)
	return strings.TrimSpace(must(t, "token", "create", "--email", name+"@example.org", "--scopes", "read,write,vote"))
}

func TestTheWholeProgramServesAVoteAndStopsPolitely(t *testing.T) {
	settle(t)
	s := serve(t)
	if !strings.Contains(s.said(), "Prosumer is at http://localhost") {
		t.Errorf("it said %q", s.said())
	}
	noor, piet := newcomer(t, "noor"), newcomer(t, "piet")
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/": 200, "/api/docs": 200, "/nothing": 404} {
		if got := s.ask("", http.MethodGet, path, "", nil); got != want {
			t.Errorf("%s answered %d, want %d", path, got, want)
		}
	}

	var idea struct{ ID int64 }
	proposed := s.ask(noor, http.MethodPost, "/api/v1/ideas", `{"title":"A kettle that runs on the sun","story_html":"<p>On my balcony there is sun all day.</p>","accept_terms":true}`, &idea)
	path := fmt.Sprintf("/api/v1/ideas/%d", idea.ID)
	var vote struct{ Tally struct{ Voters int } }
	voted := s.ask(piet, http.MethodPut, path+"/vote", `{"would_buy":true}`, &vote)

	if proposed != 201 || voted != 200 || vote.Tally.Voters != 1 {
		t.Errorf("proposed %d, voted %d, %d voters", proposed, voted, vote.Tally.Voters)
	}
	if err := s.end(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	if out := must(t, "recount", "--check"); !strings.Contains(out, "0 tallies differed") {
		t.Errorf("recount says %q", out)
	}

	again := serve(t) // over the same data
	var tally struct{ Voters int }
	if got := again.ask("", http.MethodGet, path+"/tally", "", &tally); got != 200 || tally.Voters != 1 {
		t.Errorf("after a restart: %d, %d voters", got, tally.Voters)
	}
	if err := again.end(); err != nil {
		t.Errorf("the second ended with %v", err)
	}
}

func TestTheFirstAdminsLinkIsShownOnceAndWorks(t *testing.T) {
	settle(t)
	s := serve(t)
	_ = s.end()
	link := regexp.MustCompile(`/first-admin\?token=\S+`).FindString(s.said())
	if link == "" {
		t.Fatalf("no link in %q", s.said())
	}

	s = serve(t)
	second := regexp.MustCompile(`/first-admin\?token=\S+`).FindString(s.said())
	if got := s.ask("", http.MethodGet, second, "", nil); second == "" || got != 200 {
		t.Errorf("the newer link answered %d: %q", got, s.said())
	}
	if got := s.ask("", http.MethodGet, link, "", nil); got != 409 {
		t.Errorf("the older link answered %d", got)
	}
	_ = s.end()
	must(t, "user", "create", "ada@example.org", "--name", "Ada", "--role", "admin")
	s = serve(t)
	if strings.Contains(s.said(), "first-admin") {
		t.Error("with an admin there, another is asked for")
	}
	if err := s.end(); err != nil {
		t.Error(err)
	}
}

func TestAPortThatIsTakenIsAnError(t *testing.T) {
	settle(t)
	s := serve(t)
	defer func() { _ = s.end() }()
	t.Setenv("ADDR", strings.TrimPrefix(s.address, "http://"))

	_, err := command(t, "serve")

	if err == nil || !strings.Contains(err.Error(), "listen") {
		t.Errorf("got %v", err)
	}
}

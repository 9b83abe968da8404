package socket

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"prosumer/internal/fault"
	"prosumer/internal/live"

	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/websocket"
	"go.uber.org/goleak"
)

const origin = "https://ideas.example"

// The date of fasthttp's answers and its idle workers outlive a server.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, fasthttps()...)
}

func fasthttps() []goleak.Option {
	var all []goleak.Option
	for _, name := range []string{"updateServerDate.func1", "(*workerPool).Start.func2", "(*workerPool).workerFunc"} {
		all = append(all, goleak.IgnoreAnyFunction("github.com/valyala/fasthttp."+name))
	}
	return all
}

type site struct {
	hub  *live.Hub
	addr string
}

func newSite(t *testing.T, o live.Options) *site {
	t.Helper()
	o.Snapshot = func(_ context.Context, v live.Viewer, topics []live.Topic) (map[live.Topic]live.Snapshot, map[live.Topic]string) {
		frames := map[live.Topic]live.Snapshot{}
		for _, topic := range topics {
			frames[topic] = live.Snapshot{{Kind: "tallies", Body: json.RawMessage(fmt.Sprintf(`{"for":%d}`, v.Account))}}
		}
		return frames, nil
	}
	hub := live.New(o)
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, ReadTimeout: time.Second, WriteTimeout: time.Second, IdleTimeout: time.Second})
	Prepare(app)
	app.Get("/live", Handler(Options{
		Hub: hub, Origin: origin, Also: []string{"http://127.0.0.1:3000"},
		Viewer: func(c *fiber.Ctx) (live.Viewer, error) {
			if c.Get("Cookie") == "session=ended" {
				return live.Viewer{}, fiber.ErrUnauthorized
			}
			return live.Viewer{Account: 7, Session: c.Get("Cookie"), Key: c.IP()}, nil
		},
		ByToken: func(c *fiber.Ctx) bool { return c.Get("Authorization") == "Bearer good" },
	}))
	app.Get("/page", func(c *fiber.Ctx) error { return c.SendString("page") })
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- app.Listener(ln) }()
	t.Cleanup(func() {
		if err := hub.Close(context.Background(), 0); err != nil {
			t.Error(err)
		}
		if err := app.Shutdown(); err != nil {
			t.Error(err)
		}
		<-served
		http.DefaultClient.CloseIdleConnections()
	})
	return &site{hub, ln.Addr().String()}
}

func (s *site) dial(t *testing.T, header http.Header) (*websocket.Conn, *http.Response) {
	t.Helper()
	ws, answer, err := websocket.DefaultDialer.Dial("ws://"+s.addr+"/live", header)
	if err != nil && answer == nil {
		t.Fatal(err)
	}
	if ws != nil {
		t.Cleanup(func() { _ = ws.Close() })
		_ = ws.SetReadDeadline(time.Now().Add(20 * time.Second))
	}
	return ws, answer
}

func from(origin string) http.Header { return http.Header{"Origin": {origin}} }

func TestAHandshakeFromOurOwnPageBecomesASocket(t *testing.T) {
	s := newSite(t, live.Defaults())
	ws, _ := s.dial(t, from(origin))
	if ws == nil {
		t.Fatal("refused")
	}

	if err := ws.WriteMessage(websocket.TextMessage, []byte(`{"watch":["idea:1"]}`)); err != nil {
		t.Fatal(err)
	}
	_, text, err := ws.ReadMessage()

	if err != nil || string(text) != `{"tallies":[{"for":7}]}` {
		t.Errorf("heard %s, %v", text, err)
	}
}

func TestOnlyOurOwnOriginIsLetIn(t *testing.T) {
	s := newSite(t, live.Defaults())
	for name, tc := range map[string]struct {
		header http.Header
		want   int
	}{
		"ours":                 {from(origin), http.StatusSwitchingProtocols},
		"another of ours":      {from("http://127.0.0.1:3000"), http.StatusSwitchingProtocols},
		"foreign":              {from("https://evil.example"), http.StatusForbidden},
		"ours with a port":     {from(origin + ":8443"), http.StatusForbidden},
		"ours as a prefix":     {from(origin + ".evil.example"), http.StatusForbidden},
		"other scheme":         {from("http://ideas.example"), http.StatusForbidden},
		"null":                 {from("null"), http.StatusForbidden},
		"none":                 {nil, http.StatusForbidden},
		"none with a token":    {http.Header{"Authorization": {"Bearer good"}}, http.StatusSwitchingProtocols},
		"foreign with a token": {http.Header{"Authorization": {"Bearer good"}, "Origin": {"https://evil.example"}}, http.StatusForbidden},
		"two":                  {http.Header{"Origin": {origin, origin}}, http.StatusForbidden},
		"ended session":        {http.Header{"Origin": {origin}, "Cookie": {"session=ended"}}, http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			if _, answer := s.dial(t, tc.header); answer.StatusCode != tc.want {
				t.Errorf("got %d, want %d", answer.StatusCode, tc.want)
			}
		})
	}
}

func TestAnOrdinaryRequestIsToldToUpgrade(t *testing.T) {
	s := newSite(t, live.Defaults())

	answer, err := http.Get("http://" + s.addr + "/live")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()

	if answer.StatusCode != http.StatusUpgradeRequired || answer.Header.Get("Sec-WebSocket-Version") != "13" {
		t.Errorf("got %d %v", answer.StatusCode, answer.Header)
	}
}

func TestTooManySocketsAreRefusedBeforeTheUpgrade(t *testing.T) {
	o := live.Defaults()
	o.PerAccount = 1
	s := newSite(t, o)
	first, _ := s.dial(t, from(origin))

	_, answer := s.dial(t, from(origin))

	if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") != "30" {
		t.Errorf("got %d %v", answer.StatusCode, answer.Header)
	}
	_ = first.Close()
	for s.hub.Sockets() > 0 {
		time.Sleep(time.Millisecond)
	}
	if second, answer := s.dial(t, from(origin)); second == nil {
		t.Errorf("the place of a closed socket is still taken: %d", answer.StatusCode)
	}
}

func TestHandshakesBeyondThePaceAreToldWhenToComeBack(t *testing.T) {
	o := live.Defaults()
	o.PerAccount, o.Handshakes = 0, 1
	now := time.Now()
	o.Now = func() time.Time { return now }
	s := newSite(t, o)
	s.dial(t, from(origin))

	_, answer := s.dial(t, from(origin))

	// Everybody is given a moment of their own: after one second and within the
	// second that one turn takes and one more, rounded up to whole seconds.
	told := answer.Header.Get("Retry-After")
	if answer.StatusCode != http.StatusServiceUnavailable || told != "2" && told != "3" {
		t.Errorf("got %d %v", answer.StatusCode, answer.Header)
	}
}

// request is a handshake written by hand, after another request on the same
// connection.
const request = "GET /page HTTP/1.1\r\nHost: x\r\n\r\n" +
	"GET /live HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n" +
	"Origin: " + origin + "\r\nSec-WebSocket-Version: %s\r\nSec-WebSocket-Key: %s\r\n\r\n%s"

func (s *site) raw(t *testing.T, version, key, early string) (*http.Response, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := fmt.Fprintf(conn, request, version, key, early); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	page, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.Discard(int(page.ContentLength)); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(in, nil)
	if err != nil {
		return nil, in
	}
	return answer, in
}

const key = "dGhlIHNhbXBsZSBub25jZQ=="

func TestAHandshakeOnAUsedConnectionWorks(t *testing.T) {
	s := newSite(t, live.Defaults())

	answer, _ := s.raw(t, "13", key, "")

	if answer == nil || answer.StatusCode != http.StatusSwitchingProtocols || answer.Header.Get("Sec-WebSocket-Accept") != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" {
		t.Errorf("got %v", answer)
	}
}

func TestABrokenHandshakeIsRefused(t *testing.T) {
	s := newSite(t, live.Defaults())

	if answer, _ := s.raw(t, "8", key, ""); answer == nil || answer.StatusCode != http.StatusUpgradeRequired {
		t.Errorf("old version: %v", answer)
	}
	if answer, _ := s.raw(t, "13", "short", ""); answer == nil || answer.StatusCode != http.StatusBadRequest {
		t.Errorf("short key: %v", answer)
	}
}

func TestAClientThatSpeaksBeforeTheAnswerIsDropped(t *testing.T) {
	s := newSite(t, live.Defaults())

	answer, _ := s.raw(t, "13", key, "\x81\x80\x00\x00\x00\x00")

	if answer != nil {
		t.Errorf("got %d, want the connection closed", answer.StatusCode)
	}
	for s.hub.Sockets() > 0 { // its place is given back
		time.Sleep(time.Millisecond)
	}
}

func TestAPanicWhileOpeningGivesThePlaceBack(t *testing.T) {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	Prepare(app)
	failed := make(chan error, 1)
	app.Get("/live", func(c *fiber.Ctx) error {
		Upgrade(c, NewUpgrader(), func(*websocket.Conn) { panic("no hub") }, func(err error) { failed <- err })
		return nil
	})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- app.Listener(ln) }()
	defer func() {
		_ = app.Shutdown()
		<-served
	}()

	ws, _, err := websocket.DefaultDialer.Dial("ws://"+ln.Addr().String()+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()

	if err := <-failed; err == nil || !strings.Contains(err.Error(), "no hub") {
		t.Errorf("got %v", err)
	}
}

func TestNoGoroutineIsLeftAfterManyConnections(t *testing.T) {
	o := live.Defaults()
	o.PerAccount, o.PerAddress, o.Handshakes = 0, 0, 0
	s := newSite(t, o)
	before := goleak.IgnoreCurrent()

	for range 200 {
		ws, _ := s.dial(t, from(origin))
		_ = ws.Close()
	}

	for s.hub.Sockets() > 0 {
		time.Sleep(time.Millisecond)
	}
	goleak.VerifyNone(t, append(fasthttps(), before)...)
}

func TestAnEndedSeatGoesToTheErrorHandler(t *testing.T) {
	var asked atomic.Bool
	hub := live.New(live.Defaults())
	defer func() { _ = hub.Close(context.Background(), 0) }()
	app := fiber.New(fiber.Config{DisableStartupMessage: true, ErrorHandler: func(c *fiber.Ctx, err error) error {
		asked.Store(fault.Of(err).Kind == fault.SignIn)
		return c.SendStatus(http.StatusUnauthorized)
	}})
	app.Get("/live", Handler(Options{Hub: hub, Origin: origin, Viewer: func(*fiber.Ctx) (live.Viewer, error) {
		hub.EndSession("s")
		return live.Viewer{Session: "s"}, nil
	}}))
	r := httptest.NewRequest(http.MethodGet, "/live", nil)
	r.Header = http.Header{"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"}, "Sec-Websocket-Key": {key}, "Origin": {origin}}

	answer, err := app.Test(r)
	if err != nil {
		t.Fatal(err)
	}

	if answer.StatusCode != http.StatusUnauthorized || !asked.Load() {
		t.Errorf("got %d", answer.StatusCode)
	}
}

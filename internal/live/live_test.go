package live

import (
	"bufio"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a hub behind a plain web server, and the figures Snapshot gives.
type world struct {
	hub *Hub
	url string

	mu      sync.Mutex
	figures map[Topic]int
	viewer  Viewer
	wrap    func(net.Conn) net.Conn
}

func newWorld(t *testing.T, o Options) *world {
	t.Helper()
	w := &world{figures: map[Topic]int{"board": 0, "idea:1": 1, "idea:2": 1}, wrap: NonBlocking}
	if o.Snapshot == nil {
		o.Snapshot = w.snapshot
	}
	w.hub = New(o)
	server := httptest.NewServer(http.HandlerFunc(w.upgrade))
	w.url = "ws" + strings.TrimPrefix(server.URL, "http")
	t.Cleanup(func() {
		if err := w.hub.Close(context.Background(), 0); err != nil {
			t.Error(err)
		}
		server.Close()
	})
	return w
}

func (w *world) snapshot(_ context.Context, _ Viewer, topics []Topic) (map[Topic]Snapshot, map[Topic]string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	frames := map[Topic]Snapshot{}
	for _, t := range topics {
		n, ok := w.figures[t]
		switch {
		case t == "board":
			frames[t] = nil
		case ok:
			frames[t] = Snapshot{{"tallies", tally(t, n)}}
		}
	}
	return frames, nil
}

// set changes a figure and publishes it, as a vote does.
func (w *world) set(t Topic, n int) {
	w.mu.Lock()
	w.figures[t] = n
	w.mu.Unlock()
	w.hub.Latest(t, "tallies", tally(t, n))
}

func (w *world) as(v Viewer) *world {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.viewer = v
	return w
}

func tally(t Topic, n int) json.RawMessage {
	body, _ := json.Marshal(map[string]any{"topic": t, "n": n})
	return body
}

type takeover struct {
	http.ResponseWriter
	conn net.Conn
}

func (o *takeover) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return o.conn, bufio.NewReadWriter(bufio.NewReader(o.conn), bufio.NewWriter(o.conn)), nil
}

func (w *world) upgrade(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	v := w.viewer
	w.mu.Unlock()
	conn, _, err := rw.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	u := websocket.Upgrader{ReadBufferSize: 512}
	ws, err := u.Upgrade(&takeover{rw, w.wrap(conn)}, r, nil)
	if err != nil {
		_ = conn.Close()
		return
	}
	w.hub.Serve(ws, v)
}

// reader is a client of the hub.
type reader struct {
	t  *testing.T
	ws *websocket.Conn
}

func (w *world) dial(t *testing.T, topics ...Topic) *reader {
	t.Helper()
	return w.dialWith(t, websocket.DefaultDialer, topics...)
}

func (w *world) dialWith(t *testing.T, d *websocket.Dialer, topics ...Topic) *reader {
	t.Helper()
	ws, _, err := d.Dial(w.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.Close() })
	_ = ws.SetReadDeadline(time.Now().Add(20 * time.Second))
	c := &reader{t, ws}
	if len(topics) > 0 {
		c.say(map[string]any{"watch": topics})
	}
	return c
}

func (c *reader) say(v any) {
	c.t.Helper()
	if err := c.ws.WriteJSON(v); err != nil {
		c.t.Fatal(err)
	}
}

func (c *reader) next() string {
	c.t.Helper()
	_, data, err := c.ws.ReadMessage()
	if err != nil {
		c.t.Fatal(err)
	}
	return string(data)
}

func (c *reader) expect(want string) {
	c.t.Helper()
	if got := c.next(); got != want {
		c.t.Fatalf("heard %s, want %s", got, want)
	}
}

// hear reads on until every part has come up, in any order.
func (c *reader) hear(parts ...string) {
	c.t.Helper()
	for text := ""; ; text += c.next() {
		missing := false
		for _, p := range parts {
			missing = missing || !strings.Contains(text, p)
		}
		if !missing {
			return
		}
	}
}

// until reads on to a frame.
func (c *reader) until(want string) (before int) {
	c.t.Helper()
	for c.next() != want {
		before++
	}
	return before
}

// end reads on to the close code.
func (c *reader) end() *websocket.CloseError {
	c.t.Helper()
	for {
		_, _, err := c.ws.ReadMessage()
		if closed, ok := err.(*websocket.CloseError); ok {
			return closed
		}
		if err != nil {
			c.t.Fatal(err)
		}
	}
}

func (c *reader) wantEnd(code int) {
	c.t.Helper()
	if got := c.end(); got.Code != code {
		c.t.Fatalf("closed with %d %q, want %d", got.Code, got.Text, code)
	}
}

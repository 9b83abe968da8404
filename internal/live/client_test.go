package live

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func TestAMessageThatIsNoneClosesWithItsCode(t *testing.T) {
	for name, tc := range map[string]struct {
		kind int
		text string
		want int
	}{
		"binary":        {websocket.BinaryMessage, `{"watch":[]}`, CloseUnsupported},
		"no json":       {websocket.TextMessage, `watch`, ClosePolicy},
		"unknown field": {websocket.TextMessage, `{"vote":["idea:1"]}`, ClosePolicy},
		"strange topic": {websocket.TextMessage, `{"watch":["<script>"]}`, ClosePolicy},
		"too large":     {websocket.TextMessage, `{"watch":["` + strings.Repeat("x", 64<<10) + `"]}`, CloseTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, Defaults())
			c := w.dial(t)

			if err := c.ws.WriteMessage(tc.kind, []byte(tc.text)); err != nil {
				t.Fatal(err)
			}

			c.wantEnd(tc.want)
		})
	}
}

func TestTooManyMessagesCloseTheSocket(t *testing.T) {
	w := newWorld(t, Defaults())
	c := w.dial(t)

	for range 21 {
		c.say(map[string]any{"unwatch": []string{}})
	}

	c.wantEnd(CloseTooFrequent)
}

func TestTooManyPingsCloseTheSocket(t *testing.T) {
	w := newWorld(t, Defaults())
	c := w.dial(t)

	for range 21 {
		if err := c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second)); err != nil {
			t.Fatal(err)
		}
	}

	c.wantEnd(CloseTooFrequent)
}

func TestAPingIsAnsweredAndASilentClientIsCut(t *testing.T) {
	o := Defaults()
	o.Ping, o.Pong = 640*time.Millisecond, 600*time.Millisecond
	o.MessageRate = -1
	w := newWorld(t, o)
	alive, silent := w.dial(t, "board"), w.dial(t, "board")
	silent.ws.SetPingHandler(func(string) error { return nil })
	go func() {
		for {
			if _, _, err := silent.ws.ReadMessage(); err != nil {
				return
			}
		}
	}()

	alive.until(`{"here":{"board":2}}`)

	alive.until(`{"here":{"board":1}}`)
}

func TestEndSessionClosesItsSocketsOnly(t *testing.T) {
	w := newWorld(t, Defaults())
	gone := w.as(Viewer{Account: 1, Session: "a"}).dial(t, "idea:1")
	stays := w.as(Viewer{Account: 1, Session: "b"}).dial(t, "idea:1")
	gone.next()
	stays.next()

	w.hub.EndSession("a")

	gone.wantEnd(CloseSignedOut)
	w.set("idea:1", 2)
	stays.expect(`{"tallies":[{"n":2,"topic":"idea:1"}]}`)
	w.hub.EndAccount(1)
	stays.wantEnd(CloseSignedOut)
}

func TestASessionThatEndedDuringTheHandshakeIsNotAdmitted(t *testing.T) {
	w := newWorld(t, Defaults())
	v, lookedUp := Viewer{Account: 1, Session: "a"}, time.Now()
	seat, err := w.hub.Admit(v, lookedUp)
	if err != nil {
		t.Fatal(err)
	}
	defer seat.Release()

	w.hub.EndAccount(1)

	if _, err := w.hub.Admit(v, lookedUp); err != ErrEnded {
		t.Errorf("got %v, want %v", err, ErrEnded)
	}
	again, err := w.hub.Admit(v, time.Now())
	if err != nil {
		t.Fatalf("signing in again: %v", err)
	}
	again.Release()
}

func TestTheSixthSocketOfAnAccountIsRefused(t *testing.T) {
	w := newWorld(t, Defaults()).as(Viewer{Account: 1, Key: "192.0.2.1"})
	for range 5 {
		w.dial(t, "board").next()
	}

	w.dial(t).wantEnd(CloseTryLater)

	if _, err := w.hub.Admit(Viewer{Key: "192.0.2.1"}, time.Now()); err != nil {
		t.Errorf("a visitor of the same address: %v", err)
	}
}

func TestCloseTellsEverybodyToComeBack(t *testing.T) {
	w := newWorld(t, Defaults())
	var all []*reader
	for range 5 {
		c := w.dial(t, "idea:1")
		c.next()
		all = append(all, c)
	}
	done := make(chan error)
	go func() { done <- w.hub.Close(context.Background(), 100*time.Millisecond) }()

	for _, c := range all {
		if got := c.end(); got.Code != CloseRestart || got.Text != "spread=1" {
			t.Errorf("closed with %d %q", got.Code, got.Text)
		}
	}

	if err := <-done; err != nil {
		t.Error(err)
	}
	if n := w.hub.Sockets(); n != 0 {
		t.Errorf("%d sockets left", n)
	}
}

func TestCloseDoesNotWaitForWhoDoesNotAnswer(t *testing.T) {
	w := newWorld(t, Defaults())
	w.dial(t, "idea:1").next() // never reads again, so never answers the close

	ctx, cancel := context.WithCancel(context.Background())
	cancel()

	if err := w.hub.Close(ctx, time.Hour); err != nil {
		t.Error(err)
	}
}

func TestNothingIsLeftAfterManyConnections(t *testing.T) {
	o := Defaults()
	o.Handshakes = 0
	w := newWorld(t, o)
	watcher := w.dial(t, "board")
	for range 200 {
		c := w.dial(t, "board", "idea:1")
		c.next()
		_ = c.ws.Close()
	}

	for w.hub.Here("board") > 1 {
		time.Sleep(time.Millisecond)
	}

	_ = watcher.ws.Close()
	for w.hub.Sockets() > 0 {
		time.Sleep(time.Millisecond)
	}
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	if n := len(w.hub.rooms) + len(w.hub.accounts) + len(w.hub.addresses); n != 0 {
		t.Errorf("%d things are still remembered", n)
	}
}

func FuzzMessage(f *testing.F) {
	for _, seed := range []string{`{"watch":["idea:42","challenge:bags","board"]}`, `{"unwatch":["me"]}`, `{}`, `null`, `{"watch":[]}{}`, `{"watch":[1]}`, "\xff", `{"watch":["\u0000"]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parse(data)
		if err != nil {
			return
		}
		if m.Watch == nil && m.Unwatch == nil {
			t.Error("an empty message was accepted")
		}
		for _, topic := range append(m.Watch, m.Unwatch...) {
			if !topic.wellFormed() {
				t.Errorf("accepted %q", topic)
			}
		}
	})
}

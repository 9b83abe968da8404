package live

import (
	"bufio"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// narrow dials with a fixed receive window, so that little fits on the way.
func narrow(window int) *websocket.Dialer {
	return &websocket.Dialer{NetDial: (&net.Dialer{Control: func(_, _ string, raw syscall.RawConn) error {
		return raw.Control(func(fd uintptr) { _ = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, window) })
	}}).Dial}
}

func big(mark string) json.RawMessage {
	return json.RawMessage(`"` + mark + strings.Repeat("x", 8<<10) + `"`)
}

func TestAStuckReaderIsDroppedAndDelaysNobody(t *testing.T) {
	o := Defaults()
	o.StuckAfter, o.HereEvery = 50*time.Millisecond, time.Millisecond
	w := newWorld(t, o)
	healthy := w.dial(t, "board")
	w.dialWith(t, narrow(1), "board")
	healthy.until(`{"here":{"board":2}}`)

	for dropped := false; !dropped; {
		w.hub.Event("board", "new", big(""))
		for heard := false; !heard; {
			text := healthy.next()
			heard = strings.HasPrefix(text, `{"new"`)
			dropped = dropped || text == `{"here":{"board":1}}`
		}
	}
	if n := w.hub.Stats().Stuck; n != 1 {
		t.Errorf("%d stuck readers are counted", n)
	}
	if Defaults().StuckAfter > 15*time.Second {
		t.Error("a stuck reader must go within 15 s")
	}
}

func TestASlowReaderIsHealedWithASnapshot(t *testing.T) {
	w := newWorld(t, Defaults())
	slow := w.dialWith(t, narrow(64<<10), "idea:1")
	slow.next()

	behind := func() bool {
		w.hub.mu.Lock()
		defer w.hub.mu.Unlock()
		return w.hub.rooms["idea:1"].watchers[0].state == stale
	}
	for !behind() {
		w.hub.Event("idea:1", "status", big("lost"))
		w.hub.loopHasTakenAll()
	}
	w.set("idea:1", 99)

	slow.until(`{"tallies":[{"n":99,"topic":"idea:1"}]}`)
	w.set("idea:1", 100)
	slow.until(`{"tallies":[{"n":100,"topic":"idea:1"}]}`)
}

func TestAConnectionThatCanOnlyBlockIsServedToo(t *testing.T) {
	w := newWorld(t, Defaults())
	near, far := net.Pipe()
	go func() {
		in := bufio.NewReader(near)
		r, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		u := websocket.Upgrader{}
		if ws, err := u.Upgrade(&takeover{conn: NonBlocking(near)}, r, nil); err == nil {
			w.hub.Serve(ws, Viewer{})
		}
	}()
	dialer := websocket.Dialer{
		NetDial:        func(string, string) (net.Conn, error) { return far, nil },
		ReadBufferSize: 512, WriteBufferSize: 512,
	}
	ws, _, err := dialer.Dial("ws://pipe", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	c := &reader{t, ws}

	c.say(map[string]any{"watch": []string{"idea:1"}})

	c.expect(`{"tallies":[{"n":1,"topic":"idea:1"}]}`)
}

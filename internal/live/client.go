package live

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const (
	closeWait = 2 * time.Second // for the client's answer to a close
	drainMost = 64 << 10        // read after a violation, so that the code arrives before the cut
)

// breach is what the client did wrong, as its close code.
type breach int

func (b breach) Error() string { return "live: closed with " + strconv.Itoa(int(b)) }

// client is one connection.
type client struct {
	hub    *Hub
	ws     *websocket.Conn
	out    *stream // nil when the connection was not made by NonBlocking
	viewer Viewer

	// The hub's lock guards these.
	watches  []*watch
	snaps    []told
	refused  []refusal
	shift    int
	fetching bool // in Hub.queue or with a worker
	talking  bool // in Hub.talks
	gone     bool // watches nothing any more

	// Only the loop touches these.
	turn   uint64
	batch  []byte
	behind bool
	left   int
	since  time.Time
	pinged time.Duration // since Hub.began, as heardAt

	// Only the reader touches these.
	meter meter
	kind  int
	body  io.Reader
	on    bool // a message was read: go on

	heardAt atomic.Int64
	ending  atomic.Bool // a close was sent: nothing but the client's close is awaited
}

// start registers a connection and starts its reader, or ends it if its viewer
// was signed out or the hub closed in the meantime.
func (h *Hub) start(ws *websocket.Conn, v Viewer, since time.Time) {
	c := &client{hub: h, ws: ws, viewer: v}
	c.out, _ = ws.NetConn().(*stream)
	c.prepare()

	h.mu.Lock()
	code := 0
	switch {
	case h.closed:
		code = CloseRestart
	case h.endedAfter(v, since):
		code = CloseSignedOut
	}
	if code != 0 {
		h.count(v, -1)
		h.mu.Unlock()
		goodbye(ws, code, "")
		return
	}
	h.joined++
	c.shift = h.joined % rota
	h.shifts[c.shift][c] = struct{}{}
	h.running.Add(1)
	h.mu.Unlock()
	h.rouse()
	go c.read()
}

// read waits for one message and does what it says. It and what it calls must
// stay within the smallest stack while it waits: that is most of what an idle
// connection costs. Reading and parsing need more, so after a message a fresh
// goroutine takes over.
func (c *client) read() {
	defer c.handOver()
	var err error
	if c.kind, c.body, err = c.ws.NextReader(); err == nil {
		err = c.understand()
	}
	if err != nil {
		c.failed(err)
		return
	}
	c.on = true
}

// handOver starts the next reader, or ends with the last.
func (c *client) handOver() {
	if c.on {
		c.on, c.body = false, nil
		go c.read()
		return
	}
	if p := recover(); p != nil {
		c.hub.o.Log.Error("live: reader failed", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		goodbye(c.ws, CloseFailed, "")
	}
	c.leave()
}

// prepare sets what the websocket does by itself while it reads.
func (c *client) prepare() {
	// Prepared frames are made for level 0; with any other they would be made twice.
	_ = c.ws.SetCompressionLevel(0)
	c.ws.SetReadLimit(c.hub.o.MessageLimit)
	c.ws.SetPongHandler(func(string) error { return c.heard() })
	c.ws.SetPingHandler(func(data string) error {
		if err := c.heard(); err != nil {
			return err
		}
		_ = c.ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(blockFor))
		return nil
	})
}

// understand must not be inlined: it would enlarge the waiting stack.
//
//go:noinline
func (c *client) understand() error {
	if c.ending.Load() {
		return nil
	}
	if err := c.heard(); err != nil {
		return err
	}
	if c.kind != websocket.TextMessage {
		return breach(CloseUnsupported)
	}
	data, err := io.ReadAll(c.body)
	if err != nil {
		return err
	}
	m, err := parse(data)
	if err != nil {
		return breach(ClosePolicy)
	}
	c.hub.follow(c, m)
	return nil
}

// heard notes a sign of life and counts it. It sets no read deadline: that
// would grow the stack of every reader.
func (c *client) heard() error {
	now := c.hub.o.Now()
	c.heardAt.Store(int64(now.Sub(c.hub.began)))
	if !c.meter.allow(now, c.hub.o.MessageRate, c.hub.o.MessageSpan) {
		return breach(CloseTooFrequent)
	}
	return nil
}

// failed answers the end of reading.
func (c *client) failed(err error) {
	var closed *websocket.CloseError
	var broken breach
	switch {
	case errors.As(err, &broken):
		c.violation(int(broken))
	case errors.As(err, &closed), errors.Is(err, io.EOF), c.ending.Load():
	default:
		c.drain() // the websocket has sent 1002 or 1009 itself
	}
}

// violation tells the client why it is closed.
func (c *client) violation(code int) {
	c.ending.Store(true)
	if c.stuck() {
		c.cut()
		return
	}
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(blockFor))
	c.drain()
}

// drain reads on for a moment: closing with unread data resets the connection,
// and the client would never see the close code.
func (c *client) drain() {
	conn := c.ws.NetConn()
	_ = conn.SetReadDeadline(time.Now().Add(closeWait))
	if c.out != nil {
		conn = c.out.Conn
	}
	if half, ok := conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
		_, _ = io.CopyN(io.Discard, conn, drainMost)
	}
}

// end closes politely from another goroutine; the reader does the rest.
func (c *client) end(code int, reason string) {
	if !c.ending.CompareAndSwap(false, true) {
		return
	}
	if c.stuck() {
		c.cut()
		return
	}
	if err := c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), time.Now().Add(blockFor)); err != nil {
		c.cut()
		return
	}
	_ = c.ws.SetReadDeadline(time.Now().Add(closeWait))
}

// stuck says whether a close frame could not be sent now.
func (c *client) stuck() bool {
	if c.out == nil {
		return false
	}
	left, err := c.out.flush()
	return left > 0 || err != nil
}

// cut ends the connection at once and frees what the kernel holds for it.
func (c *client) cut() {
	conn := c.ws.NetConn()
	if c.out != nil {
		conn = c.out.Conn
	}
	if l, ok := conn.(interface{ SetLinger(int) error }); ok {
		_ = l.SetLinger(0)
	}
	_ = conn.Close()
}

// leave forgets the connection.
func (c *client) leave() {
	h := c.hub
	defer h.running.Done()
	_ = c.ws.Close()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clear(c)
	delete(h.shifts[c.shift], c)
	h.count(c.viewer, -1)
}

// clear ends all watches of a client and lets it have no more.
func (h *Hub) clear(c *client) {
	c.gone = true
	for len(c.watches) > 0 {
		h.exit(c.watches[len(c.watches)-1])
	}
	c.snaps, c.refused = nil, nil
}

// follow does what a message asks.
func (h *Hub) follow(c *client, m message) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c.gone {
		return
	}
	for _, t := range m.Unwatch {
		if w := c.find(c.viewer.own(t)); w != nil {
			h.exit(w)
		}
	}
	for _, t := range m.Watch {
		topic := c.viewer.own(t)
		w := c.find(topic)
		switch {
		case w != nil:
			w.renew()
		case topic == "me":
			h.refuse(c, t, RefusedSignIn)
		case strings.HasPrefix(string(topic), "me:") && topic != c.viewer.own("me"):
			h.refuse(c, t, RefusedNotFound)
		case len(c.watches) >= h.o.MaxTopics:
			h.refuse(c, t, RefusedTooMany)
		default:
			h.enter(c, topic)
		}
	}
	h.enqueue(c)
}

// own turns "me" into the account's own topic, when there is an account.
func (v Viewer) own(t Topic) Topic {
	if t == "me" && v.Account != 0 {
		return "me:" + Topic(strconv.FormatInt(v.Account, 10))
	}
	return t
}

// called is the name the viewer knows a topic by.
func (v Viewer) called(t Topic) Topic {
	if v.own("me") == t {
		return "me"
	}
	return t
}

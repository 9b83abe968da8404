package live

import (
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// client is one connection. There are many, so what few of them need at a time
// is behind a pointer.
type client struct {
	hub    *Hub
	out    *stream
	viewer Viewer

	// The hub's lock guards these.
	watches  []*watch
	snaps    []told
	refused  []refusal
	at       int32 // its place in its shift
	shift    uint8
	fetching bool // in Hub.queue or with a worker
	talking  bool // in Hub.talks
	gone     bool // watches nothing any more

	// Only the loop touches these.
	behind bool
	group  int32 // of loop.groups, when turn is the loop's
	turn   uint64
	pinged time.Duration // since Hub.began, as heardAt

	// Only the reader touches these.
	arrive func(fd uintptr) bool // pick, made once
	got    *buffer
	in     *inbox
	meter  meter
	on     bool // a message was read: go on

	ending  atomic.Bool // a close was sent: nothing but the client's close is awaited
	heardAt atomic.Int64
}

// start registers a connection and starts its reader, or ends it if its viewer
// was signed out or the hub closed in the meantime. Of the websocket only the
// connection is kept: frames are read and written here.
func (h *Hub) start(ws *websocket.Conn, v Viewer, since time.Time) {
	out, ok := ws.NetConn().(*stream)
	c := &client{hub: h, out: out, viewer: v}
	c.arrive = c.pick

	h.mu.Lock()
	code := 0
	switch {
	case !ok:
		code = CloseFailed
	case h.closed:
		code = CloseRestart
	case h.endedAfter(v, since):
		code = CloseSignedOut
	}
	if code != 0 {
		h.count(v, -1)
		h.mu.Unlock()
		if !ok {
			h.o.Log.Error("live: a connection was not made by NonBlocking")
		}
		goodbye(ws, code, "")
		return
	}
	h.joined++
	c.shift = uint8(h.joined % rota)
	c.at = int32(len(h.shifts[c.shift]))
	h.shifts[c.shift] = append(h.shifts[c.shift], c)
	h.running.Add(1)
	h.mu.Unlock()
	h.rouse()
	go c.read()
}

// heard notes a sign of life and counts it. It sets no read deadline: that
// would grow the stack of every reader.
func (c *client) heard() error {
	at := c.hub.o.Now().Sub(c.hub.began)
	c.heardAt.Store(int64(at))
	if !c.meter.allow(at, c.hub.o.MessageRate, c.hub.o.MessageSpan) {
		return breach(CloseTooFrequent)
	}
	return nil
}

// leave forgets the connection.
func (c *client) leave() {
	h := c.hub
	defer h.running.Done()
	_ = c.out.Close()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clear(c)
	shift := h.shifts[c.shift]
	last := len(shift) - 1
	shift[c.at] = shift[last]
	shift[c.at].at = c.at
	shift[last] = nil
	h.shifts[c.shift] = shift[:last]
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

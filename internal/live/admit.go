package live

import (
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"prosumer/internal/fault"

	"github.com/gorilla/websocket"
)

// The refusals of Admit.
var (
	ErrTooMany = fault.New(fault.Busy, "live.too_many_sockets", "Too many live connections are open from here.")
	ErrBusy    = fault.New(fault.Busy, "live.busy", "Too many people are connecting right now.")
	ErrClosing = fault.New(fault.Busy, "live.restarting", "The server is restarting.")
	ErrEnded   = fault.New(fault.SignIn, "live.signed_out", "This session has ended.")
)

const (
	upgradeIn   = 15 * time.Second // a seat nobody takes is free again after this
	rememberEnd = time.Minute      // longer than any request lives
	awayLeast   = time.Second      // one that came too early is told to wait so long, and longer
	awayMost    = 20 * time.Second // where ever so many did
)

// end is a session or an account whose sockets were ended.
type end struct {
	session string
	account int64
}

// Seat is a place for one connection, kept from before the upgrade until Serve
// or Release, or for 15 seconds.
type Seat struct {
	hub    *Hub
	viewer Viewer
	since  time.Time
	timer  *time.Timer
	once   sync.Once
}

// Admit keeps a place for a viewer who was looked up no earlier than since, or
// refuses with ErrTooMany, ErrBusy or ErrClosing, which say how long to wait,
// or with ErrEnded when the session or account was ended after since.
func (h *Hub) Admit(v Viewer, since time.Time) (*Seat, error) {
	v.Session, v.Key = strings.Clone(v.Session), strings.Clone(v.Key)
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.closed:
		return nil, ErrClosing.After(5 * time.Second)
	case h.endedAfter(v, since):
		return nil, ErrEnded
	case v.Account != 0 && h.o.PerAccount > 0 && h.accounts[v.Account] >= h.o.PerAccount,
		v.Key != "" && h.o.PerAddress > 0 && h.addresses[v.Key] >= h.o.PerAddress:
		return nil, ErrTooMany.After(30 * time.Second)
	case h.o.Handshakes > 0 && !h.handshakes.take(h.o.Now(), 1):
		return nil, h.sendAway()
	}
	h.count(v, 1)
	s := &Seat{hub: h, viewer: v, since: since}
	s.timer = time.AfterFunc(upgradeIn, s.Release)
	return s, nil
}

// Crowded refuses as Admit would where handshakes come faster than they are
// taken, before anything is spent on finding out whose they are. It takes no turn.
func (h *Hub) Crowded() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.o.Handshakes <= 0 || h.handshakes.free(h.o.Now(), 1) {
		return nil
	}
	return h.sendAway()
}

// sendAway tells one to come back at a moment of its own, within the time that
// all who were sent away will take, so that they do not come all at once.
func (h *Hub) sendAway() error {
	wait := min(h.away.sent(h.o.Now()), awayMost)
	return ErrBusy.After(awayLeast + rand.N(wait+time.Second))
}

// Release gives the place back if no connection has taken it.
func (s *Seat) Release() {
	s.once.Do(func() {
		s.timer.Stop()
		s.hub.mu.Lock()
		defer s.hub.mu.Unlock()
		s.hub.count(s.viewer, -1)
	})
}

// Serve gives the place to a connection, starts its reader and returns at once.
// From then on the hub owns the connection and closes it.
func (s *Seat) Serve(conn *websocket.Conn) {
	taken := false
	s.once.Do(func() {
		s.timer.Stop()
		taken = true
	})
	if !taken {
		goodbye(conn, CloseTryLater, "")
		return
	}
	s.hub.start(conn, s.viewer, s.since)
}

// Serve admits a viewer on a connection that is already a websocket; one that
// is refused is closed with the code that says why.
func (h *Hub) Serve(conn *websocket.Conn, v Viewer) {
	seat, err := h.Admit(v, h.o.Now())
	if err != nil {
		code := CloseTryLater
		if ErrClosing.Is(err) {
			code = CloseRestart
		}
		goodbye(conn, code, "")
		return
	}
	seat.Serve(conn)
}

// count keeps the numbers admission looks at.
func (h *Hub) count(v Viewer, by int) {
	h.sockets += by
	if v.Account != 0 {
		if h.accounts[v.Account] += by; h.accounts[v.Account] == 0 {
			delete(h.accounts, v.Account)
		}
	}
	if v.Key != "" {
		if h.addresses[v.Key] += by; h.addresses[v.Key] == 0 {
			delete(h.addresses, v.Key)
		}
	}
}

// endedAfter closes the gap between looking a viewer up and having the socket
// in the hub, where EndSession would find it.
func (h *Hub) endedAfter(v Viewer, since time.Time) bool {
	if at, ok := h.ended[end{session: v.Session}]; ok && v.Session != "" && !at.Before(since) {
		return true
	}
	at, ok := h.ended[end{account: v.Account}]
	return ok && v.Account != 0 && !at.Before(since)
}

func (h *Hub) remember(e end) {
	now := h.o.Now()
	for old, at := range h.ended {
		if now.Sub(at) > rememberEnd {
			delete(h.ended, old)
		}
	}
	h.ended[e] = now
}

func goodbye(conn *websocket.Conn, code int, reason string) {
	_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), time.Now().Add(blockFor))
	_ = conn.Close()
}

package live

import (
	"fmt"
	"runtime/debug"
	"time"

	"github.com/gorilla/websocket"
)

// loop is what only the hub's one loop touches.
type loop struct {
	turns   uint64
	roundAt time.Time // when the last round for everybody began
	pingAt  time.Time
	shift   int
	extra   bucket // sends that need not wait for the round
	behind  map[*client]struct{}
	healed  []*client
	pinged  []*client

	entries []entry
	words   []word
	touched []*client
	lost    []loss
	frames  map[string][]frame // by batch
}

// run takes turns until the hub is closed.
func (h *Hub) run() {
	defer close(h.done)
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		timer.Reset(h.turn())
		select {
		case <-h.stop:
			return
		case <-h.wake:
		case <-timer.C:
		}
	}
}

// turn does all there is to do now and says when there will be more.
func (h *Hub) turn() (wait time.Duration) {
	defer func() {
		if p := recover(); p != nil {
			h.o.Log.Error("live: turn failed", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			wait = h.o.Flush
		}
	}()
	now := h.o.Now()
	h.loop.turns++
	h.catchUp(now)
	h.gather(now)
	h.send(now)
	h.ping(now)
	return h.settle()
}

// catchUp sends the tails of those who are behind, and cuts those who are stuck.
func (h *Hub) catchUp(now time.Time) {
	l := &h.loop
	l.healed = l.healed[:0]
	for c := range l.behind {
		left, err := c.out.flush()
		switch {
		case err != nil:
			c.cut()
		case left == 0:
			l.healed = append(l.healed, c)
		case left != c.left:
			c.left, c.since = left, now
			continue
		case now.Sub(c.since) < h.o.StuckAfter:
			continue
		default:
			h.o.Log.Debug("live: a stuck reader is cut", "bytes_left", left)
			c.cut()
		}
		c.behind = false
		delete(l.behind, c)
	}
}

// fellBehind notes that a client has a tail.
func (h *Hub) fellBehind(c *client, left int, now time.Time) {
	if !c.behind {
		c.behind, c.left, c.since = true, left, now
		h.loop.behind[c] = struct{}{}
	}
}

// ping pings one shift when its time has come, and cuts those of an earlier one
// who have not been heard since.
func (h *Hub) ping(now time.Time) {
	l := &h.loop
	if now.Before(l.pingAt) {
		return
	}
	step := h.o.Ping / rota
	l.pingAt = now.Add(step)
	l.shift = (l.shift + 1) % rota
	since := now.Sub(h.began)
	for _, c := range h.onShift(l.shift) {
		if !c.behind && !c.ending.Load() {
			c.pinged = since
			_ = c.ws.WriteControl(websocket.PingMessage, nil, time.Time{})
		}
	}
	ago := min(rota-1, int((h.o.Pong+step-1)/step))
	for _, c := range h.onShift((l.shift + rota - ago) % rota) {
		if !c.behind && c.pinged > 0 && time.Duration(c.heardAt.Load()) < c.pinged {
			c.cut()
		}
	}
	clear(l.pinged)
}

func (h *Hub) onShift(shift int) []*client {
	l := &h.loop
	clear(l.pinged)
	l.pinged = l.pinged[:0]
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.shifts[shift] {
		l.pinged = append(l.pinged, c)
	}
	return l.pinged
}

// settle notes who missed what, asks for those who caught up, and says when the
// next turn is due.
func (h *Hub) settle() time.Duration {
	l := &h.loop
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, loss := range l.lost {
		h.mourn(loss)
	}
	for i, c := range l.healed {
		for _, w := range c.watches {
			if w.state == stale {
				w.state = asked
			}
		}
		h.enqueue(c)
		if len(c.refused) > 0 {
			h.talk(c)
		}
		l.healed[i] = nil
	}
	l.forget()
	return h.next(h.o.Now())
}

// forget lets go of what a turn held.
func (l *loop) forget() {
	clear(l.entries)
	clear(l.words)
	clear(l.touched)
	clear(l.lost)
	clear(l.frames)
	l.entries, l.words, l.touched, l.lost = l.entries[:0], l.words[:0], l.touched[:0], l.lost[:0]
}

func (h *Hub) next(now time.Time) time.Duration {
	l := &h.loop
	wait := time.Hour
	if len(h.changed) > 0 {
		wait = min(wait, l.roundAt.Add(h.o.Flush).Sub(now))
	}
	if len(l.behind) > 0 {
		wait = min(wait, h.o.Flush)
	}
	for r := range h.counts {
		wait = min(wait, r.countAt.Add(h.o.HereEvery).Sub(now))
	}
	if h.sockets > 0 {
		wait = min(wait, l.pingAt.Sub(now))
	}
	return max(wait, 0)
}

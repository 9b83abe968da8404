package live

import (
	"fmt"
	"runtime/debug"
	"time"
)

// loop is what only the hub's one loop touches.
type loop struct {
	turns   uint64
	paid    time.Time // until when the rounds for everybody are used up
	pingAt  time.Time
	shift   int
	extra   bucket // sends that need not wait for the round
	behind  map[*client]lag
	tailsAt time.Time // when the tails were last tried
	healed  []*client
	pinged  []*client

	entries []entry
	words   []word
	groups  []group
	touched []*client
	lost    []loss
}

// lag is how long a reader has taken nothing of his tail.
type lag struct {
	left  int
	since time.Time
}

const (
	tailsEvery = 10 * time.Millisecond
	maxGroups  = 64 << 10 // kept from one turn to the next
)

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
	if now.Before(l.tailsAt.Add(tailsEvery)) {
		return
	}
	l.tailsAt = now
	for c, was := range l.behind {
		left, err := c.out.flush()
		switch {
		case err != nil:
			c.cut()
		case left == 0:
			l.healed = append(l.healed, c)
		case left != was.left:
			l.behind[c] = lag{left, now}
			continue
		case now.Sub(was.since) < h.o.StuckAfter:
			continue
		default:
			h.o.Log.Debug("live: a stuck reader is cut", "bytes_left", left)
			h.counted.stuck.Add(1)
			c.cut()
		}
		c.behind = false
		delete(l.behind, c)
	}
}

// fellBehind notes that a client has a tail.
func (h *Hub) fellBehind(c *client, left int, now time.Time) {
	if !c.behind {
		c.behind = true
		h.loop.behind[c] = lag{left, now}
	}
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
	if cap(l.groups) > maxGroups {
		l.groups = nil
	}
	clear(l.entries)
	clear(l.words)
	clear(l.touched)
	clear(l.lost)
	clear(l.groups)
	l.entries, l.words, l.groups, l.touched, l.lost = l.entries[:0], l.words[:0], l.groups[:0], l.touched[:0], l.lost[:0]
}

func (h *Hub) next(now time.Time) time.Duration {
	l := &h.loop
	wait := time.Hour
	if len(h.changed) > 0 {
		wait = min(wait, l.paid.Add(-h.o.Flush).Sub(now))
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

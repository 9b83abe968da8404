package bus

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// hear takes one payload, from whomever. It never waits.
func (b *Bus) hear(payload string) {
	p, err := decode(payload)
	switch {
	case err != nil:
		if b.dropped.allows(b.now()) {
			b.log.Warn("bus: message dropped", "error", err, "bytes", len(payload), "unlogged", b.dropped.skipped())
		}
	case p.node == b.node:
		if b.line.cameBack(p.seq) {
			b.log.Info("bus: connected")
			nudge(b.gap)
		}
	case p.gap:
		nudge(b.gap)
	case b.concerns(p):
		select {
		case b.queue <- p:
		default:
			nudge(b.gap)
			if b.overrun.allows(b.now()) {
				b.log.Warn("bus: messages come faster than they are heard", "unlogged", b.overrun.skipped())
			}
		}
	}
}

// concerns reports whether anybody here wants to hear a packet.
func (b *Bus) concerns(p packet) bool {
	for _, s := range p.said {
		if len(b.ears[s.subject]) > 0 {
			return true
		}
	}
	return false
}

// handOn calls the hearers, until ctx ends.
func (b *Bus) handOn(ctx context.Context) {
	var last time.Time
	due := time.NewTimer(time.Hour)
	due.Stop()
	defer due.Stop()
	waiting := false
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case p := <-b.queue:
			for _, s := range p.said {
				for _, ear := range b.ears[s.subject] {
					b.call(s.subject, func() { ear(s.keys) })
				}
			}
		case <-b.gap:
			if !waiting {
				waiting = true
				due.Reset(max(0, b.pace.gap-b.now().Sub(last)))
			}
		case <-due.C:
			waiting, last = false, b.now()
			for _, f := range b.gaps {
				b.call("gap", f)
			}
		}
	}
}

// call keeps a hearer that fails from stopping the others.
func (b *Bus) call(subject string, hear func()) {
	defer func() {
		if p := recover(); p != nil {
			b.log.Error("bus: a hearer failed", "subject", subject, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	hear()
}

// throttle keeps what may happen a thousand times a second out of the log.
type throttle struct {
	mu       sync.Mutex
	last     time.Time
	unlogged int
}

// logEvery is the least time between two lines on one matter.
const logEvery = 10 * time.Second

func (t *throttle) allows(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.last.IsZero() && now.Sub(t.last) < logEvery {
		t.unlogged++
		return false
	}
	t.last = now
	return true
}

// skipped counts what was not logged since the last line.
func (t *throttle) skipped() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.unlogged
	t.unlogged = 0
	return n
}

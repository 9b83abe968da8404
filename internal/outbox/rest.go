package outbox

import (
	"errors"
	"sync"
	"time"
)

// ErrAway is what a listener answers, wrapped, when what it needs cannot be
// reached: that says nothing about the fact. The fact waits without having been
// tried, and the relay rests, a little longer each time.
var ErrAway = errors.New("what the listener needs is away")

// The shortest and the longest rest.
const (
	firstRest = time.Second
	maxRest   = time.Minute
)

// rest is whether a relay rests, for all its workers.
type rest struct {
	mu    sync.Mutex
	pause time.Duration // the last one; 0 when all is well
	until time.Time
}

func (r *rest) now() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Now().Before(r.until)
}

// heard notes how a delivery went, and says for how long the relay rests from
// now on. Several workers that find the same thing away rest once.
func (r *rest) heard(away bool) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !away {
		r.pause = 0
		return 0
	}
	if time.Now().Before(r.until) {
		return 0
	}
	r.pause = min(max(2*r.pause, firstRest), maxRest)
	r.until = time.Now().Add(r.pause)
	return r.pause
}

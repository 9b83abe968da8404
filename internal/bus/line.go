package bus

import (
	"context"
	"sync"
	"time"
)

// line is what is known about the way to the other servers. Words are numbered;
// that they come back is the proof that the way is open.
type line struct {
	mu       sync.Mutex
	cut      context.CancelFunc // ends the session; nil without one that is open
	hearing  bool               // a word of this session came back
	speaking bool               // the last word was taken
	seq      uint64             // of the last word
	first    uint64             // of this session
	heard    uint64             // the last that came back
	awaited  uint64             // taken, but not come back; 0 is none
	since    time.Time
}

// open notes a new session.
func (l *line) open(cut context.CancelFunc) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut, l.hearing, l.first, l.awaited = cut, false, l.seq+1, 0
}

// lost notes the session's end, and says whether it had been of use.
func (l *line) lost() (heard bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	heard = l.hearing
	l.cut, l.hearing, l.awaited = nil, false, 0
	return heard
}

// next numbers a word.
func (l *line) next() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seq++
	return l.seq
}

// spoke notes whether a word was taken.
func (l *line) spoke(seq uint64, taken bool, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.speaking = taken
	if taken && l.cut != nil && seq >= l.first && seq > l.heard && l.awaited == 0 {
		l.awaited, l.since = seq, now
	}
}

// cameBack notes that a word was heard again, and says whether it is the first
// of its session.
func (l *line) cameBack(seq uint64) (first bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.heard = max(l.heard, min(seq, l.seq))
	if l.awaited != 0 && seq >= l.awaited {
		l.awaited = 0
	}
	if l.cut == nil || l.hearing || seq < l.first || seq > l.seq {
		return false
	}
	l.hearing = true
	return true
}

// renew ends a session in which a word has not come back for too long.
func (l *line) renew(now time.Time, patience time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.awaited == 0 || now.Sub(l.since) < patience {
		return false
	}
	l.cut()
	l.cut, l.hearing, l.awaited = nil, false, 0
	return true
}

func (l *line) up() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.hearing && l.speaking
}

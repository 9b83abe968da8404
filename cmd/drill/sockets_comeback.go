package main

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// The manners of a client that lost its connection.
const (
	comebackBase = time.Second
	comebackMost = time.Minute
	comebackGood = 30 * time.Second // a connection that lasted so long wipes the slate
)

// comeback is how long a client waits before it connects again: full jitter,
// so that those who were cut together do not return together.
type comeback struct{ failures int }

// wait adds to what the server asked for a random time. Its ceiling doubles
// with each failure, and is at least the spread that a close reason named.
func (b *comeback) wait(asked, spread time.Duration) time.Duration {
	ceiling := comebackMost
	if b.failures < 6 {
		ceiling = min(ceiling, comebackBase<<b.failures)
	}
	b.failures++
	return asked + rand.N(max(ceiling, spread))
}

// lasted forgets the failures after a good connection.
func (b *comeback) lasted(d time.Duration) {
	if d >= comebackGood {
		b.failures = 0
	}
}

// spreadOf reads "spread=10" in the reason of a close; zero when there is none.
func spreadOf(reason string) time.Duration {
	digits, found := strings.CutPrefix(reason, "spread=")
	n, err := strconv.Atoi(digits)
	if !found || err != nil || n < 0 {
		return 0
	}
	return time.Duration(n) * time.Second
}

// retryAfter reads the seconds of a Retry-After; false when it has none.
func retryAfter(header string) (time.Duration, bool) {
	n, err := strconv.Atoi(header)
	if err != nil || n < 1 {
		return 0, false
	}
	return time.Duration(n) * time.Second, true
}

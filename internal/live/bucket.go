package live

import "time"

// bucket allows rate a second on average, and most of them at once.
type bucket struct {
	rate  float64
	most  float64
	spent float64
	at    time.Time
}

// take spends n, or nothing when that is too much now.
func (b *bucket) take(now time.Time, n float64) bool {
	if b.at.IsZero() {
		b.at = now
	}
	b.spent = max(0, b.spent-now.Sub(b.at).Seconds()*b.rate)
	b.at = now
	if b.spent+n > b.most {
		return false
	}
	b.spent += n
	return true
}

// free says whether take would spend n now.
func (b *bucket) free(now time.Time, n float64) bool {
	return max(0, b.spent-now.Sub(b.at).Seconds()*b.rate)+n <= b.most
}

// crowd guesses how many wait for their turn, from how many were sent away: it
// grows by each of them, and shrinks as fast as turns are given.
type crowd struct {
	rate float64
	size float64
	at   time.Time
}

// sent notes one more, and says how long those before it will take.
func (c *crowd) sent(now time.Time) time.Duration {
	c.size = max(0, c.size-now.Sub(c.at).Seconds()*c.rate) + 1
	c.at = now
	return time.Duration(c.size / c.rate * float64(time.Second))
}

// meter counts the messages of one connection per span.
type meter struct {
	since time.Duration
	n     int
}

func (m *meter) allow(now time.Duration, limit int, span time.Duration) bool {
	if limit < 0 {
		return true
	}
	if m.n == 0 || now-m.since >= span {
		m.since, m.n = now, 0
	}
	m.n++
	return m.n <= limit
}

package main

import (
	"context"
	"fmt"
	"time"
)

// The load of W4.
const (
	missedIdeas  = 20
	missedRate   = 200
	missedEvery  = 250 * time.Millisecond
	missedSettle = 3 * time.Second
)

// missedMessages is W4: each watcher is cut again and again while votes go on.
func missedMessages(ctx context.Context, l *lab) outcome {
	size := l.times(200, 60)
	b, err := l.board(ctx, missedIdeas, 100)
	if err != nil {
		return broke(err)
	}
	n, err := l.serve(ctx, serveOptions{DSN: b.DSN})
	if err != nil {
		return broke(err)
	}
	h, err := watchersOf(n, b.Ideas, size, 1)
	if err != nil {
		return broke(err)
	}
	ctx, stop := context.WithCancel(ctx)
	defer h.running.Wait()
	defer stop()
	h.start(ctx, 1000)
	h.await(ctx, 0, 10*time.Second)

	cuts := 0
	s := votesOn(n, b, b.Ideas, missedRate)
	s.during(ctx, func(ctx context.Context) {
		for end := time.Now().Add(l.lasts(12*time.Second, 4*time.Second)); time.Now().Before(end); {
			for range max(1, size/10) {
				h.members[cuts%size].cut()
				cuts++
			}
			if !rest(ctx, missedEvery) {
				return
			}
		}
	})
	took, back := h.await(ctx, 0, 30*time.Second)
	rest(ctx, missedSettle)
	stored, err := b.tallies(ctx, b.Ideas)
	if err != nil {
		return broke(err)
	}
	receipts, failed := s.taken()
	wrong, example := h.wrong(stored)
	_, handshakes := h.admissions(time.Time{}, time.Second)
	o := judged([]figure{
		told("connections cut", "%d", cuts),
		told("handshakes", "%d", handshakes),
		told("votes acknowledged", "%d", len(receipts)),
		failures("votes failed", failed),
		share("back", back, size),
		told("until the last was back after the votes", "%s", span(took)),
		share("ideas with a tally", len(stored), missedIdeas),
		none("last tallies that differ from the database", wrong),
		none("topics refused", int(h.denied.Load())),
	}, fmt.Sprintf("Compared at rest, %s after the last was back: revision, voters, would buy and staff of %d watchers on %d ideas.", span(missedSettle), size, missedIdeas))
	if wrong > 0 {
		o.Notes = append(o.Notes, example)
	}
	return o
}

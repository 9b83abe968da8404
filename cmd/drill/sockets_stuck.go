package main

import (
	"context"
	"fmt"
	"time"
)

// The load of W1: enough for a full buffer within seconds.
const (
	stuckIdeas  = 40
	stuckRate   = 400
	stuckWithin = 15 * time.Second
	stuckDelay  = 250 * time.Millisecond
	stuckLook   = 50 * time.Millisecond
	stuckMost   = 40 * time.Second // until the drill gives up waiting
)

// stuckReaders is W1.
func stuckReaders(ctx context.Context, l *lab) outcome {
	before := pressed()
	size := l.times(500, 100)
	stuckSize := size / 20
	b, err := l.board(ctx, stuckIdeas, 100)
	if err != nil {
		return broke(err)
	}
	n, err := l.serve(ctx, serveOptions{DSN: b.DSN})
	if err != nil {
		return broke(err)
	}
	h, err := watchersOf(n, b.Ideas, size-stuckSize, max(1, size/100))
	if err != nil {
		return broke(err)
	}
	ctx, stop := context.WithCancel(ctx)
	defer h.running.Wait()
	defer stop()
	h.start(ctx, 1000)
	h.await(ctx, 0, 10*time.Second)
	var stuck []*sleeper
	for range stuckSize {
		one, err := fallAsleep(ctx, n.Address, h.watch)
		if err != nil {
			return broke(err)
		}
		defer one.wake()
		stuck = append(stuck, one)
	}

	s := votesOn(n, b, b.Ideas, stuckRate)
	var from, stalled time.Time
	var failed error
	from, _ = s.during(ctx, func(ctx context.Context) {
		rest(ctx, time.Second)
		failed = lookAfter(ctx, n.Address, stuck)
		stalled = firstStall(stuck)
	})
	if failed != nil {
		return broke(failed)
	}
	rest(ctx, time.Second)
	receipts, missed := s.taken()
	until := lastDrop(stuck)
	delays, never := h.delays(receipts, stalled, until)
	earlier, _ := h.delays(receipts, from, stalled)
	dropped, slowest := 0, time.Duration(0)
	for _, one := range stuck {
		if !one.droppedAt.IsZero() {
			dropped++
			slowest = max(slowest, one.droppedAt.Sub(one.movedAt))
		}
	}
	return judged([]figure{
		share("stuck clients dropped", dropped, stuckSize),
		within("longest from a full buffer to the drop", slowest, stuckWithin),
		share("others still connected", int(h.listening.Load()), size-stuckSize),
		told("connections lost by others", "%d", int(h.welcomed.Load())-(size-stuckSize)),
		told("others' p99 delay before the stall", "%s", span(quantile(earlier, 0.99))),
		told("others' p50 delay during the stall", "%s", middle(delays)),
		prompt("others' p99 delay during the stall", delays, 0.99, stuckDelay),
		none("votes not heard of by a watcher", never),
		told("votes acknowledged", "%d in %s", len(receipts), span(until.Sub(from))),
		failures("votes failed", missed),
	}, fmt.Sprintf("A stuck client never reads and has a small receive buffer. Its stall is taken from the kernel: the moment from which neither its receive queue nor the server's send queue grew (looked at every %s). Delays are those of one in %d of the others. %s", span(stuckLook), max(1, size/100), skippedNote(s)), before, "How the others' connections ended: "+listed(h.ends())+".")
}

// lookAfter watches the stuck clients until all are dropped.
func lookAfter(ctx context.Context, server string, stuck []*sleeper) error {
	end := time.Now().Add(stuckMost)
	for {
		queues, err := tcpQueues()
		if err != nil {
			return err
		}
		now, left := time.Now(), 0
		for _, one := range stuck {
			if one.look(now, queues, server) {
				left++
			}
		}
		if left == 0 || now.After(end) || !rest(ctx, stuckLook) {
			return ctx.Err()
		}
	}
}

func firstStall(stuck []*sleeper) time.Time {
	first := stuck[0].movedAt
	for _, one := range stuck {
		if one.movedAt.Before(first) {
			first = one.movedAt
		}
	}
	return first
}

func lastDrop(stuck []*sleeper) time.Time {
	last := stuck[0].droppedAt
	for _, one := range stuck {
		if one.droppedAt.IsZero() {
			return time.Now()
		}
		if one.droppedAt.After(last) {
			last = one.droppedAt
		}
	}
	return last
}

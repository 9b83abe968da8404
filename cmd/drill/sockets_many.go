package main

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// The load of W2: few ideas, so that each changes faster than it is told.
const (
	manyIdeas     = 4
	manyRate      = 100
	manyEach      = 64 << 10
	manyDelay     = time.Second
	manyPerSecond = 12 // tallies of one idea to one watcher, told every 100 ms
)

// manyWatchers is W2.
func manyWatchers(ctx context.Context, l *lab) outcome {
	size := l.times(10000, 500)
	pressure := pressed()
	if why := roomFor(size); why != "" {
		return impossible(why)
	}
	b, err := l.board(ctx, manyIdeas, 200)
	if err != nil {
		return broke(err)
	}
	n, err := l.serve(ctx, serveOptions{DSN: b.DSN})
	if err != nil {
		return broke(err)
	}
	h, err := watchersOf(n, b.Ideas, size, max(1, size/500))
	if err != nil {
		return broke(err)
	}
	ctx, stop := context.WithCancel(ctx)
	defer h.running.Wait()
	defer stop()
	before, err := resident(n.pid())
	if err != nil {
		return broke(err)
	}
	begun := time.Now()
	h.start(ctx, 1000)
	_, listening := h.await(ctx, 0, 20*time.Second)
	ramp := time.Since(begun)
	rest(ctx, l.lasts(3*time.Second, time.Second))
	idle, err := resident(n.pid())
	if err != nil {
		return broke(err)
	}
	s := votesOn(n, b, b.Ideas, manyRate)
	from, to := s.during(ctx, forAbout(l.lasts(20*time.Second, 5*time.Second)))
	rest(ctx, time.Second)
	busy, err := resident(n.pid())
	if err != nil {
		return broke(err)
	}
	receipts, failed := s.taken()
	delays, never := h.delays(receipts, from, to)
	most := h.busiest(from, to)
	return judged([]figure{
		share("connections told the state", listening, size),
		told("time to connect them all", "%s", span(ramp)),
		memoryEach("memory for each, at rest", idle-before, size),
		memoryEach("memory for each, after the votes", busy-before, size),
		told("votes acknowledged", "%d in %s", len(receipts), span(to.Sub(from))),
		failures("votes failed", failed),
		told("p99 of a vote", "%s", span(quantile(answers(receipts, from, to), 0.99))),
		told("p50 from acknowledgement to message", "%s", middle(delays)),
		prompt("p99 from acknowledgement to message", delays, 0.99, manyDelay),
		none("votes not heard of by a watcher", never),
		{Name: "most tallies of one idea in a second", Value: fmt.Sprintf("%d, of %d votes", most, manyRate/manyIdeas), Goal: "at most " + strconv.Itoa(manyPerSecond), Met: most <= manyPerSecond && most > 0},
	}, fmt.Sprintf("Delays are those of %d of the watchers, all on the same %d ideas. Server, watchers and PostgreSQL share the processors. %s", size/max(1, size/500), manyIdeas, skippedNote(s)), pressure)
}

// memoryEach is a figure of the memory that connections brought.
func memoryEach(name string, grown int64, size int) figure {
	each := max(0, grown) / int64(size)
	return figure{Name: name, Value: fmt.Sprintf("%.1f KiB", float64(each)/1024), Goal: "at most 64 KiB", Met: each <= manyEach}
}

// skippedNote says what the generator did not send.
func skippedNote(s *steady) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("The generator left out %d votes, because %d were under way already.", s.skipped, steadyFlight)
}

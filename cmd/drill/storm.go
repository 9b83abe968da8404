package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// storm is members voting as fast as they are answered. Each client votes for
// members of its own, so that what one of them asks has an order.
type storm struct {
	Board   *board
	Targets []*client // each vote goes to one of them at random
	Clients int
	Ideas   []int64       // the board's when nil
	Pause   time.Duration // between the votes of a client
	Retry   bool          // once more, at once, where a browser would: no answer, or 503
	Journal *journal
	Retries atomic.Int64 // how often a client had to ask once more

	stop context.CancelFunc
	done sync.WaitGroup
}

// start lets it rage until halt.
func (s *storm) start(ctx context.Context) {
	if s.Journal == nil {
		s.Journal = &journal{}
	}
	if s.Ideas == nil {
		s.Ideas = s.Board.Ideas
	}
	ctx, s.stop = context.WithCancel(ctx)
	for i := range s.Clients {
		var own []member
		for k := i; k < len(s.Board.Members); k += s.Clients {
			own = append(own, s.Board.Members[k])
		}
		if len(own) > 0 {
			s.done.Go(func() { s.rage(ctx, own) })
		}
	}
}

// halt waits for the answers that are under way.
func (s *storm) halt() {
	s.stop()
	s.done.Wait()
}

// last lets it rage for a while.
func (s *storm) last(ctx context.Context, d time.Duration) {
	s.start(ctx)
	pause(ctx, d)
	s.halt()
}

func (s *storm) rage(ctx context.Context, own []member) {
	for ctx.Err() == nil {
		m, idea := own[rand.IntN(len(own))], s.Ideas[rand.IntN(len(s.Ideas))]
		what := []choice{absent, support, support, buys, buys}[rand.IntN(5)]
		target := rand.IntN(len(s.Targets))
		// a vote under way is waited for when the storm ends: cutting it short would be a fault of our own
		e := vote(context.WithoutCancel(ctx), s.Targets[target], m, idea, what)
		if s.Retry && (e.Status == 0 || e.Status == http.StatusServiceUnavailable || e.Status == http.StatusBadGateway) {
			first := e
			s.Retries.Add(1)
			e = vote(context.WithoutCancel(ctx), s.Targets[(target+1)%len(s.Targets)], m, idea, what)
			e.Asked = first.Asked
		}
		s.Journal.add(e)
		if failing(e) {
			pause(ctx, 10*time.Millisecond) // nobody serves
		}
		if s.Pause > 0 {
			pause(ctx, s.Pause)
		}
	}
}

// vote asks once and gives the line for the journal.
func vote(ctx context.Context, c *client, m member, idea int64, what choice) entry {
	method, body := http.MethodPut, `{}`
	switch what {
	case absent:
		method, body = http.MethodDelete, ""
	case buys:
		body = `{"would_buy":true}`
	}
	e := entry{Pair: pair{idea, m.ID}, Choice: what, Asked: time.Now()}
	got, err := c.ask(ctx, method, fmt.Sprintf("/api/v1/ideas/%d/vote", idea), m.Token, body)
	e.Answered, e.Status, e.Again = time.Now(), got.Status, got.Again
	switch {
	case err != nil || got.Status >= 500:
		e.Verdict = inDoubt
	case got.Status >= 200 && got.Status < 300:
		e.Verdict = acked
	default:
		e.Verdict = refused
	}
	return e
}

// pause waits, or less when ctx ends.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

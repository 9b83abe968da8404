package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// clientWait is how long a voting client waits for an answer.
const clientWait = 30 * time.Second

func voteDrills() []drill {
	return []drill{
		{"V1", "One vote for each person and idea", "64 clients put and delete the same vote at once: 0 duplicates, and no statement is refused for one", onePair},
		{"V2", "The tally equals its votes in every snapshot", "0 snapshots differ, one every 50 ms during a storm", snapshots},
		{"V3", "Reading after an acknowledgement shows it", "on the same server at once, on another within 1 s at p99", readBack},
		{"V4", "No vote counts after a closing", "0 votes acknowledged or written while their idea was closed, their challenge over, or their voter barred", closing},
		{"V5", "Bulk decisions and two servers on the same ideas", "0 deadlocks", bulk},
		{"V6", "The ledger replayed gives the same tallies", "0 differences, after a storm with a kill -9 in it", ledger},
	}
}

// onePair is V1.
func onePair(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 1, 1)
	if err != nil {
		return broke(err)
	}
	n, err := l.serve(ctx, serveOptions{DSN: b.DSN})
	if err != nil {
		return broke(err)
	}
	const clients = 64
	mark, each := l.pg.mark(), l.times(200, 30)
	c, j, a := l.dial(n.Address, clients, clientWait), &journal{}, b.audit(ctx)
	var all sync.WaitGroup
	begun := time.Now()
	for i := range clients {
		all.Go(func() {
			for k := range each {
				what := []choice{support, buys, absent}[(i+k)%3]
				j.add(vote(ctx, c, b.Members[0], b.Ideas[0], what))
			}
		})
	}
	all.Wait()
	took := time.Since(begun)
	j.add(vote(ctx, c, b.Members[0], b.Ideas[0], buys))
	voters, err := c.tally(ctx, b.Ideas[0])
	if err != nil {
		return broke(err)
	}
	figures := []figure{
		told("requests", "%d in %s", clients*each+1, span(took)),
		none("answers other than 200", number(j.all(), func(e entry) bool { return e.Status != http.StatusOK })),
		{Name: "voters in the tally after a last vote", Value: fmt.Sprint(voters), Goal: "1", Met: voters == 1},
		none("statements PostgreSQL refused for a duplicate key", l.pg.said(mark, "duplicate key")),
	}
	figures = append(figures, a.halt()...)
	more, notes := l.finish(ctx, b, j, n)
	return judged(append(figures, more...), notes...)
}

// snapshots is V2.
func snapshots(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 50, 256)
	if err != nil {
		return broke(err)
	}
	n, err := l.serve(ctx, serveOptions{DSN: b.DSN})
	if err != nil {
		return broke(err)
	}
	s := &storm{Board: b, Clients: 64, Targets: []*client{l.dial(n.Address, 64, clientWait)}, Journal: &journal{}}
	a := b.audit(ctx)
	lasts := l.lasts(12*time.Second, 2*time.Second)
	s.last(ctx, lasts)
	figures := append(a.halt(), served(s.Journal.all())...)
	more, notes := l.finish(ctx, b, s.Journal, n)
	return judged(append(figures, more...), notes...)
}

// readBack is V3: somebody votes on one server and reads on both, while others
// vote on other ideas.
func readBack(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 30, 100)
	if err != nil {
		return broke(err)
	}
	var near, far *client
	var nodes []*node
	for _, c := range []**client{&near, &far} {
		n, err := l.serve(ctx, serveOptions{DSN: b.DSN})
		if err != nil {
			return broke(err)
		}
		nodes, *c = append(nodes, n), l.dial(n.Address, 32, clientWait)
	}
	apart, reader := b.Ideas[:10], b.Members[0]
	others := *b
	others.Members = b.Members[1:]
	s := &storm{Board: &others, Clients: 16, Ideas: b.Ideas[10:], Targets: []*client{near, far}, Pause: 5 * time.Millisecond, Journal: &journal{}}
	s.start(ctx)
	var delays []time.Duration
	stale, never, voters := 0, 0, map[int64]int{}
	for i := range l.times(300, 40) {
		idea := apart[i%len(apart)]
		what := []choice{support, absent}[(i/len(apart))%2]
		e := vote(ctx, near, reader, idea, what)
		s.Journal.add(e)
		if e.Verdict != acked {
			continue
		}
		voters[idea] = map[choice]int{support: 1, absent: 0}[what]
		if got, err := near.tally(ctx, idea); err != nil || got != voters[idea] {
			stale++
		}
		delay, seen := seenOn(ctx, far, idea, voters[idea], e.Answered)
		if !seen {
			never++
		}
		delays = append(delays, delay)
	}
	s.halt()
	if len(delays) == 0 {
		return broke(fmt.Errorf("no vote was acknowledged"))
	}
	slices.Sort(delays)
	figures := []figure{
		none("reads on the same server that did not show the vote", stale),
		within("until another server shows it, p99", delays[len(delays)*99/100], time.Second),
		told("the same, median and most", "%s and %s of %d", span(delays[len(delays)/2]), span(delays[len(delays)-1]), len(delays)),
		none("votes the other server never showed", never),
	}
	more, notes := l.finish(ctx, b, s.Journal, nodes...)
	return judged(append(figures, more...), notes...)
}

// seenOn is how long after the answer another server's tally shows the vote.
func seenOn(ctx context.Context, c *client, idea int64, voters int, answered time.Time) (time.Duration, bool) {
	for ctx.Err() == nil && time.Since(answered) < 10*time.Second {
		got, err := c.tally(ctx, idea)
		if err == nil && got == voters {
			return time.Since(answered), true
		}
		pause(ctx, 5*time.Millisecond)
	}
	return time.Since(answered), false
}

package main

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

func crashDrills() []drill {
	return []drill{
		{"C1", "kill -9 of the server under load", "0 acknowledged votes lost or doubled, back within 3 s", killServer},
		{"C2", "kill -9 of PostgreSQL under load", "the server never ends; /readyz 503 within 1 s, requests 503 with Retry-After within 2 s, served as usual within 5 s of PostgreSQL; 0 acknowledged votes lost or doubled", killDatabase},
		{"C3", "PostgreSQL cuts every connection every 20 ms, and restarts", "nothing fails any more 5 s after; 0 acknowledged votes lost or doubled", cutConnections},
		{"C4", "A slow, silent, half-open and breaking database; locked rows", "every answer within 21 s, within 4 s where only rows are locked; no growth of memory or threads, served as usual within 5 s after; 0 acknowledged votes lost or doubled", slowDatabase},
	}
}

// Goals of the crashes.
const (
	serverBackWithin = 3 * time.Second
	readyNoWithin    = time.Second
	refusedWithin    = 2 * time.Second
	healedWithin     = 5 * time.Second
)

// raid is a storm on one server, for drills that break something below it.
type raid struct {
	*storm
	b *board
	n *node
	c *client
}

// raid starts the server at dsn, the board's own when empty, and the storm.
func (l *lab) raid(ctx context.Context, b *board, dsn string, clients int) (*raid, error) {
	if dsn == "" {
		dsn = b.DSN
	}
	return l.raidOn(ctx, b, serveOptions{DSN: dsn}, clients)
}

func (l *lab) raidOn(ctx context.Context, b *board, o serveOptions, clients int) (*raid, error) {
	n, err := l.serve(ctx, o)
	if err != nil {
		return nil, err
	}
	c := l.dial(n.Address, clients+4, clientWait)
	s := &storm{Board: b, Clients: clients, Targets: []*client{c}, Journal: &journal{}, Pause: 2 * time.Millisecond}
	return &raid{storm: s, b: b, n: n, c: c}, nil
}

// killServer is C1.
func killServer(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 40, 256)
	if err != nil {
		return broke(err)
	}
	r, err := l.raid(ctx, b, "", 48)
	if err != nil {
		return broke(err)
	}
	a := b.audit(ctx)
	r.start(ctx)
	var ready, served time.Duration
	n, kills := r.n, l.times(5, 2)
	for range kills {
		pause(ctx, l.lasts(2*time.Second, 700*time.Millisecond))
		n.kill()
		begun := time.Now()
		if n, err = l.serve(ctx, serveOptions{DSN: b.DSN, Address: n.Address, Data: n.Data}); err != nil {
			r.halt()
			return broke(err)
		}
		ready = max(ready, time.Since(begun))
		first, err := firstServed(ctx, r.Journal, begun)
		if err != nil {
			r.halt()
			return broke(err)
		}
		served = max(served, first)
	}
	pause(ctx, 500*time.Millisecond)
	r.halt()
	figures := []figure{
		told("kills", "%d", kills),
		within("from starting it again to /readyz 200, longest", ready, serverBackWithin),
		within("from starting it again to the first vote acknowledged, longest", served, serverBackWithin),
	}
	figures = append(figures, a.halt()...)
	more, notes := l.finish(ctx, b, r.Journal, n)
	return judged(append(figures, more...), notes...)
}

// firstServed waits for the first vote that was acknowledged after a moment.
func firstServed(ctx context.Context, j *journal, from time.Time) (time.Duration, error) {
	for ctx.Err() == nil && time.Since(from) < time.Minute {
		for _, e := range j.since(from) {
			if e.Verdict == acked {
				return e.Answered.Sub(from), nil
			}
		}
		pause(ctx, 10*time.Millisecond)
	}
	return time.Since(from), fmt.Errorf("no vote was acknowledged within a minute")
}

// killDatabase is C2. Every other time PostgreSQL is started again at once, and
// else it is left down for a while.
func killDatabase(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 40, 256)
	if err != nil {
		return broke(err)
	}
	r, err := l.raid(ctx, b, "", 32)
	if err != nil {
		return broke(err)
	}
	a := b.audit(ctx)
	r.start(ctx)
	var no, back, healed time.Duration
	var down [][2]time.Time
	kills := l.times(10, 2)
	for i := range kills {
		pause(ctx, l.lasts(time.Second, 500*time.Millisecond))
		killed := time.Now()
		if err := l.pg.kill(); err != nil {
			r.halt()
			return broke(err)
		}
		if i%2 == 0 {
			took, err := r.n.becomes(ctx, http.StatusServiceUnavailable, 10*time.Second)
			if no = max(no, took); err != nil {
				r.halt()
				return broke(err)
			}
			pause(ctx, l.lasts(2500*time.Millisecond, 1200*time.Millisecond))
		}
		starting := time.Now()
		if err := l.pg.start(ctx); err != nil {
			r.halt()
			return broke(err)
		}
		up := time.Now()
		back = max(back, up.Sub(starting))
		after, err := r.calm(ctx, up)
		down = append(down, [2]time.Time{killed, up})
		if healed = max(healed, after); err != nil {
			r.halt()
			return broke(err)
		}
	}
	r.halt()
	var refused []entry // once nobody waits any more
	for _, d := range down {
		refused = append(refused, during(r.Journal.all(), d[0], d[1])...)
	}
	figures := []figure{
		told("kills", "%d, every other one with PostgreSQL left down a while; it needed up to %s to answer again", kills, span(back)),
		within("until /readyz says 503, longest", no, readyNoWithin),
		within("slowest answer to what was asked while it was down", slowest(refused), refusedWithin),
		told("answers while it was down", "%d, %d of them 503", len(refused), number(refused, func(e entry) bool { return e.Status == http.StatusServiceUnavailable })),
		none("refusals other than 503 with Retry-After", number(refused, func(e entry) bool {
			return failing(e) && (e.Status != http.StatusServiceUnavailable || !e.Again)
		})),
		within("from PostgreSQL answering to the last client not served, longest", healed, healedWithin),
	}
	figures = append(figures, a.halt()...)
	more, notes := l.finish(ctx, b, r.Journal, r.n)
	return judged(append(figures, more...), notes...)
}

// quiet is how long nothing may fail before clients count as served as usual.
const quiet = 700 * time.Millisecond

// calm waits until /readyz is well and nothing has failed for a while, and says
// how long after the moment the last failure was.
func (r *raid) calm(ctx context.Context, from time.Time) (time.Duration, error) {
	if _, err := r.n.becomes(ctx, http.StatusOK, 30*time.Second); err != nil {
		return time.Since(from), err
	}
	ready := time.Since(from)
	for ctx.Err() == nil && time.Since(from) < 45*time.Second {
		pause(ctx, 50*time.Millisecond)
		// what was asked before does not count: a client may have waited all the while
		last := lastFailure(r.Journal.since(from), from)
		if time.Since(from)-last > quiet && number(r.Journal.since(from.Add(last)), func(e entry) bool { return e.Verdict == acked }) > 0 {
			return max(last, ready), nil
		}
	}
	return time.Since(from), fmt.Errorf("clients were not served as usual within 45 s")
}

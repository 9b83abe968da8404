package main

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// bulk is V5: votes on the same ideas by two servers, while the team decides on
// all of them at once, in every order.
func bulk(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 40, 200)
	if err != nil {
		return broke(err)
	}
	var targets []*client
	var nodes []*node
	for range 2 {
		n, err := l.serve(ctx, serveOptions{DSN: b.DSN})
		if err != nil {
			return broke(err)
		}
		nodes, targets = append(nodes, n), append(targets, l.dial(n.Address, 64, clientWait))
	}
	mark := l.pg.mark()
	s := &storm{Board: b, Clients: 48, Targets: targets, Journal: &journal{}}
	a := b.audit(ctx)
	s.start(ctx)
	var decided, failed atomic.Int64
	deciding, stop := context.WithTimeout(ctx, l.lasts(12*time.Second, 3*time.Second))
	defer stop()
	var all sync.WaitGroup
	for i := range 4 { // each has a quarter of the ideas, decided from both servers
		all.Go(func() {
			for deciding.Err() == nil {
				for _, k := range rand.Perm(len(b.Ideas)) {
					if k%4 != i || deciding.Err() != nil {
						continue
					}
					for _, to := range []string{"parked", "open"} {
						got, err := decide(ctx, targets[rand.IntN(2)], b.Team, b.Ideas[k], to)
						if decided.Add(1); err != nil || got.Status != 200 {
							failed.Add(1)
						}
					}
				}
			}
		})
	}
	all.Wait()
	s.halt()
	pause(ctx, 1200*time.Millisecond) // PostgreSQL's own figures lag by a second
	deadlocks, err := b.count(ctx, `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`)
	if err != nil {
		return broke(err)
	}
	figures := []figure{
		told("decisions", "%d in the midst of %d votes", decided.Load(), len(s.Journal.all())),
		none("deadlocks by PostgreSQL's count", deadlocks),
		none("deadlocks in PostgreSQL's log", l.pg.said(mark, "deadlock detected")),
		none("decisions that failed", int(failed.Load())),
	}
	figures = append(append(figures, served(s.Journal.all())...), a.halt()...)
	more, notes := l.finish(ctx, b, s.Journal, nodes...)
	return judged(append(figures, more...), notes...)
}

// ledger is V6: a storm with a crash in it, and the ledger added up after it.
func ledger(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 30, 200)
	if err != nil {
		return broke(err)
	}
	if !l.hasLedger(ctx, b) {
		return impossible("this program has no `recount --from-ledger`")
	}
	n, err := l.serve(ctx, serveOptions{DSN: b.DSN})
	if err != nil {
		return broke(err)
	}
	s := &storm{Board: b, Clients: 32, Targets: []*client{l.dial(n.Address, 32, clientWait)}, Journal: &journal{}}
	s.start(ctx)
	pause(ctx, l.lasts(3*time.Second, time.Second))
	n.kill()
	again, err := l.serve(ctx, serveOptions{DSN: b.DSN, Address: n.Address, Data: n.Data})
	if err != nil {
		s.halt()
		return broke(err)
	}
	for _, idea := range b.Ideas[:5] {
		if _, err := decide(ctx, s.Targets[0], b.Team, idea, "parked"); err != nil {
			s.halt()
			return broke(err)
		}
	}
	pause(ctx, l.lasts(3*time.Second, time.Second))
	s.halt()
	figures, notes := l.finish(ctx, b, s.Journal, again)
	return judged(figures, notes...)
}

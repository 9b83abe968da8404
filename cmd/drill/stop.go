package main

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

func stopDrills() []drill {
	return []drill{
		{"S1", "Rolling restart of two servers behind a proxy", "0 errors for a client that tries once more; /readyz 503 at once, connections accepted for 5 s more, exit code 0 within 45 s; 0 acknowledged votes lost or doubled", rolling},
	}
}

// Goals of stopping.
const (
	stopWithin   = 45 * time.Second
	acceptsAfter = 5 * time.Second
	grain        = 250 * time.Millisecond // what looking costs
)

// farewell is how one server stopped.
type farewell struct {
	code           int
	took           time.Duration
	notReady, deaf time.Duration // until /readyz said no, and until nobody listened
}

// drain is what whoever runs servers behind a proxy sets.
var drain = []string{"DRAIN=5s"}

// rolling is S1.
func rolling(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 40, 256)
	if err != nil {
		return broke(err)
	}
	var nodes []*node
	for range 2 {
		n, err := l.serve(ctx, serveOptions{DSN: b.DSN, Env: drain})
		if err != nil {
			return broke(err)
		}
		nodes = append(nodes, n)
	}
	front, err := l.balance(ctx, nodes[0].Address, nodes[1].Address)
	if err != nil {
		return broke(err)
	}
	s := &storm{Board: b, Clients: 24, Targets: []*client{l.dial(front.Address, 32, clientWait)}, Pause: 2 * time.Millisecond, Retry: true, Journal: &journal{}}
	a := b.audit(ctx)
	s.start(ctx)
	var all []farewell
	for round := range l.times(2, 1) {
		for i := range nodes {
			pause(ctx, time.Second)
			way, err := nodes[i].leave(ctx)
			all = append(all, way)
			if err == nil {
				nodes[i], err = l.serve(ctx, serveOptions{DSN: b.DSN, Address: nodes[i].Address, Data: nodes[i].Data, Env: drain})
			}
			if err != nil {
				s.halt()
				return broke(fmt.Errorf("round %d, server %d: %w", round, i, err))
			}
			pause(ctx, 2*lookEvery) // until the balancer knows
		}
	}
	pause(ctx, time.Second)
	s.halt()
	list := s.Journal.all()
	figures := []figure{
		told("requests during the restarts", "%d through the proxy, %d of them tried once more by the client", len(list), s.Retries.Load()),
		none("errors seen by a client that tries once more", number(list, func(e entry) bool { return e.Status != http.StatusOK })),
	}
	figures = append(figures, farewells(all)...)
	figures = append(figures, a.halt()...)
	more, notes := l.finish(ctx, b, s.Journal, nodes...)
	return judged(append(figures, more...), notes...)
}

func farewells(all []farewell) []figure {
	bad, longest, no, deaf := 0, time.Duration(0), time.Duration(0), time.Hour
	for _, f := range all {
		if f.code != 0 {
			bad++
		}
		longest, no, deaf = max(longest, f.took), max(no, f.notReady), min(deaf, f.deaf)
	}
	return []figure{
		none("exit codes other than 0", bad),
		within("from SIGTERM to the exit, longest", longest, stopWithin),
		within("from SIGTERM to /readyz saying no, longest", no, time.Second),
		{Name: "from SIGTERM to the first connection refused, shortest", Value: span(deaf), Goal: "at least " + span(acceptsAfter), Met: deaf >= acceptsAfter-grain, timed: true},
	}
}

// leave sends SIGTERM and watches from outside what happens.
func (n *node) leave(ctx context.Context) (farewell, error) {
	var f farewell
	begun, looked := time.Now(), make(chan struct{})
	watching, stop := context.WithTimeout(ctx, stopWithin+5*time.Second)
	defer stop()
	go func() {
		defer close(looked)
		for watching.Err() == nil {
			status := n.status("/readyz")
			if status != http.StatusOK && f.notReady == 0 {
				f.notReady = time.Since(begun)
			}
			if status == 0 {
				f.deaf = time.Since(begun)
				return
			}
			pause(watching, 20*time.Millisecond)
		}
	}()
	code, took, err := n.term(stopWithin + 5*time.Second)
	<-looked
	f.code, f.took = code, took
	return f, err
}

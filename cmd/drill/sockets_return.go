package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// The goals of W3.
const (
	returnWithin  = 90 * time.Second
	returnAdmits  = 500
	returnSpan    = 3 * time.Second // one second of a busy machine bunches what comes
	voteAnswer    = 500 * time.Millisecond
	returnRamp    = 450 // below the limit of handshakes, so that the ramp is no storm itself
	returnVotes   = 100
	returnMembers = 200 // each stays below the limit of votes a minute
)

// allReset is W3: everybody is cut by a reset.
func allReset(ctx context.Context, l *lab) outcome {
	return allReturn(ctx, l, func(h *herd, _ *node, _ serveOptions) error {
		h.cutAll()
		return nil
	})
}

// allOrphaned is the same by the death of the server.
func allOrphaned(ctx context.Context, l *lab) outcome {
	return allReturn(ctx, l, func(_ *herd, n *node, o serveOptions) error {
		n.kill()
		_, err := l.serve(ctx, o)
		return err
	})
}

// allReturn seats everybody, cuts them, and watches them come back.
func allReturn(ctx context.Context, l *lab, cut func(*herd, *node, serveOptions) error) outcome {
	before := pressed()
	size := l.times(10000, 2500)
	if why := roomFor(size); why != "" {
		return impossible(why)
	}
	b, err := l.board(ctx, 4, returnMembers)
	if err != nil {
		return broke(err)
	}
	o := serveOptions{DSN: b.DSN, Env: []string{"LIMITS=on"}}
	n, err := l.serve(ctx, o)
	if err != nil {
		return broke(err)
	}
	o.Address, o.Data = n.Address, n.Data
	h, err := watchersOf(n, b.Ideas, size, max(1, size/200))
	if err != nil {
		return broke(err)
	}
	ctx, stop := context.WithCancel(ctx)
	defer h.running.Wait()
	defer stop()
	h.start(ctx, returnRamp)
	_, listening := h.await(ctx, 0, 20*time.Second)
	figures := []figure{share("connections before", listening, size)}
	s := votesOn(n, b, b.Ideas, returnVotes)
	more, err := h.returns(ctx, s, func() error { return cut(h, n, o) })
	figures = append(figures, more...)
	if err != nil {
		return broke(err, figures...)
	}
	stored, err := b.tallies(ctx, b.Ideas)
	if err != nil {
		return broke(err, figures...)
	}
	wrong, example := h.wrong(stored)
	figures = append(figures, none("last tallies that differ from the database", wrong))
	notes := []string{
		"Clients wait a random time of up to 1 s, doubling to 60 s, on top of Retry-After. Server, clients and PostgreSQL share the processors. " + skippedNote(s),
		before,
		"How connections ended: " + listed(h.ends()) + ".",
	}
	if wrong > 0 {
		notes = append(notes, example)
	}
	return judged(figures, notes...)
}

// returns cuts everybody and watches them come back under votes.
func (h *herd) returns(ctx context.Context, s *steady, cut func() error) ([]figure, error) {
	size := len(h.members)
	before := h.welcomed.Load()
	refusedBefore, unsaidBefore := h.refusals()
	begun := time.Now()
	if err := cut(); err != nil {
		return nil, err
	}
	var back int
	from, to := s.during(ctx, func(ctx context.Context) {
		_, back = h.await(ctx, before, returnWithin+5*time.Second-time.Since(begun))
	})
	took := to.Sub(begun)
	rest(ctx, time.Second) // the last tallies are on their way
	second, all := h.admissions(begun, time.Second)
	most, _ := h.admissions(begun, returnSpan)
	rate := float64(most) / returnSpan.Seconds()
	refused, unsaid := h.refusals()
	receipts, failed := s.taken()
	return []figure{
		share("back", back, size),
		within("until all were back", took, returnWithin),
		told("most handshakes accepted in a second", "%d of %d", second, all),
		{Name: "handshakes accepted a second, in the busiest " + span(returnSpan), Value: fmt.Sprintf("%.0f", rate), Goal: fmt.Sprintf("at most %d, and 5 %% as our clock is another", returnAdmits), Met: rate <= returnAdmits*1.05},
		told("handshakes refused", "%s", listed(lessThan(refused, refusedBefore))),
		none("refused without Retry-After", unsaid-unsaidBefore),
		told("votes meanwhile", "%d", len(receipts)),
		failures("votes failed", failed),
		told("p50 of a vote meanwhile", "%s", middle(answers(receipts, from, to))),
		prompt("p99 of a vote meanwhile", answers(receipts, from, to), 0.99, voteAnswer),
	}, nil
}

// lessThan is what counts have grown by.
func lessThan(now, before map[string]int) map[string]int {
	grown := map[string]int{}
	for k, n := range now {
		if n > before[k] {
			grown[k] = n - before[k]
		}
	}
	return grown
}

func listed(counts map[string]int) string {
	var list []string
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, fmt.Sprintf("%d × %s", counts[k], k))
	}
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ", ")
}

package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// finish compares what is left with what clients were told: the journal with
// the votes, the tallies with the votes, and the ledger with the tallies.
func (l *lab) finish(ctx context.Context, b *board, j *journal, nodes ...*node) (figures []figure, notes []string) {
	found, err := j.check(ctx, b)
	if err != nil {
		return []figure{holds("the journal could be compared", false)}, []string{err.Error()}
	}
	figures = found.figures()
	if found.wrong() > 0 {
		notes = append(notes, "For example: "+strings.Join(found.Samples, "; "))
	}
	n, err := b.count(ctx, b.differing(ctx))
	if err != nil {
		notes = append(notes, err.Error())
		n = -1
	}
	figures = append(figures, none("tallies that differ from their votes at the end", n))
	ledger, note := l.replay(ctx, b)
	figures = append(figures, ledger...)
	if note != "" {
		notes = append(notes, note)
	}
	if len(nodes) > 0 {
		ended := 0
		for _, n := range nodes {
			if !n.alive() {
				ended++
			}
		}
		figures = append(figures, none("servers that ended by themselves", ended))
	}
	return figures, notes
}

// hasLedger reports whether the program can replay the ledger.
func (l *lab) hasLedger(ctx context.Context, b *board) bool {
	help, err := l.run(ctx, b.DSN, "recount", "--help")
	return err == nil && strings.Contains(help, "--from-ledger")
}

// replay has the program add up the ledger and compare it with the tallies.
func (l *lab) replay(ctx context.Context, b *board) ([]figure, string) {
	if !l.hasLedger(ctx, b) {
		return nil, "This program has no ledger to replay."
	}
	out, err := l.run(ctx, b.DSN, "recount", "--from-ledger", "--check")
	if err != nil {
		return []figure{holds("the ledger replayed gives the same tallies", false)}, fmt.Sprintf("%v: %.400s", err, strings.TrimSpace(out))
	}
	return []figure{holds("the ledger replayed gives the same tallies", true)}, ""
}

// failing reports whether a client was not served: no answer, or 5xx.
func failing(e entry) bool { return e.Status == 0 || e.Status >= http.StatusInternalServerError }

// askedBack reports whether a client was refused for the moment and told when to
// come again, as votes on a tally are that somebody holds for a second.
func askedBack(e entry) bool { return e.Status == http.StatusServiceUnavailable && e.Again }

// served are the figures of who was not: nobody may be left without an answer or
// with a mistake of ours, and only a slow machine asks anybody to come again.
func served(list []entry) []figure {
	lost := none("clients not served", number(list, func(e entry) bool { return failing(e) && !askedBack(e) }))
	back := none("clients asked to come again", number(list, askedBack))
	back.timed = true
	return []figure{lost, back}
}

// lastFailure is how long after t clients still were not served.
func lastFailure(list []entry, t time.Time) (after time.Duration) {
	for _, e := range list {
		if failing(e) {
			after = max(after, e.Answered.Sub(t))
		}
	}
	return max(after, 0)
}

// slowest is the longest wait for an answer.
func slowest(list []entry) (most time.Duration) {
	for _, e := range list {
		most = max(most, e.took())
	}
	return most
}

// number counts the entries that are so.
func number(list []entry, is func(entry) bool) (n int) {
	for _, e := range list {
		if is(e) {
			n++
		}
	}
	return n
}

// during are the entries that were under way at some time between two moments.
func during(list []entry, from, to time.Time) (chosen []entry) {
	for _, e := range list {
		if e.Asked.Before(to) && e.Answered.After(from) {
			chosen = append(chosen, e)
		}
	}
	return chosen
}

package board

import (
	"testing"

	"prosumer/internal/accounts"
)

// Statement is the query behind List, for those who look at its plan.
func (b *Board) Statement(t testing.TB, actor accounts.Actor, q Query) (string, []any) {
	t.Helper()
	if err := q.check(); err != nil {
		t.Fatal(err)
	}
	n, err := b.narrow(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	l, err := b.listing(actor, q, n)
	if err != nil {
		t.Fatal(err)
	}
	return l.query, l.args
}

// NewcomersStatement is the query behind the newcomers of a visitor's first page.
func (b *Board) NewcomersStatement(t testing.TB) (string, []any) {
	t.Helper()
	return b.leastQuery(accounts.Actor{}, pick{ID: 1, Key: "1"}, []int64{}, 4)
}

// Bound sets what a search may look at, so that few ideas can be too many.
func (b *Board) Bound(candidates, matching, newest int) {
	b.bounds = bounds{candidates: candidates, matching: matching, newest: newest}
}

package board

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Order is a way to sort the board; each has its sentence on the page.
type Order string

// The orders. Found is the order of a search; it cannot be asked for.
const (
	Trending Order = "trending" // recent votes, which halve every three days
	Rising   Order = "rising"   // what gains much for its size
	Newest   Order = "newest"
	Votes    Order = "votes"
	Score    Order = "score"  // shrunk toward the challenge's mean; only ideas with scores
	Unseen   Order = "unseen" // neither voted on nor seen, in a fair order of the day
	found    Order = "found"
)

// Orders lists those that can be asked for.
var Orders = []Order{Trending, Rising, Newest, Votes, Score, Unseen}

// Query is what a list is asked for. The zero value is the board's front page.
type Query struct {
	Order     Order
	Statuses  []ideas.Status // empty: what takes votes and what became of it
	Topic     string         // slug
	Challenge string         // slug
	Tag       string
	Author    accounts.ID
	Q         string
	After     string
	Limit     int // 1 to 100; 24 when 0
}

// Page lengths.
const (
	defaultLimit = 24
	MaxLimit     = 100
	maxSearch    = 200 // characters of a search; more is no question
)

// shown are the statuses of a list that asks for none.
var shown = []ideas.Status{ideas.Open, ideas.UnderReview, ideas.Shortlisted, ideas.Adopted, ideas.InProduction, ideas.Launched}

// The refusals of a query.
var (
	ErrOrder  = fault.New(fault.Invalid, "board.order", "There is no such order.").With("order", "board.order")
	ErrStatus = fault.New(fault.Invalid, "board.status", "There is no such status to filter by.").With("status", "board.status")
	ErrLimit  = fault.New(fault.Invalid, "board.limit", "A page holds 1 to 100 items.").With("limit", "board.limit")
	ErrSearch = fault.New(fault.Invalid, "board.search", "A search is at most 200 characters of text.").With("q", "board.search")
)

func (q *Query) check() error {
	if q.Order == "" {
		q.Order = Trending
	}
	if !slices.Contains(Orders, q.Order) {
		return ErrOrder
	}
	for _, s := range q.Statuses {
		if !s.Public() {
			return ErrStatus
		}
	}
	if len(q.Statuses) == 0 {
		q.Statuses = shown
	}
	q.Statuses = slices.Clone(q.Statuses)
	slices.Sort(q.Statuses)
	q.Statuses = slices.Compact(q.Statuses)
	q.Q = strings.TrimSpace(q.Q)
	if len([]rune(q.Q)) > maxSearch || !validWords(q.Q) || !validWords(q.Tag) || !validWords(q.Topic) || !validWords(q.Challenge) {
		return ErrSearch
	}
	q.Tag = strings.ToLower(q.Tag)
	var err error
	q.Limit, err = pageLimit(q.Limit, defaultLimit)
	return err
}

// pageLimit is how many items a page holds: usual unless asked for otherwise.
func pageLimit(asked, usual int) (int, error) {
	if asked == 0 {
		return usual, nil
	}
	if asked < 1 || asked > MaxLimit {
		return 0, ErrLimit
	}
	return asked, nil
}

// List gives one page of the board, as the actor may see it. What is sealed is
// listed by Newest and Unseen and found by a search, and by no other order: the
// order would tell the tally.
func (b *Board) List(ctx context.Context, actor accounts.Actor, q Query) (Page[Card], error) {
	if err := q.check(); err != nil {
		return Page[Card]{}, err
	}
	n, err := b.narrow(ctx, q)
	if err != nil {
		return Page[Card]{}, err
	}
	l, err := b.listing(actor, q, n)
	if err != nil || l.query == "" {
		return Page[Card]{}, err
	}
	page, err := b.page(ctx, actor, l, asAnybody)
	if err == nil && l.bounded && len(page.Items) < l.limit { // so rare along this order that the tag's own ideas are fewer
		n.tagged = 1
		if l, err = b.listing(actor, q, n); err == nil {
			page, err = b.page(ctx, actor, l, asAnybody)
		}
	}
	return page, err
}

// Beside gives at most n open ideas of the same topic as a card, the trending
// first; those of any topic for a card without one.
func (b *Board) Beside(ctx context.Context, actor accounts.Actor, card Card, n int) ([]Card, error) {
	q := Query{Limit: n, Statuses: []ideas.Status{ideas.Open, ideas.UnderReview, ideas.Shortlisted}}
	if err := q.check(); err != nil {
		return nil, err
	}
	by := narrowed{without: []int64{int64(card.ID)}}
	if card.Topic != nil {
		by.topic = &card.Topic.ID
	}
	l, err := b.listing(actor, q, by)
	if err != nil {
		return nil, err
	}
	page, err := b.page(ctx, actor, l, asAnybody)
	return page.Items, err
}

// listing is a list ready to be run; without a query it is empty. A bounded one
// may end before all was found.
type listing struct {
	order   string
	limit   int
	query   string
	args    []any
	bounded bool
}

func (b *Board) listing(actor accounts.Actor, q Query, n narrowed) (listing, error) {
	order := q.Order
	if q.Q != "" {
		order = found
	}
	var after *cursor
	if q.After != "" {
		c, err := parseCursor(q.After, string(order))
		if err != nil {
			return listing{}, err
		}
		after = &c
	}
	l := listing{order: string(order), limit: q.Limit}
	var s statement
	var err error
	switch order {
	case found:
		l.query, err = b.bounds.search(&s, q, n, after)
	case Unseen:
		l.query, err = b.unseen(&s, actor, q, n, after)
	default:
		l.bounded = n.common()
		l.query, err = ladders[order].query(&s, q, n, after)
	}
	l.args = s.args
	if n.nothing {
		l.query = "" // only now: a broken cursor is told first
	}
	return l, err
}

// page runs a list and cuts it: one row more than asked for means more to come.
func (b *Board) page(ctx context.Context, actor accounts.Actor, l listing, how sight) (Page[Card], error) {
	var rows []pick
	var err error
	if l.order == string(found) { // planned anew: a rare word wants another plan than a common one
		err = b.db.SelectContext(ctx, &rows, l.query, l.args...)
	} else {
		rows, err = b.picked(ctx, l.query, l.args)
	}
	if err != nil {
		return Page[Card]{}, fmt.Errorf("list %s: %w", l.order, err)
	}
	var page Page[Card]
	if len(rows) > l.limit {
		rows = rows[:l.limit]
		last := rows[l.limit-1]
		page.Next = cursor{order: l.order, key: last.Key, id: int64(last.ID)}.String()
	}
	found, err := b.bodiesOf(ctx, rows)
	if err != nil {
		return Page[Card]{}, err
	}
	page.Items, err = b.dress(ctx, actor, rows, found, how)
	return page, err
}

// picked runs a statement that gives picks, once for all who ask it now. They are
// shared: only read.
func (b *Board) picked(ctx context.Context, query string, args []any) ([]pick, error) {
	return b.rows.Ask(ctx, pg.Question(query, args), func(ctx context.Context) ([]pick, error) {
		var rows []pick
		err := b.prepared.All(ctx, &rows, query, args...)
		return rows, err
	})
}

func statusArray(list []ideas.Status) any {
	raw := make([]string, len(list))
	for i, s := range list {
		raw[i] = string(s)
	}
	return pq.Array(raw)
}

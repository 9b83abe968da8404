package board

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
)

// Order is a way to sort the board; each has its sentence on the page.
type Order string

// The orders. Found is the order of a search; it cannot be asked for.
const (
	Trending Order = "trending" // recent votes, which halve every three days
	Newest   Order = "newest"
	Votes    Order = "votes"
	Unseen   Order = "unseen" // neither voted on nor seen, in a fair order of the day
	found    Order = "found"
)

// Orders lists those that can be asked for.
var Orders = []Order{Trending, Newest, Votes, Unseen}

// Query is what a list is asked for. The zero value is the board's front page.
type Query struct {
	Order    Order
	Statuses []ideas.Status // empty: what takes votes and what became of it
	Topic    string         // slug
	Tag      string
	Author   accounts.ID
	Q        string
	After    string
	Limit    int // 1 to 100; 24 when 0
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
	switch q.Order {
	case Trending, Newest, Votes, Unseen:
	default:
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
	q.Q = strings.TrimSpace(q.Q)
	if len([]rune(q.Q)) > maxSearch || !validWords(q.Q) || !validWords(q.Tag) || !validWords(q.Topic) {
		return ErrSearch
	}
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

// statement gathers a query and its arguments.
type statement struct {
	where []string
	args  []any
}

func (s *statement) arg(v any) string {
	s.args = append(s.args, v)
	return "$" + strconv.Itoa(len(s.args))
}

func (s *statement) and(condition string) { s.where = append(s.where, condition) }

// List gives one page of the board, as the actor may see it.
func (b *Board) List(ctx context.Context, actor accounts.Actor, q Query) (Page[Card], error) {
	l, err := b.listing(actor, q)
	if err != nil {
		return Page[Card]{}, err
	}
	return b.page(ctx, actor, l.order, l.limit, l.query, l.args)
}

// listing is a list ready to be run.
type listing struct {
	order string
	limit int
	query string
	args  []any
}

func (b *Board) listing(actor accounts.Actor, q Query) (listing, error) {
	if err := q.check(); err != nil {
		return listing{}, err
	}
	if q.Order == Unseen && len(q.Statuses) > 3 {
		q.Statuses = []ideas.Status{ideas.Open, ideas.UnderReview, ideas.Shortlisted}
	}
	var s statement
	s.and("NOT i.hidden AND i.status = ANY(" + s.arg(statusArray(q.Statuses)) + ")")
	if q.Topic != "" {
		s.and("t.slug = " + s.arg(q.Topic))
	}
	if q.Tag != "" {
		s.and("EXISTS (SELECT 1 FROM idea_tags g WHERE g.idea_id = i.id AND g.tag = " + s.arg(strings.ToLower(q.Tag)) + ")")
	}
	if q.Author != 0 {
		s.and("i.contributor_id = " + s.arg(q.Author))
	}
	if q.Q != "" {
		return search(q, s)
	}
	o, err := b.order(&s, actor, q)
	if err != nil {
		return listing{}, err
	}
	query := `SELECT ` + cardColumns + `, ` + o.key + ` AS key FROM ideas i ` + o.join + cardJoins +
		` WHERE ` + strings.Join(s.where, " AND ") + ` ORDER BY ` + o.sort + ` LIMIT ` + s.arg(q.Limit+1)
	return listing{order: string(q.Order), limit: q.Limit, query: query, args: s.args}, nil
}

// ordering is how a list is sorted: what it joins, a row's key in text, and the
// sort. An order by rank names the columns of ranks alone, so that its index
// serves both the sort and the cursor.
type ordering struct{ join, key, sort string }

const joinRanks = `JOIN ranks r ON r.idea_id = i.id `

// order adds the condition of the cursor, and says how to sort.
func (b *Board) order(s *statement, actor accounts.Actor, q Query) (ordering, error) {
	var after cursor
	if q.After != "" {
		var err error
		if after, err = parseCursor(q.After, string(q.Order)); err != nil {
			return ordering{}, err
		}
	}
	follows := func(columns string, value any, cast string) {
		s.and(fmt.Sprintf("(%s) < (%s::%s, %s)", columns, s.arg(value), cast, s.arg(after.id)))
	}
	switch q.Order {
	case Newest:
		if q.After != "" {
			at, err := after.moment()
			if err != nil {
				return ordering{}, err
			}
			follows("i.submitted_at, i.id", at, "timestamptz")
		}
		return ordering{key: micros("i.submitted_at"), sort: "i.submitted_at DESC, i.id DESC"}, nil
	case Votes:
		if q.After != "" {
			n, err := after.integer()
			if err != nil {
				return ordering{}, err
			}
			follows("r.voters, r.idea_id", n, "bigint")
		}
		return ordering{join: joinRanks, key: "r.voters::text", sort: "r.voters DESC, r.idea_id DESC"}, nil
	case Unseen:
		return b.unseen(s, actor, q, after)
	default:
		if q.After != "" {
			f, err := after.float()
			if err != nil {
				return ordering{}, err
			}
			follows("r.trending, r.idea_id", f, "float8")
		}
		return ordering{join: joinRanks, key: "r.trending::text", sort: "r.trending DESC, r.idea_id DESC"}, nil
	}
}

// unseen leaves out what the member proposed, voted on or saw, and shuffles the
// rest by a hash of idea, member and day: fair, and the same all day.
func (b *Board) unseen(s *statement, actor accounts.Actor, q Query, after cursor) (ordering, error) {
	day := b.now().UTC().Unix() / (24 * 3600)
	hash := "hashint8extended(i.id, " + s.arg(int64(actor.ID)*1_000_003+day) + "::bigint)"
	if !actor.Visitor() {
		me := s.arg(actor.ID)
		s.and("i.contributor_id <> " + me +
			" AND NOT EXISTS (SELECT 1 FROM votes v WHERE v.idea_id = i.id AND v.voter_id = " + me + ")" +
			" AND NOT EXISTS (SELECT 1 FROM seen n WHERE n.account_id = " + me + " AND n.idea_id = i.id)")
	}
	if q.After != "" {
		h, err := after.integer()
		if err != nil {
			return ordering{}, err
		}
		s.and(fmt.Sprintf("(%s, i.id) < (%s::bigint, %s)", hash, s.arg(h), s.arg(after.id)))
	}
	return ordering{key: hash + "::text", sort: hash + " DESC, i.id DESC"}, nil
}

// page runs a list and cuts it: one row more than asked for means more to come.
func (b *Board) page(ctx context.Context, actor accounts.Actor, order string, limit int, query string, args []any) (Page[Card], error) {
	var rows []cardRow
	if err := b.db.SelectContext(ctx, &rows, query, args...); err != nil {
		return Page[Card]{}, fmt.Errorf("list %s: %w", order, err)
	}
	var page Page[Card]
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		page.Next = cursor{order: order, key: last.Key, id: int64(last.ID)}.String()
	}
	for _, r := range rows {
		page.Items = append(page.Items, r.card())
	}
	return page, b.addMine(ctx, actor, page.Items)
}

func statusArray(list []ideas.Status) any {
	raw := make([]string, len(list))
	for i, s := range list {
		raw[i] = string(s)
	}
	return pq.Array(raw)
}

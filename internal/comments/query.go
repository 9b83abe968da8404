package comments

import (
	"fmt"
	"strconv"
	"strings"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// Order is a way to sort a talk.
type Order string

// The orders. Useful is taken up first, then thanked, then answered.
const (
	Useful Order = "useful"
	Newest Order = "newest"
	Oldest Order = "oldest"
)

// Orders lists them all, the usual one first.
var Orders = []Order{Useful, Newest, Oldest}

// Query is what a talk is asked for. Its zero value is the first page of the
// most useful threads.
type Query struct {
	Order  Order
	Kind   Kind   // empty: every kind
	Stance Stance // empty: either and none
	Thread ID     // only this thread, with all its replies; 0 for all
	From   ID     // of that thread: from the reply with this ID on
	After  string // the cursor of what follows
	Limit  int    // how many threads; PageSize when 0
	Since  ID     // only what came after this comment, the oldest first, replies by themselves
}

// How much one page shows.
const (
	PageSize      = 20
	firstReplies  = 3
	threadReplies = 100
	mostArrived   = 50
	mostPinned    = 5
)

// Page is a part of a talk.
type Page struct {
	Head    Head
	Pinned  []Comment // on the first page of all of it
	Threads []Comment
	Next    string // the cursor of what follows; empty for nothing
	More    ID     // of a single thread: the reply that the rest begins with
	Newest  ID     // the newest comment of the whole talk; what comes later has a higher one
}

// Sides is the talk seen from both sides: the most useful of each.
type Sides struct {
	Head         Head
	For, Against []Comment
}

// cursor names the last thread of a page: the key of the order, and its ID.
type cursor struct{ key, id int64 }

func (c cursor) String() string {
	return strconv.FormatInt(c.key, 10) + "-" + strconv.FormatInt(c.id, 10)
}

// parseCursor reads what String wrote; anything else is ErrCursor.
func parseCursor(s string) (cursor, error) {
	key, id, _ := strings.Cut(s, "-")
	k, err := strconv.ParseInt(key, 10, 64)
	n, wrong := strconv.ParseInt(id, 10, 64)
	c := cursor{k, n}
	if err != nil || wrong != nil || k < 0 || n < 1 || c.String() != s || k > maxMicros {
		return cursor{}, ErrCursor
	}
	return c, nil
}

// maxMicros is the last moment of the year 9999.
const maxMicros = 253_402_300_799_999_999

// ordering is what an order sorts by, and how the cursor of it is compared.
type ordering struct {
	by, after string // after has a place for the key and one for the ID
	key       func(row) int64
}

// The keys of the orders by time are microseconds, which is all that the
// database keeps.
var orderings = map[Order]ordering{
	Useful: {`c.useful DESC, c.id DESC`, `(c.useful, c.id) < (%s::bigint, %s::bigint)`, func(r row) int64 { return r.Useful }},
	Newest: {`c.at DESC, c.id DESC`, `(c.at, c.id) < ('epoch'::timestamptz + %s::bigint * interval '1 microsecond', %s::bigint)`, func(r row) int64 { return r.At.UnixMicro() }},
	Oldest: {`c.at, c.id`, `(c.at, c.id) > ('epoch'::timestamptz + %s::bigint * interval '1 microsecond', %s::bigint)`, func(r row) int64 { return r.At.UnixMicro() }},
}

// statement writes the query of a list: which threads, and with them the first
// of their replies. $1 is the idea, $2 the reader, $3 whether they moderate.
func (q Query) statement(idea ideas.ID, reader accounts.Actor) (query string, args []any, err error) {
	args = []any{idea, reader.ID, reader.Moderates()}
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	o := orderings[q.Order]
	where := []string{`c.idea_id = $1`, `c.thread_id IS NULL`}
	if q.whole() {
		where = append(where, `(c.replies > 0 OR `+sees(`c`)+`)`, `c.pinned_at IS NULL`)
	} else {
		where = append(where, `c.shown`)
	}
	if q.Kind != "" {
		where = append(where, `c.kind = `+arg(q.Kind))
	}
	if q.Stance != "" {
		where = append(where, `c.stance = `+arg(q.Stance))
	}
	if q.After != "" {
		at, err := parseCursor(q.After)
		if err != nil {
			return "", nil, err
		}
		where = append(where, fmt.Sprintf(o.after, arg(at.key), arg(at.id)))
	}
	heads := `SELECT c.id, row_number() OVER (ORDER BY ` + o.by + `) AS nth, false AS pinned FROM comments c WHERE ` +
		strings.Join(where, " AND ") + ` ORDER BY ` + o.by + ` LIMIT ` + strconv.Itoa(q.limit()+1)
	if q.whole() && q.After == "" {
		heads = `(` + heads + `) UNION ALL (SELECT c.id, 0, true FROM comments c WHERE c.idea_id = $1 AND c.pinned_at IS NOT NULL AND c.shown ORDER BY c.pinned_at DESC LIMIT ` + strconv.Itoa(mostPinned) + `)`
	}
	return `WITH heads AS MATERIALIZED (` + heads + `), picked AS (
		SELECT id, nth, pinned, true AS head FROM heads
		UNION ALL
		SELECT r.id, h.nth, h.pinned, false FROM heads h CROSS JOIN LATERAL (
			SELECT r.id FROM comments r WHERE r.thread_id = h.id AND ` + standing(`r`) + ` ORDER BY r.branch_id, r.id LIMIT ` + strconv.Itoa(firstReplies) + `
		) AS r
	) SELECT p.nth, p.pinned AS on_top, p.head, ` + columns + ` FROM picked p ` + each + joins + `
	ORDER BY p.pinned DESC, p.nth, CASE WHEN p.pinned THEN coalesce(c.thread_id, c.id) END DESC, p.head DESC, c.branch_id, c.id`, args, nil
}

func (q Query) limit() int {
	if q.Limit == 0 {
		return PageSize
	}
	return q.Limit
}

// each joins the comments that were picked one by one, by their key: there are
// few of them in a table of many, which the planner cannot know.
const each = `CROSS JOIN LATERAL (SELECT * FROM comments WHERE comments.id = p.id OFFSET 0) AS c `

// whole reports whether nothing narrows the list: then pinned comments stand
// above it, and what is gone keeps its place where it was answered.
func (q Query) whole() bool { return q.Kind == "" && q.Stance == "" }

// sees is that the reader $2, who moderates if $3, may read a comment.
func sees(c string) string {
	return `(` + c + `.shown OR ` + c + `.deleted_at IS NULL AND ($3 OR ` + c + `.author_id = $2))`
}

// standing is that a reply has its place: it may be read, or something below it.
func standing(c string) string {
	return `(` + sees(c) + ` OR EXISTS (SELECT 1 FROM comments k WHERE k.parent_id = ` + c + `.id AND k.shown OFFSET 0))`
}

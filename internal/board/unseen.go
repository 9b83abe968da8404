package board

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// Unseen deals ideas from one of two decks, each shuffled by a hash of the
// idea's number that an index keeps. A member's day picks the deck and cuts it
// in two arcs of a circle; of each arc it picks the end to begin at. The list
// takes from both arcs whatever lies nearer to where its arc began. So every
// idea has its turn at the front, nobody's neighbours are always the same, and
// a page reads only what it shows; the nearness is the key of the cursor.
const decks = 2

// The deck's hashes lie in [deckBottom, deckTop).
const (
	deckBottom int64 = -1 << 61
	deckTop    int64 = 1 << 61
)

// piece is a stretch [lo, hi) of the deck, gone through up or down, whose first
// place lies base from where its arc began.
type piece struct {
	lo, hi, base int64
	down         bool
}

// deal says how a member's day goes through a deck.
func deal(member accounts.ID, day int64) (deck int, pieces []piece) {
	at := uint64(member)*0x9e3779b97f4a7c15 ^ uint64(day)*0xd1342543de82ef95
	draw := func() uint64 { // splitmix64
		at += 0x9e3779b97f4a7c15
		z := at
		z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		return z ^ z>>31
	}
	deck = int(draw() % decks)
	place := func() int64 { return int64(draw()) >> 2 }
	cuts := []int64{place(), place()}
	slices.Sort(cuts)
	one, two := draw()&1 == 0, draw()&1 == 0
	inner := piece{lo: cuts[0], hi: cuts[1], down: one}
	above, below := piece{lo: cuts[1], hi: deckTop, down: two}, piece{lo: deckBottom, hi: cuts[0], down: two}
	if two {
		above.base = below.hi - below.lo
	} else {
		below.base = above.hi - above.lo
	}
	return deck, []piece{inner, above, below}
}

// unseen leaves out what the member proposed, voted on or saw, and what takes no
// votes, whatever statuses are asked for.
func (b *Board) unseen(s *statement, actor accounts.Actor, q Query, n narrowed, after *cursor) (string, error) {
	statuses := slices.DeleteFunc(slices.Clone(q.Statuses), func(status ideas.Status) bool { return !status.Votable() })
	if len(statuses) == 0 {
		return "", nil
	}
	narrow, _ := n.conditions(s, "i", "i.id")
	where := []string{"NOT i.hidden", "i.status " + oneOf(statuses), narrow, n.sought(s, "i.id")}
	if !actor.Visitor() {
		me := s.arg(actor.ID)
		where = append(where, "i.contributor_id <> "+me, notMine("votes", "voter_id", me), notMine("seen", "account_id", me))
	}
	return b.shuffled(s, actor, allOf(where...), q.Limit, after)
}

// notMine is a condition on an idea i: that a table has no row of it and me.
// OFFSET 0 has each looked up by itself, rather than all that the member ever
// saw first.
func notMine(table, owner, me string) string {
	return "NOT EXISTS (SELECT 1 FROM " + table + " n WHERE n.idea_id = i.id AND n." + owner + " = " + me + " OFFSET 0)"
}

// shuffled lists the ideas i under the conditions in the order of the member's
// day, one more than the limit.
func (b *Board) shuffled(s *statement, actor accounts.Actor, conditions string, limit int, after *cursor) (string, error) {
	from, lastID := int64(-1), ""
	if after != nil {
		var err error
		if from, err = after.integer(); err != nil || from < 0 || from > deckTop-deckBottom {
			return "", ErrCursor
		}
		lastID = s.arg(after.id)
	}
	rows := strconv.Itoa(limit + 1) // no argument: how few rows are wanted decides the plan
	deck, pieces := deal(actor.ID, b.now().UTC().Unix()/(24*3600))
	hash := fmt.Sprintf("(hashint8extended(i.id, %d) >> 2)", deck)
	var walks []string
	for _, p := range pieces {
		if walk, left := p.walk(s, hash, conditions, from, lastID, rows); left {
			walks = append(walks, walk)
		}
	}
	if len(walks) == 0 {
		return "", nil
	}
	return "SELECT " + pickColumns + ", p.k::text AS key FROM (SELECT w.id, w.k FROM (" + strings.Join(walks, " UNION ALL ") +
		") AS w ORDER BY w.k, w.id LIMIT " + rows + ") AS p JOIN ideas i ON i.id = p.id " + cardJoins + " ORDER BY p.k, p.id", nil
}

// walk is the SQL of what follows in a piece, and false when nothing can. The
// idea at from itself may have fellows of the same hash; their numbers are
// above lastID.
func (p piece) walk(s *statement, hash, conditions string, from int64, lastID, limit string) (string, bool) {
	along := max(from-p.base, 0) // how far into the piece
	if along >= p.hi-p.lo {
		return "", false
	}
	at := func(n int64) string { return s.arg(n) + "::bigint" } // arguments: one question for every member and day
	lo, hi, way, edge := p.lo+along, p.hi-1, "", p.lo+along
	beyond := ">"
	if p.down {
		lo, hi, way, edge = p.lo, p.hi-1-along, " DESC", p.hi-1-along
		beyond = "<"
	}
	var key string
	if p.down {
		key = fmt.Sprintf("%s - %s + %s", at(p.hi-1), hash, at(p.base))
	} else {
		key = fmt.Sprintf("%s - %s + %s", hash, at(p.lo), at(p.base))
	}
	bounds := fmt.Sprintf("%s BETWEEN %s AND %s", hash, at(lo), at(hi))
	if from >= p.base {
		bounds += fmt.Sprintf(" AND (%s %s %s OR i.id > %s)", hash, beyond, at(edge), lastID)
	}
	return fmt.Sprintf("(SELECT i.id, %s AS k FROM ideas i WHERE %s AND %s ORDER BY %s%s, i.id LIMIT %s)", key, bounds, conditions, hash, way, limit), true
}

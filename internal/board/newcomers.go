package board

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
)

// Newcomers: on the front page one card in so many is an idea that few have seen
// yet, so that what is new gets a look before it has votes. They are the same
// for all visitors and a whole day long. They stand among the cards of the order
// and move none of them: a page shows fewer of these, and the next goes on after
// the last one shown.
//
// Nothing stands on two pages of a walk. A newcomer is one that the order has
// only further down, or not at all because it is sealed; and the cursor carries
// those that were shown, so that the order passes them over.

// What newcomers are chosen from.
const (
	leastWalk   = 200 // of the index of the least shown, how many are looked at
	leastChoice = 4   // so many times as wanted: the day picks among these
	mostCarried = 24  // newcomers that a cursor remembers
)

// Newcomers has one card in every of the front page be an idea that few have
// seen yet; 0 for none.
func (b *Board) Newcomers(every int) { b.newcomers = every }

// NewcomerEvery is what Newcomers was told.
func (b *Board) NewcomerEvery() int { return b.newcomers }

// hasNewcomers says that a list is the whole board by what trends.
func (b *Board) hasNewcomers(q Query) bool {
	return b.newcomers > 1 && (q.Order == "" || q.Order == Trending) && len(q.Statuses) == 0 && q.Q == "" && q.Tag == "" && q.Topic == "" && q.Challenge == "" && q.Author == 0
}

// Front is List as the board's own pages show it: with newcomers, where the list
// is the whole board by what trends.
func (b *Board) Front(ctx context.Context, actor accounts.Actor, q Query) (Page[Card], error) {
	after, carried, err := parseCarried(q.After)
	if err != nil {
		return Page[Card]{}, err
	}
	q.After = after
	if !b.hasNewcomers(q) {
		return b.List(ctx, actor, q)
	}
	if err := q.check(); err != nil {
		return Page[Card]{}, err
	}
	l, err := b.listing(actor, q, narrowed{without: carried})
	if err != nil {
		return Page[Card]{}, err
	}
	var rows []pick
	if err := b.prepared.All(ctx, &rows, l.query, l.args...); err != nil {
		return Page[Card]{}, fmt.Errorf("front page: %w", err)
	}
	wanted := min(len(rows)/(b.newcomers-1), q.Limit/b.newcomers)
	fresh, err := b.leastShown(ctx, actor, rows, carried, wanted)
	if err != nil {
		return Page[Card]{}, err
	}
	var page Page[Card]
	if keep := q.Limit - len(fresh); len(rows) > keep {
		rows = rows[:keep]
		last := rows[keep-1]
		page.Next = carry(cursor{order: l.order, key: last.Key, id: int64(last.ID)}.String(), carried, fresh)
	}
	bodies, err := b.bodiesOf(ctx, slices.Concat(rows, fresh))
	if err != nil {
		return Page[Card]{}, err
	}
	page.Items, err = b.dress(ctx, actor, b.among(rows, fresh), bodies, asAnybody)
	for i, c := range page.Items {
		page.Items[i].Newcomer = slices.ContainsFunc(fresh, func(p pick) bool { return p.ID == c.ID })
	}
	return page, err
}

// among puts each newcomer last of so many.
func (b *Board) among(rows, fresh []pick) []pick {
	var all []pick
	for _, newcomer := range fresh {
		n := min(b.newcomers-1, len(rows))
		all = append(append(all, rows[:n]...), newcomer)
		rows = rows[n:]
	}
	return append(all, rows...)
}

// leastShown chooses newcomers for a page that ends with the last of rows: open
// ideas with the least exposure, the youngest of these, in an order of the day.
// A member is not shown their own, nor what they voted on.
func (b *Board) leastShown(ctx context.Context, actor accounts.Actor, rows []pick, carried []int64, wanted int) ([]pick, error) {
	if wanted == 0 {
		return nil, nil
	}
	query, args := b.leastQuery(actor, rows[len(rows)-1], carried, wanted)
	var found []pick
	if err := b.prepared.All(ctx, &found, query, args...); err != nil {
		return nil, fmt.Errorf("newcomers: %w", err)
	}
	return found, nil
}

func (b *Board) leastQuery(actor accounts.Actor, last pick, carried []int64, wanted int) (string, []any) {
	var s statement
	day, choice := s.arg(b.now().UTC().Unix()/(24*3600)), s.arg(wanted*leastChoice)
	conditions := []string{
		takesVotes, "i.id <> ALL (" + s.arg(pq.Array(carried)) + "::bigint[])",
		"(h.id IS NULL OR clock_timestamp() >= h.voting_open_at AND clock_timestamp() < h.voting_close_at)",
		fmt.Sprintf("(%s <> '' OR (r.trending, r.idea_id) < (%s::float8, %s))", sealNow, s.arg(last.Key), s.arg(last.ID)),
	}
	if !actor.Visitor() {
		me := s.arg(actor.ID)
		conditions = append(conditions, "i.contributor_id <> "+me, notMine("votes", "voter_id", me))
	}
	query := `
		WITH least AS MATERIALIZED (
			SELECT idea_id, shown FROM exposures WHERE votable AND shown < 100 ORDER BY shown, idea_id DESC LIMIT ` + strconv.Itoa(leastWalk) + `
		), fit AS (
			SELECT i.id FROM least e JOIN ideas i ON i.id = e.idea_id JOIN ranks r ON r.idea_id = i.id LEFT JOIN challenges h ON h.id = i.challenge_id
			WHERE ` + allOf(conditions...) + ` ORDER BY e.shown, i.id DESC LIMIT ` + choice + `
		)
		SELECT ` + pickColumns + `, '' AS key FROM fit JOIN ideas i ON i.id = fit.id ` + cardJoins + `
		ORDER BY hashint8extended(i.id, ` + day + `), i.id LIMIT ` + s.arg(wanted)
	return query, s.args
}

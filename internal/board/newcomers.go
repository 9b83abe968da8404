package board

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
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
	leastSpare  = 32  // asked for beside these, since a member leaves out their own and what they voted on
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
	rows, err := b.picked(ctx, l.query, l.args)
	if err != nil {
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

// candidate is an idea that may be a newcomer, with its turn in the order of the day.
type candidate struct {
	ID   ideas.ID    `db:"id"`
	By   accounts.ID `db:"contributor_id"`
	Turn int64       `db:"turn"`
}

// leastShown chooses newcomers for a page that ends with the last of rows: open
// ideas with the least exposure, the youngest of these, in an order of the day.
// A member is not shown their own, nor what they voted on. What they are chosen
// from is the same for everybody, and asked once for all who ask now.
func (b *Board) leastShown(ctx context.Context, actor accounts.Actor, rows []pick, carried []int64, wanted int) ([]pick, error) {
	if wanted == 0 {
		return nil, nil
	}
	last, choice := rows[len(rows)-1], wanted*leastChoice
	found, err := b.candidates(ctx, accounts.Actor{}, last, carried, choice+leastSpare)
	if err != nil {
		return nil, err
	}
	fit, err := b.newTo(ctx, actor, found)
	if err != nil {
		return nil, err
	}
	if len(fit) < choice && len(found) == choice+leastSpare { // they know nearly all of these
		if found, err = b.candidates(ctx, actor, last, carried, choice); err != nil {
			return nil, err
		}
		fit = slices.Clone(found)
	}
	fit = fit[:min(len(fit), choice)]
	slices.SortFunc(fit, func(one, other candidate) int {
		return cmp.Or(cmp.Compare(one.Turn, other.Turn), cmp.Compare(one.ID, other.ID))
	})
	fit = fit[:min(len(fit), wanted)]
	if len(fit) == 0 {
		return nil, nil
	}
	ids := make([]ideas.ID, len(fit))
	for i, c := range fit {
		ids[i] = c.ID
	}
	const query = `
		SELECT ` + pickColumns + `, '' AS key
		FROM unnest($1::bigint[]) WITH ORDINALITY AS o (id, place) JOIN ideas i ON i.id = o.id ` + cardJoins + ` ORDER BY o.place`
	fresh, err := b.picked(ctx, query, []any{pg.IDs(ids)})
	if err != nil {
		return nil, fmt.Errorf("newcomers: %w", err)
	}
	return fresh, nil
}

// newTo leaves out what the actor proposed or voted on, and gives a list of its own.
func (b *Board) newTo(ctx context.Context, actor accounts.Actor, found []candidate) ([]candidate, error) {
	picks := make([]pick, len(found))
	for i, c := range found {
		picks[i].ID = c.ID
	}
	voted, err := b.mine(ctx, actor, picks)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(found), func(c candidate) bool {
		return !actor.Visitor() && (c.By == actor.ID || voted[c.ID] != nil)
	}), nil
}

// candidates are at most so many, those with the least exposure first. They are
// shared: only read.
func (b *Board) candidates(ctx context.Context, actor accounts.Actor, last pick, carried []int64, most int) ([]candidate, error) {
	query, args := b.leastQuery(actor, last, carried, most)
	found, err := b.unknown.Ask(ctx, pg.Question(query, args), func(ctx context.Context) ([]candidate, error) {
		var rows []candidate
		err := b.prepared.All(ctx, &rows, query, args...)
		return rows, err
	})
	if err != nil {
		return nil, fmt.Errorf("newcomers: %w", err)
	}
	return found, nil
}

func (b *Board) leastQuery(actor accounts.Actor, last pick, carried []int64, most int) (string, []any) {
	var s statement
	day, choice := s.arg(b.now().UTC().Unix()/(24*3600)), s.arg(most)
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
		)
		SELECT i.id, i.contributor_id, hashint8extended(i.id, ` + day + `) AS turn
		FROM least e JOIN ideas i ON i.id = e.idea_id JOIN ranks r ON r.idea_id = i.id LEFT JOIN challenges h ON h.id = i.challenge_id
		WHERE ` + allOf(conditions...) + ` ORDER BY e.shown, i.id DESC LIMIT ` + choice
	return query, s.args
}

package votes

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// result is what the statement saw of one idea, and its tally afterwards.
type result struct {
	Tally
	State       state
	Kind        challenges.Kind
	Contributor accounts.ID
	Barred      pq.Int64Array // the voters of this batch who may not vote
	Overspent   pq.Int64Array // ballots of this batch over their challenge's budget: the ideas, then the voters
	Changed     bool
}

// state is whether an idea took votes at the moment its tally was locked.
type state string

const (
	open      state = "open"
	unseen    state = "unseen" // draft, held or hidden: as if it were not there
	closed    state = "closed"
	merged    state = "merged"
	withdrawn state = "withdrawn"
	early     state = "early" // before its challenge's voting
	late      state = "late"
)

// castBallots is prepared by the writer, once for a connection.
const castBallots = `
	SELECT idea_id, voters, ones, twos, threes, fours, fives, would_buy, staff, revision, state, ballot, seal, contributor_id, barred, overspent, changed
	FROM cast_ballots($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

// apply writes a batch holding at most one ballot per voter and idea. It is one
// call of the database function cast_ballots (migration 0018), which locks the
// tallies in order of idea and then, with a fresh snapshot, checks the ideas and
// their challenges, writes the votes and their ledger, and moves the tallies by
// the difference. Running it twice changes nothing the second time.
func apply(ctx context.Context, statement *sqlx.Stmt, batch []Ballot) (map[ideas.ID]result, error) {
	c := newColumns(len(batch))
	for _, b := range batch {
		c.add(b)
	}
	rows, err := statement.QueryContext(ctx, c.args()...)
	if err != nil {
		return nil, fmt.Errorf("write %d ballots: %w", len(batch), err)
	}
	defer func() { _ = rows.Close() }()
	results := make(map[ideas.ID]result, len(batch))
	for rows.Next() { // by hand: finding fields by name would cost a tenth of the batch
		var r result
		s := &r.Scores
		if err := rows.Scan(&r.Idea, &r.Voters, &s[0], &s[1], &s[2], &s[3], &s[4], &r.WouldBuy, &r.Staff, &r.Revision,
			&r.State, &r.Kind, &r.Seal, &r.Contributor, &r.Barred, &r.Overspent, &r.Changed); err != nil {
			return nil, fmt.Errorf("read %d ballots' tallies: %w", len(batch), err)
		}
		results[r.Idea] = r
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("write %d ballots: %w", len(batch), err)
	}
	return results, nil
}

// columns is a batch as the arrays of its statement.
type columns struct {
	ideas, voters, scores  []int64
	buys, staffs, retracts []bool
	addresses, networks    []int64
	browsers, referrers    []string
}

func newColumns(n int) *columns {
	return &columns{
		make([]int64, 0, n), make([]int64, 0, n), make([]int64, 0, n),
		make([]bool, 0, n), make([]bool, 0, n), make([]bool, 0, n),
		make([]int64, 0, n), make([]int64, 0, n),
		make([]string, 0, n), make([]string, 0, n),
	}
}

func (c *columns) add(b Ballot) {
	c.ideas, c.voters, c.scores = append(c.ideas, int64(b.Idea)), append(c.voters, int64(b.Voter)), append(c.scores, int64(b.Choice.Score))
	c.buys, c.staffs, c.retracts = append(c.buys, b.Choice.WouldBuy), append(c.staffs, b.Staff), append(c.retracts, b.Retract)
	from := b.Choice.From
	c.addresses, c.networks = append(c.addresses, from.Address), append(c.networks, from.Network)
	c.browsers, c.referrers = append(c.browsers, from.Browser), append(c.referrers, from.Referrer)
}

func (c *columns) args() []any {
	return []any{
		pq.Array(c.ideas), pq.Array(c.voters), pq.Array(c.scores), pq.Array(c.buys), pq.Array(c.staffs), pq.Array(c.retracts),
		pq.Array(c.addresses), pq.Array(c.networks), pq.Array(c.browsers), pq.Array(c.referrers),
	}
}

// unlocked says which of the batch's ideas nobody else holds the tally of. One
// that has no tally counts as free: the batch says what is the matter with it.
func unlocked(ctx context.Context, q pg.Q, batch []request) (map[ideas.ID]bool, error) {
	asked := make([]ideas.ID, len(batch))
	for i, r := range batch {
		asked[i] = r.ballot.Idea
	}
	var free []ideas.ID
	const query = `
		WITH free AS (SELECT idea_id FROM tallies WHERE idea_id = ANY($1) FOR UPDATE SKIP LOCKED)
		SELECT DISTINCT asked.id FROM unnest($1::bigint[]) AS asked (id)
		WHERE asked.id IN (SELECT idea_id FROM free) OR NOT EXISTS (SELECT 1 FROM tallies t WHERE t.idea_id = asked.id)`
	if err := sqlx.SelectContext(ctx, q, &free, query, pq.Array(raw(asked))); err != nil {
		return nil, fmt.Errorf("unlocked tallies: %w", err)
	}
	found := make(map[ideas.ID]bool, len(free))
	for _, id := range free {
		found[id] = true
	}
	return found, nil
}

func tallies(ctx context.Context, q pg.Q, list []ideas.ID) ([]Tally, error) {
	var found []Tally
	const query = `
		SELECT t.idea_id, t.voters, ARRAY[t.ones, t.twos, t.threes, t.fours, t.fives] AS scored, t.would_buy, t.staff, t.revision,
		       coalesce(challenge_seal(c.sealed, c.voting_close_at, clock_timestamp()), '') AS seal
		FROM tallies t JOIN ideas i ON i.id = t.idea_id LEFT JOIN challenges c ON c.id = i.challenge_id
		WHERE t.idea_id = ANY($1)`
	if err := sqlx.SelectContext(ctx, q, &found, query, pq.Array(raw(list))); err != nil {
		return nil, fmt.Errorf("tallies: %w", err)
	}
	return found, nil
}

func mine(ctx context.Context, q pg.Q, voter accounts.ID, list []ideas.ID) ([]Vote, error) {
	var found []Vote
	const query = `SELECT idea_id, coalesce(score, 0) AS score, would_buy, cast_at FROM votes WHERE voter_id = $1 AND idea_id = ANY($2)`
	if err := sqlx.SelectContext(ctx, q, &found, query, voter, pq.Array(raw(list))); err != nil {
		return nil, fmt.Errorf("votes of account %d: %w", voter, err)
	}
	return found, nil
}

func raw(list []ideas.ID) []int64 {
	ids := make([]int64, len(list))
	for i, id := range list {
		ids[i] = int64(id)
	}
	return ids
}

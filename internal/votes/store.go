package votes

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// result is what the statement saw of one idea, and its tally afterwards.
type result struct {
	Tally
	Open        bool        `db:"open"`
	Unseen      bool        `db:"unseen"` // draft, held or hidden: as if it were not there
	Contributor accounts.ID `db:"contributor_id"`
	Changed     bool        `db:"changed"`
}

// apply writes a batch holding at most one ballot per voter and idea. It is one
// call of the database function cast_ballots (migration 0008), which locks the
// tallies in order of idea and then, with a fresh snapshot, checks the ideas,
// writes the votes and moves the tallies by the difference. Running it twice
// changes nothing the second time.
func apply(ctx context.Context, q pg.Q, batch []Ballot) (map[ideas.ID]result, error) {
	onIdeas, voters := make([]int64, len(batch)), make([]int64, len(batch))
	buys, staffs, retracts := make([]bool, len(batch)), make([]bool, len(batch)), make([]bool, len(batch))
	for i, b := range batch {
		onIdeas[i], voters[i] = int64(b.Idea), int64(b.Voter)
		buys[i], staffs[i], retracts[i] = b.Choice.WouldBuy, b.Staff, b.Retract
	}
	var rows []result
	const query = `
		SELECT idea_id, voters, would_buy, staff, revision, open, unseen, contributor_id, changed
		FROM cast_ballots($1, $2, $3, $4, $5)`
	err := sqlx.SelectContext(ctx, q, &rows, query, pq.Array(onIdeas), pq.Array(voters), pq.Array(buys), pq.Array(staffs), pq.Array(retracts))
	if err != nil {
		return nil, fmt.Errorf("write %d ballots: %w", len(batch), err)
	}
	results := make(map[ideas.ID]result, len(rows))
	for _, r := range rows {
		results[r.Idea] = r
	}
	return results, nil
}

func tallies(ctx context.Context, q pg.Q, list []ideas.ID) ([]Tally, error) {
	var found []Tally
	const query = `SELECT idea_id, voters, would_buy, staff, revision FROM tallies WHERE idea_id = ANY($1)`
	if err := sqlx.SelectContext(ctx, q, &found, query, pq.Array(raw(list))); err != nil {
		return nil, fmt.Errorf("tallies: %w", err)
	}
	return found, nil
}

func mine(ctx context.Context, q pg.Q, voter accounts.ID, list []ideas.ID) ([]Vote, error) {
	var found []Vote
	const query = `SELECT idea_id, would_buy, cast_at FROM votes WHERE voter_id = $1 AND idea_id = ANY($2)`
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

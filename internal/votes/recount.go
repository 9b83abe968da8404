package votes

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Figures are the numbers of a tally.
type Figures struct {
	Voters   int    `db:"voters"`
	Scores   Scores `db:"scored"`
	WouldBuy int    `db:"would_buy"`
	Staff    int    `db:"staff"`
}

// String says them in a line, for a terminal.
func (f Figures) String() string {
	return fmt.Sprintf("voters %d, scores %v, would buy %d, staff %d", f.Voters, f.Scores, f.WouldBuy, f.Staff)
}

// Difference is a tally that does not equal what it should add up.
type Difference struct {
	Idea  ideas.ID `db:"idea_id"`
	Says  Figures  `db:"says"`
	Right Figures  `db:"right"`
}

// recountBatch bounds how many ideas one statement counts.
const recountBatch = 500

// counted adds up what stands in v: votes, or their last events.
const counted = `
	count(*) FILTER (WHERE counts AND NOT staff) AS voters,
	ARRAY[count(*) FILTER (WHERE counts AND NOT staff AND score = 1), count(*) FILTER (WHERE counts AND NOT staff AND score = 2),
	      count(*) FILTER (WHERE counts AND NOT staff AND score = 3), count(*) FILTER (WHERE counts AND NOT staff AND score = 4),
	      count(*) FILTER (WHERE counts AND NOT staff AND score = 5)]::integer[] AS scored,
	count(*) FILTER (WHERE counts AND NOT staff AND would_buy) AS would_buy,
	count(*) FILTER (WHERE counts AND staff) AS staff`

// said is what the tally t says, and right what c counted, under the names of a
// Difference.
const (
	said = `
	coalesce(t.voters, 0) AS "says.voters", ARRAY[coalesce(t.ones, 0), coalesce(t.twos, 0), coalesce(t.threes, 0), coalesce(t.fours, 0), coalesce(t.fives, 0)] AS "says.scored",
	coalesce(t.would_buy, 0) AS "says.would_buy", coalesce(t.staff, 0) AS "says.staff"`
	right = `
	coalesce(c.voters, 0) AS "right.voters", coalesce(c.scored, '{0,0,0,0,0}') AS "right.scored",
	coalesce(c.would_buy, 0) AS "right.would_buy", coalesce(c.staff, 0) AS "right.staff"`
	differ = `(t.voters, ARRAY[t.ones, t.twos, t.threes, t.fours, t.fives], t.would_buy, t.staff) IS DISTINCT FROM
	(coalesce(c.voters, 0)::integer, coalesce(c.scored, '{0,0,0,0,0}'), coalesce(c.would_buy, 0)::integer, coalesce(c.staff, 0)::integer)`
)

// differences needs no lock: a tally equals its votes in every snapshot. An
// idea that was once submitted and has no tally differs, too.
const differences = `
	SELECT i.id AS idea_id,` + said + `,` + right + `
	FROM ideas i LEFT JOIN tallies t ON t.idea_id = i.id CROSS JOIN LATERAL (
		SELECT` + counted + ` FROM votes v WHERE v.idea_id = i.id
	) AS c
	WHERE i.id = ANY($1) AND i.status <> 'draft' AND ` + differ + `
	ORDER BY i.id`

// Orphans counts votes on ideas that do not exist: there are no foreign keys.
func (s *Service) Orphans(ctx context.Context) (int, error) {
	var n int
	if err := s.db.GetContext(ctx, &n, `SELECT count(*) FROM votes v WHERE NOT EXISTS (SELECT 1 FROM ideas i WHERE i.id = v.idea_id)`); err != nil {
		return 0, fmt.Errorf("orphan votes: %w", err)
	}
	return n, nil
}

// Recount compares every tally with its votes, in batches, and mends it when
// repair is set. Votes go on meanwhile. progress is called after each batch.
func (s *Service) Recount(ctx context.Context, repair bool, progress func(done, total int)) ([]Difference, error) {
	var list []ideas.ID
	if err := s.db.SelectContext(ctx, &list, `SELECT id FROM ideas WHERE status <> 'draft' ORDER BY id`); err != nil {
		return nil, fmt.Errorf("ideas to recount: %w", err)
	}
	var all []Difference
	for start := 0; start < len(list); start += recountBatch {
		end := min(start+recountBatch, len(list))
		var found []Difference
		if err := s.db.SelectContext(ctx, &found, differences, pq.Array(raw(list[start:end]))); err != nil {
			return all, fmt.Errorf("recount: %w", err)
		}
		all = append(all, found...)
		if repair && len(found) > 0 {
			err := pg.InTx(ctx, s.db, func(tx pg.Q) error { return mend(ctx, tx, ideasOf(found)) })
			if err != nil {
				return all, err
			}
		}
		progress(end, len(list))
	}
	return all, nil
}

func ideasOf(found []Difference) []ideas.ID {
	list := make([]ideas.ID, len(found))
	for i, d := range found {
		list[i] = d.Idea
	}
	return list
}

// hold locks the tallies of these ideas, in order of idea as the batches do,
// and makes those that are missing.
func hold(ctx context.Context, tx pg.Q, list []ideas.ID) error {
	for _, prepare := range []string{
		`INSERT INTO tallies (idea_id) SELECT unnest($1::bigint[]) ORDER BY 1 ON CONFLICT DO NOTHING`,
		`SELECT 1 FROM tallies WHERE idea_id = ANY($1) ORDER BY idea_id FOR UPDATE`,
	} {
		if _, err := tx.ExecContext(ctx, prepare, pq.Array(raw(list))); err != nil {
			return fmt.Errorf("lock tallies: %w", err)
		}
	}
	return nil
}

// mend counts once more, now that nothing moves.
func mend(ctx context.Context, tx pg.Q, list []ideas.ID) error {
	if err := hold(ctx, tx, list); err != nil {
		return err
	}
	var still []Difference
	if err := sqlx.SelectContext(ctx, tx, &still, differences, pq.Array(raw(list))); err != nil {
		return fmt.Errorf("recount: %w", err)
	}
	for _, d := range still {
		const query = `
			UPDATE tallies SET voters = $2, ones = $3, twos = $4, threes = $5, fours = $6, fives = $7, would_buy = $8, staff = $9, revision = revision + 1
			WHERE idea_id = $1`
		s := d.Right.Scores
		if _, err := tx.ExecContext(ctx, query, d.Idea, d.Right.Voters, s[0], s[1], s[2], s[3], s[4], d.Right.WouldBuy, d.Right.Staff); err != nil {
			return fmt.Errorf("mend tally of idea %d: %w", d.Idea, err)
		}
	}
	return refreshRanks(ctx, tx, list)
}

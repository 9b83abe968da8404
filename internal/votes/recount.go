package votes

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Difference is a tally that does not equal its votes: what it says of voters,
// would buy and staff, each with what the votes say.
type Difference struct {
	Idea     ideas.ID `db:"idea_id"`
	Voters   int      `db:"voters"`
	Counted  int      `db:"counted"`
	WouldBuy int      `db:"would_buy"`
	Buy      int      `db:"buy"`
	Staff    int      `db:"staff"`
	OfStaff  int      `db:"of_staff"`
}

// recountBatch bounds how many ideas one statement counts.
const recountBatch = 500

// differences needs no lock: a tally equals its votes in every snapshot. An
// idea that was once submitted and has no tally differs, too.
const differences = `
	SELECT i.id AS idea_id, coalesce(t.voters, 0) AS voters, c.voters AS counted, coalesce(t.would_buy, 0) AS would_buy, c.would_buy AS buy,
	       coalesce(t.staff, 0) AS staff, c.staff AS of_staff
	FROM ideas i LEFT JOIN tallies t ON t.idea_id = i.id CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE counts AND NOT staff) AS voters,
		       count(*) FILTER (WHERE counts AND NOT staff AND would_buy) AS would_buy,
		       count(*) FILTER (WHERE counts AND staff) AS staff
		FROM votes v WHERE v.idea_id = i.id
	) AS c
	WHERE i.id = ANY($1) AND i.status <> 'draft' AND (t.voters, t.would_buy, t.staff) IS DISTINCT FROM (c.voters, c.would_buy, c.staff)
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
			if err := s.mend(ctx, found); err != nil {
				return all, err
			}
		}
		progress(end, len(list))
	}
	return all, nil
}

// mend locks the tallies that differ, in order of idea as the batches do, and
// counts them once more, now that nothing moves.
func (s *Service) mend(ctx context.Context, found []Difference) error {
	list := make([]ideas.ID, len(found))
	for i, d := range found {
		list[i] = d.Idea
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		for _, prepare := range []string{
			`INSERT INTO tallies (idea_id) SELECT unnest($1::bigint[]) ORDER BY 1 ON CONFLICT DO NOTHING`,
			`SELECT 1 FROM tallies WHERE idea_id = ANY($1) ORDER BY idea_id FOR UPDATE`,
		} {
			if _, err := tx.ExecContext(ctx, prepare, pq.Array(raw(list))); err != nil {
				return fmt.Errorf("lock tallies: %w", err)
			}
		}
		var still []Difference
		if err := sqlx.SelectContext(ctx, tx, &still, differences, pq.Array(raw(list))); err != nil {
			return fmt.Errorf("recount: %w", err)
		}
		for _, d := range still {
			const query = `UPDATE tallies SET voters = $2, would_buy = $3, staff = $4, revision = revision + 1 WHERE idea_id = $1`
			if _, err := tx.ExecContext(ctx, query, d.Idea, d.Counted, d.Buy, d.OfStaff); err != nil {
				return fmt.Errorf("mend tally of idea %d: %w", d.Idea, err)
			}
		}
		return refreshRanks(ctx, tx, list)
	})
}

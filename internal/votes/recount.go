package votes

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Difference is a tally that does not equal its votes.
type Difference struct {
	Idea            ideas.ID `db:"idea_id"`
	Voters, Counted int      // what the tally says, and what the votes say
	WouldBuy, Buy   int
	Staff, OfStaff  int
}

// recountBatch bounds how many tallies are locked at once.
const recountBatch = 500

const differences = `
	SELECT t.idea_id, t.voters, c.voters AS counted, t.would_buy, c.would_buy AS buy, t.staff, c.staff AS ofstaff
	FROM tallies t CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE counts AND NOT staff) AS voters,
		       count(*) FILTER (WHERE counts AND NOT staff AND would_buy) AS would_buy,
		       count(*) FILTER (WHERE counts AND staff) AS staff
		FROM votes v WHERE v.idea_id = t.idea_id
	) AS c
	WHERE t.idea_id > $1 AND t.idea_id <= $2 AND (t.voters, t.would_buy, t.staff) <> (c.voters, c.would_buy, c.staff)
	ORDER BY t.idea_id`

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
	var ids []int64
	if err := s.db.SelectContext(ctx, &ids, `SELECT idea_id FROM tallies ORDER BY idea_id`); err != nil {
		return nil, fmt.Errorf("tallies to recount: %w", err)
	}
	var all []Difference
	for start, last := 0, int64(0); start < len(ids); start += recountBatch {
		upTo := ids[min(start+recountBatch, len(ids))-1]
		found, err := s.recountRange(ctx, last, upTo, repair)
		if err != nil {
			return all, err
		}
		all = append(all, found...)
		last = upTo
		progress(min(start+recountBatch, len(ids)), len(ids))
	}
	return all, nil
}

func (s *Service) recountRange(ctx context.Context, after, upTo int64, repair bool) ([]Difference, error) {
	var found []Difference
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		const lock = `SELECT 1 FROM tallies WHERE idea_id > $1 AND idea_id <= $2 ORDER BY idea_id FOR UPDATE`
		if _, err := tx.ExecContext(ctx, lock, after, upTo); err != nil {
			return fmt.Errorf("lock tallies: %w", err)
		}
		if err := sqlx.SelectContext(ctx, tx, &found, differences, after, upTo); err != nil {
			return fmt.Errorf("recount: %w", err)
		}
		for _, d := range found {
			if !repair {
				break
			}
			const mend = `UPDATE tallies SET voters = $2, would_buy = $3, staff = $4, revision = revision + 1 WHERE idea_id = $1`
			if _, err := tx.ExecContext(ctx, mend, d.Idea, d.Counted, d.Buy, d.OfStaff); err != nil {
				return fmt.Errorf("mend tally of idea %d: %w", d.Idea, err)
			}
		}
		return nil
	})
	return found, err
}

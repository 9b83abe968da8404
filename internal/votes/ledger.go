package votes

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// ledgerPass is about how many events one pass of a replay sorts.
const ledgerPass = 1 << 20

// replayed is the state of every vote by the ledger, of the ideas of one pass:
// the last event of each voter and idea, and the votes older than the ledger
// that nothing has touched since, which vouch for themselves.
const replayed = `
	last AS MATERIALIZED (
		SELECT DISTINCT ON (idea_id, voter_id) idea_id, voter_id, retract, score, would_buy, staff, counts, via, coalesce(cast_at, at) AS at
		FROM vote_events e WHERE %[1]s ORDER BY idea_id, voter_id, revision DESC
	), state AS MATERIALIZED (
		SELECT l.idea_id, l.voter_id, l.score, l.would_buy, l.staff, l.counts, l.via, l.at FROM last l
		WHERE NOT l.retract AND EXISTS (SELECT 1 FROM ideas i WHERE i.id = l.idea_id)
		UNION ALL
		SELECT e.idea_id, e.voter_id, e.score, e.would_buy, e.staff, e.counts, e.via, e.cast_at FROM votes e
		WHERE %[1]s AND e.cast_at < vote_events_begin()
		  AND NOT EXISTS (SELECT 1 FROM last l WHERE l.idea_id = e.idea_id AND l.voter_id = e.voter_id)
	)`

// Replay is what a comparison with the ledger found.
type Replay struct {
	Tallies []Difference // tallies that differ from what the ledger adds up to
	Votes   []ideas.ID   // ideas with a vote that differs from the ledger's
}

// Exact says whether the ledger, the votes and the tallies agree.
func (r Replay) Exact() bool { return len(r.Tallies) == 0 && len(r.Votes) == 0 }

// ReplayLedger adds up the ledger and compares it with every tally and vote.
// With repair the votes of what differs are written as the ledger has them, and
// their tallies counted again. It works in passes over a share of the ideas
// each, so that memory stays flat; votes go on meanwhile.
func (s *Service) ReplayLedger(ctx context.Context, repair bool, progress func(done, total int)) (Replay, error) {
	var events int
	const size = `SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'vote_events'::regclass`
	if err := s.db.GetContext(ctx, &events, size); err != nil {
		return Replay{}, fmt.Errorf("size of the ledger: %w", err)
	}
	passes := events/ledgerPass + 1
	var all Replay
	for pass := range passes {
		found, err := s.replayPass(ctx, passes, pass)
		if err != nil {
			return all, err
		}
		if repair && !found.Exact() {
			if err := s.restore(ctx, found); err != nil {
				return all, err
			}
		}
		all.Tallies, all.Votes = append(all.Tallies, found.Tallies...), append(all.Votes, found.Votes...)
		progress(pass+1, passes)
	}
	return all, nil
}

// replayPass looks at tallies, votes and ledger in one snapshot.
func (s *Service) replayPass(ctx context.Context, passes, pass int) (found Replay, err error) {
	share := fmt.Sprintf("e.idea_id %% %d = %d", passes, pass)
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		for _, set := range []string{
			"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", "SET LOCAL statement_timeout = 0", "SET LOCAL work_mem = '128MB'",
			"SET LOCAL enable_nestloop = off", // the share of a pass is guessed far too small
		} {
			if _, err := tx.ExecContext(ctx, set); err != nil {
				return fmt.Errorf("prepare the replay: %w", err)
			}
		}
		state := fmt.Sprintf(replayed, share)
		query := `WITH ` + state + `, c AS (SELECT v.idea_id,` + counted + ` FROM state v GROUP BY v.idea_id)
			SELECT coalesce(t.idea_id, c.idea_id) AS idea_id,` + said + `,` + right + `
			FROM (SELECT * FROM tallies e WHERE ` + share + `) AS t FULL JOIN c USING (idea_id)
			WHERE ` + differ + ` ORDER BY 1`
		if err := sqlx.SelectContext(ctx, tx, &found.Tallies, query); err != nil {
			return fmt.Errorf("replay tallies: %w", err)
		}
		votes := `WITH ` + state + `
			SELECT DISTINCT idea_id FROM (SELECT * FROM votes e WHERE ` + share + `) AS v FULL JOIN state l USING (idea_id, voter_id)
			WHERE (v.score, v.would_buy, v.staff, v.counts, v.via) IS DISTINCT FROM (l.score, l.would_buy, l.staff, l.counts, l.via)
			   OR v.idea_id IS NULL OR l.idea_id IS NULL
			ORDER BY idea_id`
		if err := sqlx.SelectContext(ctx, tx, &found.Votes, votes); err != nil {
			return fmt.Errorf("replay votes: %w", err)
		}
		return nil
	})
	return found, err
}

// restore writes the votes of what differs as the ledger has them.
func (s *Service) restore(ctx context.Context, found Replay) error {
	list := append(ideasOf(found.Tallies), found.Votes...)
	slices.Sort(list)
	for piece := range slices.Chunk(slices.Compact(list), recountBatch) {
		err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
			if err := hold(ctx, tx, piece); err != nil {
				return err
			}
			if err := pg.Unhurried(ctx, tx); err != nil {
				return err
			}
			state := fmt.Sprintf(replayed, "e.idea_id = ANY($1)")
			query := `WITH ` + state + `, gone AS (
					DELETE FROM votes v WHERE v.idea_id = ANY($1)
					  AND NOT EXISTS (SELECT 1 FROM state s WHERE s.idea_id = v.idea_id AND s.voter_id = v.voter_id)
				)
				INSERT INTO votes AS v (idea_id, voter_id, score, would_buy, staff, counts, cast_at, via)
				SELECT idea_id, voter_id, score, would_buy, staff, counts, at, via FROM state
				ON CONFLICT (idea_id, voter_id) DO UPDATE
				SET score = excluded.score, would_buy = excluded.would_buy, staff = excluded.staff, counts = excluded.counts, cast_at = excluded.cast_at, via = excluded.via`
			if _, err := tx.ExecContext(ctx, query, pq.Array(raw(piece))); err != nil {
				return fmt.Errorf("restore votes: %w", err)
			}
			return mend(ctx, tx, piece)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// MakeRoom makes the months of the ledger that are missing, to a year ahead,
// and says how many. It is called at start and once an hour.
func (s *Service) MakeRoom(ctx context.Context) (int, error) {
	var made int
	if err := s.db.GetContext(ctx, &made, `SELECT vote_events_make_room()`); err != nil {
		return 0, fmt.Errorf("months of the ledger: %w", err)
	}
	return made, nil
}

package milestones

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// due are the ideas that votes may bring on: those that take votes, that
// everybody sees, and whose figures everybody may know.
const due = `
	FROM ideas i JOIN tallies t ON t.idea_id = i.id LEFT JOIN challenges h ON h.id = i.challenge_id
	WHERE i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden
	  AND coalesce(challenge_seal(h.sealed, h.voting_close_at, clock_timestamp()), '') = ''`

// reached brings every milestone of these ideas that was passed into the table,
// and tells of it. It may be called for the same ideas by many at once.
func (s *Service) reached(ctx context.Context, list []ideas.ID) error {
	voters, _ := s.opts.Ladder.columns()
	if len(voters) == 0 || len(list) == 0 {
		return nil
	}
	const query = `SELECT i.id` + due + ` AND i.id = ANY($1) AND EXISTS (
		SELECT 1 FROM unnest($2::bigint[]) AS step WHERE step <= t.voters AND NOT EXISTS (
			SELECT 1 FROM milestones_reached m WHERE m.idea_id = i.id AND m.voters = step))`
	var passed []ideas.ID
	if err := s.db.SelectContext(ctx, &passed, query, pg.IDs(list), pq.Array(voters)); err != nil {
		return fmt.Errorf("milestones of %d ideas: %w", len(list), err)
	}
	for _, id := range passed {
		err := s.reach(ctx, id)
		if err != nil && !errors.Is(err, ideas.ErrMoved) { // the team was quicker: the milestone waits for the next vote, or the hour
			return err
		}
	}
	return nil
}

// reach notes what one idea has reached, once: who writes the row tells of it.
func (s *Service) reach(ctx context.Context, id ideas.ID) error {
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		var idea struct {
			Status ideas.Status `db:"status"`
			Voters int          `db:"voters"`
			Timed  bool         `db:"timed"`
		}
		const look = `SELECT i.status, t.voters, i.status = 'open' AND i.challenge_id IS NULL AS timed` + due + ` AND i.id = $1 FOR UPDATE OF i`
		err := sqlx.GetContext(ctx, tx, &idea, look, id)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("milestones of idea %d: %w", id, err)
		}
		voters, days := s.opts.Ladder.columns()
		const note = `
			INSERT INTO milestones_reached (idea_id, voters, days)
			SELECT $1, step.voters, step.days FROM unnest($2::bigint[], $3::bigint[]) AS step (voters, days) WHERE step.voters <= $4
			ON CONFLICT DO NOTHING RETURNING voters`
		var fresh []int
		if err := sqlx.SelectContext(ctx, tx, &fresh, note, id, pq.Array(voters), pq.Array(days), idea.Voters); err != nil {
			return fmt.Errorf("milestones of idea %d: %w", id, err)
		}
		if len(fresh) == 0 {
			return nil
		}
		return s.announce(ctx, tx, id, idea.Status, idea.Timed && s.opts.Days > 0, fresh)
	})
}

// announce tells of the highest of what was reached at this moment, and puts an
// open idea under review where one of them says so.
func (s *Service) announce(ctx context.Context, tx pg.Q, id ideas.ID, status ideas.Status, timed bool, fresh []int) error {
	highest := slices.Max(fresh)
	data := map[string]string{"voters": strconv.Itoa(highest)}
	if timed && slices.ContainsFunc(s.opts.Ladder, func(step Step) bool { return step.Days > 0 && slices.Contains(fresh, step.Voters) }) {
		data["longer"] = "1"
	}
	review := status == ideas.Open && slices.ContainsFunc(s.opts.Ladder, func(step Step) bool { return step.Review && slices.Contains(fresh, step.Voters) })
	if review {
		data["review"] = "1"
		board, err := accounts.Board(ctx, tx)
		if err != nil {
			return err
		}
		if err := s.ideas.MoveByBoard(ctx, tx, board, id, ideas.UnderReview, ""); err != nil {
			return err
		}
	}
	return s.notices.Tell(ctx, tx, notices.Fact{
		Kind: notices.MilestoneReached, Key: fmt.Sprintf("milestone:%d:%d", id, highest), Idea: id, Data: data,
		Also: notices.Contributor | notices.CoCreators | notices.Followers | notices.Voters,
	})
}

// Settle notes what stands already without telling anybody: for votes that were
// not cast here one after another, such as the demo data's.
func (s *Service) Settle(ctx context.Context) error {
	voters, days := s.opts.Ladder.columns()
	const query = `
		INSERT INTO milestones_reached (idea_id, voters, days)
		SELECT passed.id, step.voters, step.days FROM (SELECT i.id, t.voters` + due + `) AS passed
		CROSS JOIN unnest($1::bigint[], $2::bigint[]) AS step (voters, days) WHERE step.voters <= passed.voters
		ON CONFLICT DO NOTHING`
	if _, err := s.db.ExecContext(ctx, query, pq.Array(voters), pq.Array(days)); err != nil {
		return fmt.Errorf("settle milestones: %w", err)
	}
	return nil
}

// CatchUp looks at every idea that may have reached one: after a server that
// ended before it had looked, and after the settings changed.
func (s *Service) CatchUp(ctx context.Context) error {
	voters, _ := s.opts.Ladder.columns()
	if len(voters) == 0 {
		return nil
	}
	const query = `
		SELECT r.idea_id FROM ranks r WHERE r.voters >= $1 AND EXISTS (
			SELECT 1 FROM unnest($2::bigint[]) AS step WHERE step <= r.voters AND NOT EXISTS (
				SELECT 1 FROM milestones_reached m WHERE m.idea_id = r.idea_id AND m.voters = step))`
	var list []ideas.ID
	if err := s.db.SelectContext(ctx, &list, query, slices.MinFunc(voters, cmp.Compare), pq.Array(voters)); err != nil {
		return fmt.Errorf("milestones to catch up with: %w", err)
	}
	for batch := range slices.Chunk(list, batchSize) {
		if err := s.reached(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

// batchSize bounds how many ideas one statement looks at.
const batchSize = 500

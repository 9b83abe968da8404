package milestones

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// timed are the ideas whose time runs, with when it is over; $1 is the usual
// number of days.
const timed = `
	SELECT i.id, over.at AS until, over.key
	FROM ideas i CROSS JOIN LATERAL (
		SELECT at, 'expires:' || i.id || ':' || extract(epoch FROM at)::bigint AS key
		FROM (SELECT i.opened_at + make_interval(hours => 24 * ($1 + coalesce(sum(m.days), 0)::int)) AS at FROM milestones_reached m WHERE m.idea_id = i.id) AS ends
	) AS over
	WHERE i.status = 'open' AND i.challenge_id IS NULL AND NOT i.hidden`

// expireBatch bounds how many ideas are found at once.
const expireBatch = 200

// Expire parks every idea whose time is over, and says how many. The move tells
// of itself, as each move does.
func (s *Service) Expire(ctx context.Context) (int, error) {
	if s.opts.Days == 0 {
		return 0, nil
	}
	const query = timed + ` AND i.opened_at <= $2::timestamptz - make_interval(hours => 24 * $1) AND over.at <= $2 AND i.id > $3 ORDER BY i.id LIMIT $4`
	parked, after := 0, ideas.ID(0)
	for {
		now, err := s.now(ctx)
		if err != nil {
			return parked, err
		}
		var list []idea
		if err := s.db.SelectContext(ctx, &list, query, s.opts.Days, now, after, expireBatch); err != nil {
			return parked, fmt.Errorf("ideas whose time is over: %w", err)
		}
		for _, i := range list {
			done, err := s.park(ctx, i.ID, now)
			if err != nil {
				return parked, err
			}
			if done {
				parked++
			}
			after = i.ID
		}
		if len(list) < expireBatch {
			return parked, nil
		}
	}
}

// idea is one whose time runs.
type idea struct {
	ID    ideas.ID  `db:"id"`
	Until time.Time `db:"until"`
	Key   string    `db:"key"` // names this end among its notices
}

// park parks one idea, unless something gave it time again a moment ago.
func (s *Service) park(ctx context.Context, id ideas.ID, now time.Time) (bool, error) {
	done := false
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if _, err := tx.ExecContext(ctx, `SELECT 1 FROM ideas WHERE id = $1 FOR UPDATE`, id); err != nil {
			return fmt.Errorf("lock idea %d: %w", id, err)
		}
		var i idea
		err := sqlx.GetContext(ctx, tx, &i, timed+` AND i.id = $2 AND over.at <= $3`, s.opts.Days, id, now)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("time of idea %d: %w", id, err)
		}
		board, err := accounts.Board(ctx, tx)
		if err != nil {
			return err
		}
		done = true
		return s.ideas.MoveByBoard(ctx, tx, board, id, ideas.Parked, "expired")
	})
	if errors.Is(err, ideas.ErrMoved) {
		return false, nil
	}
	return done && err == nil, err
}

// warnDays is how long before the end the contributor is told.
const warnDays = 7

// Warn tells contributors whose idea has a week left, once for each end: more
// votes move it, and then they are told before that one.
func (s *Service) Warn(ctx context.Context) error {
	if s.opts.Days <= warnDays {
		return nil
	}
	now, err := s.now(ctx)
	if err != nil {
		return err
	}
	const query = timed + `
		AND i.opened_at <= $2::timestamptz - make_interval(hours => 24 * ($1 - $3)) AND over.at > $2 AND over.at <= $2::timestamptz + make_interval(hours => 24 * $3)
		AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = i.contributor_id AND a.email IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.account_id = i.contributor_id AND n.key = over.key)`
	var list []idea
	if err := s.db.SelectContext(ctx, &list, query, s.opts.Days, now, warnDays); err != nil {
		return fmt.Errorf("ideas whose time is nearly over: %w", err)
	}
	for _, i := range list {
		err := s.notices.Tell(ctx, s.db, notices.Fact{
			Kind: notices.ExpiresSoon, Key: i.Key, Idea: i.ID, Also: notices.Contributor,
			Data: map[string]string{"until": i.Until.UTC().Format(time.RFC3339)},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// now is the test's clock, or the database's.
func (s *Service) now(ctx context.Context) (time.Time, error) {
	if s.opts.Now != nil {
		return s.opts.Now(), nil
	}
	var at time.Time
	if err := s.db.GetContext(ctx, &at, `SELECT clock_timestamp()`); err != nil {
		return time.Time{}, fmt.Errorf("what time it is: %w", err)
	}
	return at, nil
}

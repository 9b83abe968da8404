package load

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/pg"
)

// begin finds the set that this board holds, or makes its record, its members
// and room for its numbers. The record is an import whose file says the options.
func (s *seeding) begin(ctx context.Context) (time.Time, error) {
	name := fmt.Sprintf("%d ideas, %d votes, %d members", s.opts.Ideas, s.opts.Votes, s.opts.Members)
	var record struct {
		ID   int64     `db:"id"`
		File string    `db:"file"`
		At   time.Time `db:"at"`
	}
	err := s.db.GetContext(ctx, &record, `SELECT id, file, at FROM imports WHERE source = $1 AND undone_at IS NULL ORDER BY id LIMIT 1`, seedSource)
	switch {
	case err == nil && record.File != name:
		return time.Time{}, saying(ErrOtherSet, "This board was loaded with %s. Give the same numbers to go on, or use a new database.", record.File)
	case err == nil:
		s.bases.importID = record.ID
		return record.At, s.resume(ctx)
	case !errors.Is(err, sql.ErrNoRows):
		return time.Time{}, fmt.Errorf("look for the set: %w", err)
	}
	at := s.opts.Now()
	return at, pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := unbound(ctx, tx); err != nil {
			return err
		}
		const add = `INSERT INTO imports (source, file, added, at) VALUES ($1, $2, $3, $4) RETURNING id`
		if err := sqlx.GetContext(ctx, tx, &s.bases.importID, add, seedSource, name, s.opts.Ideas, at); err != nil {
			return fmt.Errorf("note the set: %w", err)
		}
		if err := s.reserve(ctx, tx); err != nil {
			return err
		}
		return s.enrol(ctx, tx)
	})
}

// reserve takes the numbers of all members, ideas and moves at once.
func (s *seeding) reserve(ctx context.Context, tx pg.Q) error {
	for _, r := range []struct {
		table string
		n     int
		base  *int64
	}{
		{"accounts", s.opts.Members, &s.bases.account},
		{"ideas", s.opts.Ideas, &s.bases.idea},
		{"idea_history", s.opts.Ideas * movesEach, &s.bases.move},
	} {
		const query = `SELECT setval(pg_get_serial_sequence($1, 'id'), nextval(pg_get_serial_sequence($1, 'id')) + $2) - $2 + 1`
		if err := sqlx.GetContext(ctx, tx, r.base, query, r.table, r.n); err != nil {
			return fmt.Errorf("reserve numbers of %s: %w", r.table, err)
		}
	}
	return nil
}

// enrol makes the members of the set.
func (s *seeding) enrol(ctx context.Context, tx pg.Q) error {
	const add = `
		INSERT INTO accounts (id, handle, name, source, external_id, visibility, created_at) OVERRIDING SYSTEM VALUE
		SELECT $2 + n, 'seed-' || n, 'Member ' || n, $1, n, 'hidden', $4::timestamptz - interval '3 years' FROM generate_series(0, $3::bigint - 1) AS n
		ON CONFLICT DO NOTHING`
	done, err := tx.ExecContext(ctx, add, seedSource, s.bases.account, s.opts.Members, s.opts.Now())
	if err != nil {
		return fmt.Errorf("make %d members: %w", s.opts.Members, err)
	}
	if n, err := done.RowsAffected(); err != nil || int(n) < s.opts.Members {
		return errors.Join(ErrHandles, err)
	}
	return nil
}

// resume finds the numbers that an earlier run reserved: from the members, and
// from the first idea that was stored. Without one, room is made anew.
func (s *seeding) resume(ctx context.Context) error {
	const members = `SELECT id FROM accounts WHERE source = $1 AND external_id = '0'`
	if err := s.db.GetContext(ctx, &s.bases.account, members, seedSource); err != nil {
		return fmt.Errorf("members of the set: %w", err)
	}
	const first = `
		SELECT i.id - i.external_id::bigint AS idea, (SELECT min(h.id) FROM idea_history h WHERE h.idea_id = i.id) - i.external_id::bigint * $2 AS move
		FROM ideas i WHERE i.source = $1 ORDER BY i.external_id LIMIT 1`
	err := s.db.QueryRowxContext(ctx, first, seedSource, movesEach).Scan(&s.bases.idea, &s.bases.move)
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	account := s.bases.account
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error { return s.reserve(ctx, tx) })
	s.bases.account = account
	return err
}

// missing lists the chunks that are not on the board, in order.
func (s *seeding) missing(ctx context.Context) ([]int, error) {
	var here []int
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := unbound(ctx, tx); err != nil {
			return err
		}
		return sqlx.SelectContext(ctx, tx, &here, `SELECT DISTINCT external_id::bigint / $2 FROM ideas WHERE source = $1`, seedSource, chunk)
	})
	if err != nil {
		return nil, fmt.Errorf("ideas of the set: %w", err)
	}
	stored := map[int]bool{}
	for _, c := range here {
		stored[c] = true
	}
	var list []int
	for c := range (s.opts.Ideas + chunk - 1) / chunk {
		if !stored[c] {
			list = append(list, c)
		}
	}
	return list, nil
}

package media

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/pg"
)

type row struct {
	ID        string        `db:"id"`
	Owner     int64         `db:"owner_id"`
	Width     int           `db:"width"`
	Height    int           `db:"height"`
	Alt       string        `db:"alt"`
	Sizes     pq.Int64Array `db:"sizes"`
	WebP      bool          `db:"webp"`
	CreatedAt time.Time     `db:"created_at"`
}

const columns = `id, owner_id, width, height, alt, sizes, webp, created_at`

func (r row) picture() Picture {
	sizes := make([]int, len(r.Sizes))
	for i, size := range r.Sizes {
		sizes[i] = int(size)
	}
	return Picture{r.ID, r.Owner, r.Width, r.Height, r.Alt, sizes, r.WebP, r.CreatedAt}
}

func selectPictures(ctx context.Context, q pg.Q, ids []string) (map[string]Picture, error) {
	found := map[string]Picture{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []row
	if err := sqlx.SelectContext(ctx, q, &rows, `SELECT `+columns+` FROM images WHERE id = ANY ($1)`, pq.Array(ids)); err != nil {
		return nil, fmt.Errorf("select pictures: %w", err)
	}
	for _, r := range rows {
		found[r.ID] = r.picture()
	}
	return found, nil
}

// upsertPicture makes an unused picture young again, so that it is not swept
// under the hands of the one who just sent it. xmax is zero in a new row only.
func upsertPicture(ctx context.Context, tx pg.Q, p Picture, size int64) (stored Picture, isNew bool, err error) {
	var r struct {
		row
		New bool `db:"is_new"`
	}
	err = sqlx.GetContext(ctx, tx, &r, `
		INSERT INTO images (id, owner_id, width, height, alt, sizes, bytes, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET
			alt        = CASE WHEN excluded.alt <> '' THEN excluded.alt ELSE images.alt END,
			created_at = CASE WHEN images.used_at IS NULL THEN excluded.created_at ELSE images.created_at END
		RETURNING `+columns+`, xmax = 0 AS is_new`,
		p.ID, p.Owner, p.Width, p.Height, p.Alt, pq.Array(p.Sizes), size, p.CreatedAt)
	if err != nil {
		return Picture{}, false, fmt.Errorf("insert picture: %w", err)
	}
	return r.picture(), r.New, nil
}

// lockQuota lets one upload of a person at a time past the count.
func lockQuota(ctx context.Context, tx pg.Q, owner int64) error {
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('media.quota', $1))`, owner); err != nil {
		return fmt.Errorf("lock quota: %w", err)
	}
	return nil
}

type usage struct {
	Files  int          `db:"files"`
	Bytes  int64        `db:"bytes"`
	Oldest sql.NullTime `db:"oldest"`
}

func selectUsage(ctx context.Context, q pg.Q, owner int64, since time.Time) (usage, error) {
	var u usage
	err := sqlx.GetContext(ctx, q, &u, `
		SELECT count(*) AS files, coalesce(sum(bytes), 0)::bigint AS bytes, min(created_at) AS oldest
		FROM images WHERE owner_id = $1 AND created_at > $2`, owner, since)
	if err != nil {
		return usage{}, fmt.Errorf("count a day's pictures: %w", err)
	}
	return u, nil
}

func updateAlt(ctx context.Context, q pg.Q, owner int64, id, alt string) error {
	return affectOne(ctx, q, `UPDATE images SET alt = $3 WHERE id = $2 AND owner_id = $1`, owner, id, alt)
}

func updateWebP(ctx context.Context, q pg.Q, id string) (bool, error) {
	err := affectOne(ctx, q, `UPDATE images SET webp = true WHERE id = $1`, id)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func affectOne(ctx context.Context, q pg.Q, query string, args ...any) error {
	result, err := q.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("update picture: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return ErrNotFound
}

// updateUsed is one statement, so that a refusal marks nothing in any
// transaction. The order of the locks keeps two of them from a deadlock.
func updateUsed(ctx context.Context, q pg.Q, owner int64, ids []string, distinct int, now time.Time) error {
	var mine int
	err := sqlx.GetContext(ctx, q, &mine, `
		WITH mine AS (
			SELECT id, used_at FROM images WHERE owner_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE
		), marked AS (
			UPDATE images SET used_at = $4 FROM mine
			WHERE images.id = mine.id AND mine.used_at IS NULL AND (SELECT count(*) FROM mine) = $3
		)
		SELECT count(*) FROM mine`, owner, pq.Array(ids), distinct, now)
	if err != nil {
		return fmt.Errorf("mark pictures used: %w", err)
	}
	if mine != distinct {
		return ErrNotYours
	}
	return nil
}

// sweepBatch keeps the locks of one sweep short.
const sweepBatch = 100

func deleteUnused(ctx context.Context, tx pg.Q, before time.Time) ([]string, error) {
	var ids []string
	err := sqlx.SelectContext(ctx, tx, &ids, `
		DELETE FROM images WHERE id IN (
			SELECT id FROM images WHERE used_at IS NULL AND created_at <= $1
			ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
		) RETURNING id`, before, sweepBatch)
	if err != nil {
		return nil, fmt.Errorf("delete unused pictures: %w", err)
	}
	return ids, nil
}

package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

// ErrGone is the answer about a dead letter that is none any more.
var ErrGone = fault.New(fault.NotFound, "outbox.gone", "That letter is not here any more.")

// Dead is a fact that was given up.
type Dead struct {
	ID       int64           `db:"id"`
	Topic    string          `db:"topic"`
	Payload  json.RawMessage `db:"payload"`
	At       time.Time       `db:"at"`
	DeadAt   time.Time       `db:"dead_at"`
	Attempts int             `db:"attempts"`
	Failure  string          `db:"failure"` // may name whom it was for
}

// DeadLetters lists the facts of these topics that were given up, the latest
// first.
func DeadLetters(ctx context.Context, q pg.Q, topics []string, limit int) ([]Dead, error) {
	const query = `
		SELECT id, topic, payload, at, dead_at, attempts, failure FROM outbox
		WHERE dead_at IS NOT NULL AND topic = ANY($1) ORDER BY dead_at DESC, id DESC LIMIT $2`
	var list []Dead
	if err := sqlx.SelectContext(ctx, q, &list, query, pq.Array(topics), limit); err != nil {
		return nil, fmt.Errorf("dead letters: %w", err)
	}
	return list, nil
}

// Waiting counts the facts of these topics that wait, and says since when the
// first of them is overdue; the zero time for none.
func Waiting(ctx context.Context, q pg.Q, topics []string) (n int, since time.Time, err error) {
	var row struct {
		Count int        `db:"n"`
		Since *time.Time `db:"since"`
	}
	const query = `SELECT count(*) AS n, min(at) FILTER (WHERE attempts > 0 OR due_at <= now()) AS since FROM outbox WHERE dead_at IS NULL AND topic = ANY($1)`
	if err := sqlx.GetContext(ctx, q, &row, query, pq.Array(topics)); err != nil {
		return 0, time.Time{}, fmt.Errorf("waiting facts: %w", err)
	}
	if row.Since != nil {
		since = *row.Since
	}
	return row.Count, since, nil
}

// Again has a dead letter tried anew, from the beginning.
func Again(ctx context.Context, q pg.Q, topics []string, id int64) error {
	const query = `
		WITH again AS (
			UPDATE outbox SET dead_at = NULL, due_at = now(), attempts = 0 WHERE id = $1 AND dead_at IS NOT NULL AND topic = ANY($2) RETURNING id
		), told AS (SELECT pg_notify($3, '') FROM again)
		SELECT count(*) FROM again, told`
	var n int
	if err := sqlx.GetContext(ctx, q, &n, query, id, pq.Array(topics), channel); err != nil {
		return fmt.Errorf("try fact %d again: %w", id, err)
	}
	if n == 0 {
		return ErrGone
	}
	return nil
}

// Drop throws a dead letter away, and gives what it was.
func Drop(ctx context.Context, q pg.Q, topics []string, id int64) (Dead, error) {
	const query = `DELETE FROM outbox WHERE id = $1 AND dead_at IS NOT NULL AND topic = ANY($2) RETURNING id, topic, payload, at, dead_at, attempts, failure`
	var d Dead
	err := sqlx.GetContext(ctx, q, &d, query, id, pq.Array(topics))
	if pg.Missing(err) {
		return Dead{}, ErrGone
	}
	if err != nil {
		return Dead{}, fmt.Errorf("drop fact %d: %w", id, err)
	}
	return d, nil
}

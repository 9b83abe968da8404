package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/lib/pq"

	"prosumer/internal/pg"
)

// channel is the NOTIFY channel that wakes the relays of every server.
const channel = "outbox"

// Put writes a fact for delivery after q's transaction has committed. The
// payload must survive JSON.
func Put(ctx context.Context, q pg.Q, topic string, payload any) error {
	raw, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("fact %s: %w", topic, err)
	}
	return put(ctx, q, topic, 0, []string{string(raw)})
}

// PutAll is Put for many facts of one topic, in one statement.
func PutAll[F any](ctx context.Context, q pg.Q, topic string, payloads []F) error {
	return PutAllAfter(ctx, q, topic, 0, payloads)
}

// PutAllAfter is PutAll for facts that are not handed out before a while has
// passed.
func PutAllAfter[F any](ctx context.Context, q pg.Q, topic string, wait time.Duration, payloads []F) error {
	list := make([]string, len(payloads))
	for i, p := range payloads {
		raw, err := json.Marshal(p)
		if err != nil {
			return fmt.Errorf("fact %s: %w", topic, err)
		}
		list[i] = string(raw)
	}
	return put(ctx, q, topic, wait, list)
}

func put(ctx context.Context, q pg.Q, topic string, wait time.Duration, payloads []string) error {
	if len(payloads) == 0 {
		return nil
	}
	const query = `
		WITH put AS (
			INSERT INTO outbox (topic, payload, due_at) SELECT $1, p::jsonb, now() + make_interval(secs => $4) FROM unnest($2::text[]) AS p RETURNING id
		)
		SELECT pg_notify($3, '') FROM put LIMIT 1`
	if _, err := q.ExecContext(ctx, query, topic, pq.Array(payloads), channel, wait.Seconds()); err != nil {
		return fmt.Errorf("put fact %s: %w", topic, err)
	}
	return nil
}

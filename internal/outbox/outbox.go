package outbox

import (
	"context"
	"encoding/json"
	"fmt"

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
	const query = `
		WITH put AS (INSERT INTO outbox (topic, payload) VALUES ($1, $2) RETURNING id)
		SELECT pg_notify($3, '') FROM put`
	if _, err := q.ExecContext(ctx, query, topic, raw, channel); err != nil {
		return fmt.Errorf("put fact %s: %w", topic, err)
	}
	return nil
}

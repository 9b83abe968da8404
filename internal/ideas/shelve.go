package ideas

import (
	"context"
	"fmt"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// ShelveTx puts an idea on a topic, or with an empty slug on none, inside the
// caller's transaction; for the team alone. The text stays as it is, so no
// version is kept.
func (s *Service) ShelveTx(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, topic string) error {
	if err := MayDecide(actor); err != nil {
		return err
	}
	if _, err := byID(ctx, tx, actor, id, forUpdate); err != nil {
		return err
	}
	to, err := topicID(ctx, tx, topic)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE ideas SET topic_id = $2 WHERE id = $1 AND topic_id IS DISTINCT FROM $2`, id, to); err != nil {
		return fmt.Errorf("shelve idea %d: %w", id, err)
	}
	return nil
}

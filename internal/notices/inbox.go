package notices

import (
	"context"
	"fmt"

	"prosumer/internal/accounts"
)

// maxInbox bounds one page of an inbox.
const maxInbox = 50

// Inbox gives the actor's notices before a given one (0: the newest), newest
// first, and where the next page begins; 0 where there is none. What the actor
// may not see now is left out.
func (s *Service) Inbox(ctx context.Context, actor accounts.Actor, before ID) ([]Notice, ID, error) {
	if actor.Visitor() {
		return nil, 0, ErrSignIn
	}
	const query = `SELECT ` + columns + from + `WHERE n.account_id = $1 AND ($2::bigint = 0 OR n.id < $2) ORDER BY n.id DESC LIMIT $3`
	var found, shown []Notice
	if err := s.db.SelectContext(ctx, &found, query, actor.ID, before, maxInbox); err != nil {
		return nil, 0, fmt.Errorf("inbox of account %d: %w", actor.ID, err)
	}
	for _, n := range found {
		if n.shows(actor) {
			shown = append(shown, n)
		}
	}
	if len(found) < maxInbox {
		return shown, 0, nil
	}
	return shown, found[len(found)-1].ID, nil
}

// Read marks the actor's notices up to this one as read.
func (s *Service) Read(ctx context.Context, actor accounts.Actor, upTo ID) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	if _, err := s.db.ExecContext(ctx, `UPDATE notices SET read_at = now() WHERE account_id = $1 AND id <= $2 AND read_at IS NULL`, actor.ID, upTo); err != nil {
		return fmt.Errorf("read notices of account %d: %w", actor.ID, err)
	}
	return nil
}

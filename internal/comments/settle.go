package comments

import (
	"context"
	"fmt"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Settle notes that a question has its answer, or that it has none after all.
func (s *Service) Settle(ctx context.Context, actor accounts.Actor, id ID, answered bool) (ideas.ID, error) {
	if actor.Visitor() {
		return 0, ErrSignIn
	}
	var idea ideas.ID
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		c, _, _, err := s.take(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		idea = c.Idea
		switch {
		case c.Kind != Question:
			return ErrNoQuestion
		case c.Deleted || c.Hidden:
			return ErrGone
		case !MaySettle(actor, c.Author, c.Contributor):
			return ErrNotAsker
		}
		_, err = tx.ExecContext(ctx, `UPDATE comments SET answered_at = CASE WHEN $2 THEN coalesce(answered_at, clock_timestamp()) END WHERE id = $1`, id, answered)
		if err != nil {
			return fmt.Errorf("settle question %d: %w", id, err)
		}
		return nil
	})
	return idea, err
}

// Lock closes the talk of an idea to all but moderators, or opens it again.
func (s *Service) Lock(ctx context.Context, actor accounts.Actor, idea ideas.ID, on bool) error {
	if err := MayModerate(actor); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if _, err := s.ideas.SeeShared(ctx, tx, actor, idea); err != nil {
			return err
		}
		locked, err := takeTalk(ctx, tx, idea)
		if err != nil || locked == on {
			return err
		}
		event := "unlocked"
		if on {
			event = "locked"
		}
		const query = `UPDATE talks SET locked_at = CASE WHEN $2 THEN clock_timestamp() END, locked_by = CASE WHEN $2 THEN $3::bigint END WHERE idea_id = $1`
		if _, err := tx.ExecContext(ctx, query, idea, on, actor.ID); err != nil {
			return fmt.Errorf("lock the talk of idea %d: %w", idea, err)
		}
		return note(ctx, tx, idea, nil, event, actor.ID)
	})
}

// SetTakenUp marks a comment as one that went into the idea, or no longer did,
// which is what the most useful first begins with. Only the package that takes
// comments up calls it.
func SetTakenUp(ctx context.Context, tx pg.Q, id ID, on bool) error {
	if _, err := tx.ExecContext(ctx, `UPDATE comments SET taken_up = $2 WHERE id = $1 AND taken_up <> $2`, id, on); err != nil {
		return fmt.Errorf("take up comment %d: %w", id, err)
	}
	return nil
}

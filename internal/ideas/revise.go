package ideas

import (
	"context"
	"fmt"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// Revise changes the text of the actor's own idea, and keeps what it said. seen
// is the version the actor edited; ErrMoved when it is no longer the newest.
func (s *Service) Revise(ctx context.Context, actor accounts.Actor, id ID, seen int, text Text) (Idea, error) {
	var idea Idea
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		var err error
		_, idea, err = s.ReviseTx(ctx, tx, actor, id, seen, text)
		return err
	})
	if err != nil {
		return Idea{}, err
	}
	return idea, nil
}

// ReviseTx is Revise inside the caller's transaction; it also says what the idea
// was before.
func (s *Service) ReviseTx(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, seen int, text Text) (before, after Idea, err error) {
	if before, err = byID(ctx, tx, actor, id, forUpdate); err != nil {
		return before, after, err
	}
	if err := MayRevise(actor, before); err != nil {
		return before, after, err
	}
	t, err := text.tidy(before.Status != Draft)
	if err != nil {
		return before, after, err
	}
	if seen != 0 && seen != before.Version {
		return before, after, ErrMoved
	}
	if err := s.claimPictures(ctx, tx, actor, t); err != nil {
		return before, after, err
	}
	changed := before.Status != Draft && (before.Title != t.Title || before.Story != t.HTML)
	if err := writeText(ctx, tx, id, t, changed, actor.ID); err != nil {
		return before, after, err
	}
	if before.Status == NeedsWork { // the work was done: it is open again
		if err := move(ctx, tx, step{idea: id, from: NeedsWork, to: Open, actor: actor.ID}); err != nil {
			return before, after, err
		}
	}
	after, err = byID(ctx, tx, actor, id, "")
	return before, after, err
}

// Withdraw takes the actor's own idea back; a draft is deleted altogether.
func (s *Service) Withdraw(ctx context.Context, actor accounts.Actor, id ID) error {
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		idea, err := byID(ctx, tx, actor, id, forUpdate)
		if err != nil {
			return err
		}
		if err := MayWithdraw(actor, idea); err != nil {
			return err
		}
		if idea.Status != Draft {
			return move(ctx, tx, step{idea: id, from: idea.Status, to: Withdrawn, actor: actor.ID})
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM ideas WHERE id = $1`, id); err != nil {
			return fmt.Errorf("delete draft %d: %w", id, err)
		}
		return nil
	})
}

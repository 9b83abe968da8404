package triage

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Settle answers an idea of the inbox, with a move or, without d.To, without
// one. seen is the last entry of the history that the actor had before them:
// where there is a later one, somebody else was quicker, and it is ErrSettled.
// Moderators may settle what is held.
func (s *Service) Settle(ctx context.Context, actor accounts.Actor, id ideas.ID, seen int64, d ideas.Decision) error {
	if err := mayAdmit(actor); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := unsettled(ctx, tx, id, seen); err != nil {
			return err
		}
		idea, err := s.ideas.ByIDTx(ctx, tx, actor, id)
		switch {
		case err != nil:
			return err
		case idea.Status == ideas.Held:
			return s.ideas.AdmitTx(ctx, tx, actor, id, d)
		case d.To == "":
			return s.ideas.AnswerTx(ctx, tx, actor, id, d.Answer)
		}
		_, err = s.ideas.DecideTx(ctx, tx, actor, id, d)
		return err
	})
}

// unsettled locks the idea, so that of two answers at once one is the first.
func unsettled(ctx context.Context, tx pg.Q, id ideas.ID, seen int64) error {
	var locked []ideas.ID
	if err := sqlx.SelectContext(ctx, tx, &locked, `SELECT id FROM ideas WHERE id = $1 FOR UPDATE`, id); err != nil {
		return fmt.Errorf("lock idea %d: %w", id, err)
	}
	if len(locked) == 0 {
		return ideas.ErrNotFound
	}
	var latest int64
	// A statement of its own: it sees what whoever held the lock before has written.
	if err := sqlx.GetContext(ctx, tx, &latest, `SELECT coalesce(max(id), 0) FROM idea_history WHERE idea_id = $1`, id); err != nil {
		return fmt.Errorf("history of idea %d: %w", id, err)
	}
	if seen != 0 && latest > seen {
		return ErrSettled
	}
	return nil
}

package ideas

import (
	"context"
	"fmt"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

// Answer adds an official answer without a move.
func (s *Service) Answer(ctx context.Context, actor accounts.Actor, id ID, source string) error {
	return pg.InTx(ctx, s.db, func(tx pg.Q) error { return s.AnswerTx(ctx, tx, actor, id, source) })
}

// AnswerTx is Answer inside the caller's transaction.
func (s *Service) AnswerTx(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, source string) error {
	if err := MayDecide(actor); err != nil {
		return err
	}
	html, err := clean.Typed(source)
	if err != nil {
		return asFault(err, "answer")
	}
	if html.Empty() {
		return errInvalid.With("answer", "ideas.answer_missing")
	}
	if len(fieldsOf(html)) > 0 {
		return errInvalid.With("answer", "ideas.field_left")
	}
	idea, err := byID(ctx, tx, actor, id, forUpdate)
	if err != nil {
		return err
	}
	if idea.Status == Draft {
		return ErrNotFound
	}
	const query = `
		WITH entry AS (
			INSERT INTO idea_history (idea_id, kind, to_status, actor_id, answer_source, answer_html, policy_version)
			VALUES ($1, 'answer', $2, $3, $4, $5, $6) RETURNING at
		)
		UPDATE ideas SET answered_at = coalesce(answered_at, entry.at) FROM entry WHERE ideas.id = $1`
	if _, err := tx.ExecContext(ctx, query, id, idea.Status, actor.ID, dropNUL(source), html, clean.PolicyVersion); err != nil {
		return fmt.Errorf("answer idea %d: %w", id, err)
	}
	return nil
}

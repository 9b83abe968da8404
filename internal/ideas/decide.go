package ideas

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

func idArray(list []ID) any {
	raw := make([]int64, len(list))
	for i, id := range list {
		raw[i] = int64(id)
	}
	return pq.Array(raw)
}

// Decision is an answer that changes the status.
type Decision struct {
	To     Status
	Answer string // HTML of the editor, or plain text; may be empty except for a refusal
	Reason Reason // required for declined, needs_work and parked
}

func (d Decision) tidy() (clean.HTML, error) {
	var c fault.Check
	c.Need(d.To.Known(), "status", "ideas.status_unknown")
	c.Need(d.Reason == "" || d.Reason.Known(), "reason", "ideas.reason_unknown")
	html, err := clean.Typed(d.Answer)
	if err != nil {
		c.Need(false, "answer", fault.Of(err).Code)
	}
	if d.To.NeedsReason() {
		c.Need(d.Reason != "", "reason", "ideas.reason_missing")
		c.Need(!html.Empty(), "answer", "ideas.answer_missing")
	}
	return html, c.Err()
}

// Decide moves an idea where the team wants it, with its answer and reason.
// Adopting goes through products, which calls DecideTx.
func (s *Service) Decide(ctx context.Context, actor accounts.Actor, id ID, d Decision) (Idea, error) {
	var idea Idea
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		var err error
		if _, err = s.DecideTx(ctx, tx, actor, id, d); err != nil {
			return err
		}
		idea, err = byID(ctx, tx, actor, id, "")
		return err
	})
	return idea, err
}

// DecideTx is Decide inside the caller's transaction; it returns the idea as it
// was before.
func (s *Service) DecideTx(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, d Decision) (Idea, error) {
	if err := MayDecide(actor); err != nil {
		return Idea{}, err
	}
	html, err := d.tidy()
	if err != nil {
		return Idea{}, err
	}
	idea, err := byID(ctx, tx, actor, id, forUpdate)
	if err != nil {
		return Idea{}, err
	}
	if !may(idea.Status, d.To, byTeam) {
		return Idea{}, ErrMove
	}
	if idea.Status == Declined {
		if err := oneAppeal(ctx, tx, id); err != nil {
			return Idea{}, err
		}
	}
	reason := d.Reason
	if !d.To.NeedsReason() {
		reason = ""
	}
	return idea, move(ctx, tx, step{idea: id, from: idea.Status, to: d.To, actor: actor.ID, source: d.Answer, answer: html, reason: reason})
}

// oneAppeal lets a declined idea be opened again once.
func oneAppeal(ctx context.Context, tx pg.Q, id ID) error {
	var granted bool
	const query = `SELECT EXISTS (SELECT 1 FROM idea_history WHERE idea_id = $1 AND from_status = 'declined' AND to_status = 'open')`
	if err := sqlx.GetContext(ctx, tx, &granted, query, id); err != nil {
		return fmt.Errorf("appeals of idea %d: %w", id, err)
	}
	if granted {
		return ErrMove
	}
	return nil
}

// Follow moves an idea because its product reached a stage; only products calls it.
func (s *Service) Follow(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, to Status) error {
	idea, err := byID(ctx, tx, actor, id, forUpdate)
	if err != nil {
		return err
	}
	if idea.Status == to {
		return nil
	}
	if !may(idea.Status, to, byProduct) {
		return ErrMove
	}
	return move(ctx, tx, step{idea: id, from: idea.Status, to: to, actor: actor.ID})
}

// Undo takes the last decision back, within the hour. It returns the status
// that the idea had and the one it has again; only products calls it, because
// an undone adoption also takes the product back.
func (s *Service) Undo(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID) (was, is Status, err error) {
	if err := MayDecide(actor); err != nil {
		return "", "", err
	}
	idea, err := byID(ctx, tx, actor, id, forUpdate)
	if err != nil {
		return "", "", err
	}
	last, err := lastMove(ctx, tx, id)
	if err != nil {
		return "", "", err
	}
	if last.From == nil || last.Undo || !may(idea.Status, *last.From, byUndo|byTeam) {
		return "", "", ErrMove
	}
	if last.Age > s.opts.UndoWithin {
		return "", "", ErrUndoOver
	}
	return idea.Status, *last.From, move(ctx, tx, step{idea: id, from: idea.Status, to: *last.From, actor: actor.ID, undo: true})
}

type moveRow struct {
	From *Status       `db:"from_status"`
	Undo bool          `db:"undo"`
	Age  time.Duration `db:"age"`
}

func lastMove(ctx context.Context, tx pg.Q, id ID) (moveRow, error) {
	var last moveRow
	const query = `
		SELECT from_status, undo, (extract(epoch FROM now() - at) * 1e9)::bigint AS age
		FROM idea_history WHERE idea_id = $1 AND kind = 'move' ORDER BY id DESC LIMIT 1`
	if err := sqlx.GetContext(ctx, tx, &last, query, id); err != nil {
		return moveRow{}, fmt.Errorf("last move of idea %d: %w", id, err)
	}
	return last, nil
}

// Undoable reports whether the actor could take the last decision back now.
func (s *Service) Undoable(ctx context.Context, actor accounts.Actor, idea Idea) (bool, error) {
	if !actor.Decides() {
		return false, nil
	}
	last, err := lastMove(ctx, s.db, idea.ID)
	if err != nil {
		return false, err
	}
	return last.From != nil && !last.Undo && last.Age <= s.opts.UndoWithin && may(idea.Status, *last.From, byUndo), nil
}

// Answer adds an official answer without a move.
func (s *Service) Answer(ctx context.Context, actor accounts.Actor, id ID, source string) error {
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
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
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
	})
}

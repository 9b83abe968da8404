package ideas

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// Undo takes the last decision back, within the hour. It returns the status
// that the idea had and the one it has again; only products calls it, because
// an undone adoption also takes the product back.
func (s *Service) Undo(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID) (was, is Status, err error) {
	if err := MayDecide(actor); err != nil {
		return "", "", err
	}
	idea, err := held(ctx, tx, actor, id)
	if err != nil {
		return "", "", err
	}
	last, err := lastMove(ctx, tx, id)
	if err != nil {
		return "", "", err
	}
	if !last.undoable(idea.Status) {
		return "", "", ErrMove
	}
	if last.Age > s.opts.UndoWithin {
		return "", "", ErrUndoOver
	}
	if err := move(ctx, tx, step{idea: id, from: idea.Status, to: *last.From, actor: actor.ID, undo: true}); err != nil {
		return "", "", err
	}
	return idea.Status, *last.From, nil
}

type moveRow struct {
	From *Status       `db:"from_status"`
	Undo bool          `db:"undo"`
	Age  time.Duration `db:"age"`
}

// undoable reports whether the table lets this move be taken back. A move out of
// a refusal stays: going back would need its reason given anew.
func (m moveRow) undoable(status Status) bool {
	return m.From != nil && !m.Undo && !m.From.NeedsReason() && may(status, *m.From, byUndo|byTeam)
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
	return last.undoable(idea.Status) && last.Age <= s.opts.UndoWithin, nil
}

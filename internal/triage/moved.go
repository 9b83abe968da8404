package triage

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// ErrElsewhere is the refusal of a move from where an idea no longer is. Elsewhere
// says more.
var ErrElsewhere = fault.New(fault.Conflict, "triage.elsewhere", "A colleague moved this idea a moment ago. Look at it as it is now.")

// Elsewhere is ErrElsewhere with what happened.
type Elsewhere struct {
	Status ideas.Status // where the idea is now
	By     string       // who moved it there
	At     time.Time
}

// Error says it for logs.
func (e *Elsewhere) Error() string { return ErrElsewhere.Error() + " " + string(e.Status) }

// Unwrap makes it the refusal it is.
func (e *Elsewhere) Unwrap() error { return ErrElsewhere }

// Move is a decision as it was drawn on the studio's board.
type Move struct {
	ideas.Decision
	Seen ideas.Status // where the idea was when the form was drawn; empty: wherever
	Day  *time.Time   // by when it is decided, or looked at again; nil leaves that
}

// Move moves an idea as ideas.Decide does, unless somebody else moved it since the
// form was drawn: that is an Elsewhere.
func (s *Service) Move(ctx context.Context, actor accounts.Actor, id ideas.ID, m Move) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := still(ctx, tx, id, m.Seen); err != nil {
			return err
		}
		if _, err := s.ideas.DecideTx(ctx, tx, actor, id, m.Decision); err != nil {
			return err
		}
		if m.Day == nil {
			return nil
		}
		return s.DecideByTx(ctx, tx, actor, id, m.Day)
	})
}

// Still says whether an idea is where the actor saw it; an Elsewhere if not.
func (s *Service) Still(ctx context.Context, actor accounts.Actor, id ideas.ID, seen ideas.Status) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error { return still(ctx, tx, id, seen) })
}

// still locks the idea, so that it stays where it was seen.
func still(ctx context.Context, tx pg.Q, id ideas.ID, seen ideas.Status) error {
	var now ideas.Status
	err := sqlx.GetContext(ctx, tx, &now, `SELECT status FROM ideas WHERE id = $1 AND status <> 'draft' FOR UPDATE`, id)
	if pg.Missing(err) {
		return ideas.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("where idea %d is: %w", id, err)
	}
	if seen == "" || seen == now {
		return nil
	}
	elsewhere := &Elsewhere{Status: now}
	const query = `SELECT a.name, h.at FROM ideas i JOIN idea_history h ON h.id = i.move_id JOIN accounts a ON a.id = h.actor_id WHERE i.id = $1`
	if err := tx.QueryRowxContext(ctx, query, id).Scan(&elsewhere.By, &elsewhere.At); err != nil {
		return fmt.Errorf("who moved idea %d: %w", id, err)
	}
	return elsewhere
}

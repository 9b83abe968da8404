package ideas

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

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
	c.Need(len(fieldsOf(html)) == 0, "answer", "ideas.field_left")
	if d.To.NeedsReason() {
		c.Need(d.Reason != "", "reason", "ideas.reason_missing")
		c.Need(!html.Empty(), "answer", "ideas.answer_missing")
	}
	return html, c.Err()
}

// Check says what a decision lacks, whatever the idea.
func (d Decision) Check() error {
	_, err := d.tidy()
	return err
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
	if err != nil {
		return Idea{}, err
	}
	return idea, nil
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
	idea, err := held(ctx, tx, actor, id)
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
	if html.Empty() {
		html, d.Answer = clean.HTML{}, ""
	}
	reason := d.Reason
	if !d.To.NeedsReason() {
		reason = ""
	}
	return idea, move(ctx, tx, step{idea: id, from: idea.Status, to: d.To, actor: actor.ID, source: d.Answer, answer: html, reason: reason})
}

// held is an idea that nobody else moves meanwhile, waited for if need be.
func held(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID) (Idea, error) {
	if err := pg.Patient(ctx, tx); err != nil {
		return Idea{}, err
	}
	return byID(ctx, tx, actor, id, forUpdate)
}

// oneAppeal lets a declined idea be opened again once. A decline that was taken
// back was none, and costs no appeal.
func oneAppeal(ctx context.Context, tx pg.Q, id ID) error {
	var granted bool
	const query = `SELECT EXISTS (SELECT 1 FROM idea_history WHERE idea_id = $1 AND from_status = 'declined' AND to_status = 'open' AND NOT undo)`
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
	idea, err := held(ctx, tx, actor, id)
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

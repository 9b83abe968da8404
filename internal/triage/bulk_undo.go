package triage

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// UndoBulk takes a whole action back within the hour, in one transaction. An idea
// that somebody changed since stays as it is, and the action's items say so.
func (s *Service) UndoBulk(ctx context.Context, actor accounts.Actor, id int64) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		var action struct {
			Kind   BulkKind `db:"kind"`
			Said   string   `db:"said"`
			Undone bool     `db:"undone"`
			Over   bool     `db:"over"`
		}
		const query = `SELECT kind, said, undone_at IS NOT NULL AS undone, at < clock_timestamp() - make_interval(secs => $2) AS over FROM bulk_actions WHERE id = $1 FOR UPDATE`
		err := sqlx.GetContext(ctx, tx, &action, query, id, bulkUndo.Seconds())
		switch {
		case pg.Missing(err):
			return ErrBulkGone
		case err != nil:
			return fmt.Errorf("action %d: %w", id, err)
		case action.Undone:
			return ErrBulkUndone
		case action.Over:
			return ErrBulkOver
		}
		if err := s.undoItems(ctx, tx, actor, id, action.Kind, action.Said); err != nil {
			return err
		}
		const done = `UPDATE bulk_actions SET undone_at = clock_timestamp(), undone_by = $2 WHERE id = $1`
		if _, err := tx.ExecContext(ctx, done, id, actor.ID); err != nil {
			return fmt.Errorf("undo action %d: %w", id, err)
		}
		return nil
	})
}

func (s *Service) undoItems(ctx context.Context, tx pg.Q, actor accounts.Actor, id int64, kind BulkKind, said string) error {
	var items []struct {
		Idea   ideas.ID `db:"idea_id"`
		Before string   `db:"before"`
		Move   *int64   `db:"move_id"`
	}
	const query = `SELECT idea_id, before, move_id FROM bulk_items WHERE bulk_id = $1 AND outcome = 'done' ORDER BY idea_id`
	if err := sqlx.SelectContext(ctx, tx, &items, query, id); err != nil {
		return fmt.Errorf("ideas of action %d: %w", id, err)
	}
	list := make([]ideas.ID, len(items))
	for n, item := range items {
		list[n] = item.Idea
	}
	found, err := standings(ctx, tx, list, "FOR UPDATE OF i")
	if err != nil {
		return err
	}
	for _, item := range items {
		i, there := found[item.Idea]
		var why error = errSince
		if there && i.now(kind) == said && (item.Move == nil || *item.Move == i.Move) {
			why = s.undoOne(ctx, tx, actor, item.Idea, kind, item.Before)
		}
		outcome, code := "undone", ""
		if f, refused := errors.AsType[*fault.Fault](why); refused {
			outcome, code = "kept", f.Code
		} else if why != nil {
			return why
		}
		if _, err := tx.ExecContext(ctx, `UPDATE bulk_items SET outcome = $3, why = $4 WHERE bulk_id = $1 AND idea_id = $2`, id, item.Idea, outcome, code); err != nil {
			return fmt.Errorf("idea %d of action %d: %w", item.Idea, id, err)
		}
	}
	return nil
}

// undoOne brings back what an action replaced. What it refuses, it refuses before
// anything is written.
func (s *Service) undoOne(ctx context.Context, tx pg.Q, actor accounts.Actor, idea ideas.ID, kind BulkKind, before string) error {
	switch kind {
	case BulkMove:
		_, _, err := s.ideas.Undo(ctx, tx, actor, idea)
		return err
	case BulkOwner:
		owner, err := strconv.ParseInt(before, 10, 64)
		if err != nil {
			owner = 0
		}
		var team bool
		if err := sqlx.GetContext(ctx, tx, &team, `SELECT $1 = 0 OR EXISTS (SELECT FROM accounts WHERE id = $1 AND roles && `+teamRoles+`)`, owner); err != nil {
			return fmt.Errorf("owner before: %w", err)
		}
		if !team {
			return ErrNotTeam
		}
		return s.AssignTx(ctx, tx, actor, idea, accounts.ID(owner))
	case BulkTopic:
		return s.ideas.ShelveTx(ctx, tx, actor, idea, before)
	default:
		return s.redate(ctx, tx, actor, idea, before)
	}
}

// redate brings a day back, also one that is over by now.
func (s *Service) redate(ctx context.Context, tx pg.Q, actor accounts.Actor, idea ideas.ID, before string) error {
	var day *time.Time
	if at, err := time.Parse(time.DateOnly, before); err == nil {
		day = &at
	}
	if _, err := tx.ExecContext(ctx, `UPDATE ideas SET decide_by = $2::date WHERE id = $1`, idea, sqlDay(day)); err != nil {
		return fmt.Errorf("decision day of idea %d: %w", idea, err)
	}
	_, err := note(ctx, tx, idea, DueSet, actor.ID, nil, day)
	return err
}

package triage

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Planned is what an action would do to one idea.
type Planned struct {
	Idea   ideas.ID
	Slug   string
	Title  string
	Status ideas.Status
	Was    string       // the value it would replace: a status, an account, a topic's slug or a day
	Why    *fault.Fault // why it cannot be done; nil where it can
}

// Preview says what an action would do to each of these ideas, in the order they
// were ticked. Nothing is changed.
func (s *Service) Preview(ctx context.Context, actor accounts.Actor, list []ideas.ID, b Bulk) ([]Planned, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return nil, err
	}
	list = distinct(list)
	if err := s.checkBulk(b, len(list)); err != nil {
		return nil, err
	}
	found, err := standings(ctx, s.db, list, "")
	if err != nil {
		return nil, err
	}
	plan := make([]Planned, 0, len(list))
	for _, id := range list {
		if i, there := found[id]; there {
			plan = append(plan, Planned{Idea: id, Slug: i.Slug, Title: i.Title, Status: i.Status, Was: i.now(b.Kind), Why: b.may(i)})
		}
	}
	return plan, nil
}

// Named gives the ideas that were ticked, to be shown before anything is said of
// what to do with them.
func (s *Service) Named(ctx context.Context, actor accounts.Actor, list []ideas.ID) ([]Planned, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return nil, err
	}
	list = distinct(list)
	if len(list) > MaxBulk {
		return nil, ErrBulkMany
	}
	found, err := standings(ctx, s.db, list, "")
	if err != nil {
		return nil, err
	}
	var named []Planned
	for _, id := range list {
		if i, there := found[id]; there {
			named = append(named, Planned{Idea: id, Slug: i.Slug, Title: i.Title, Status: i.Status})
		}
	}
	return named, nil
}

// Do does an action to all of these ideas that are as they were previewed, in one
// transaction, and leaves the others out, which the action's items say. It gives
// the action's number; ErrBulkNothing where nothing was left to do.
func (s *Service) Do(ctx context.Context, actor accounts.Actor, previewed []Planned, b Bulk) (id int64, err error) {
	if err := ideas.MayDecide(actor); err != nil {
		return 0, err
	}
	was := map[ideas.ID]string{}
	list := make([]ideas.ID, 0, len(previewed))
	for _, p := range previewed {
		was[p.Idea] = p.Was
		list = append(list, p.Idea)
	}
	list = distinct(list)
	if err := s.checkBulk(b, len(list)); err != nil {
		return 0, err
	}
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		found, err := standings(ctx, tx, list, "FOR UPDATE OF i")
		if err != nil {
			return err
		}
		const action = `INSERT INTO bulk_actions (actor_id, kind, said) VALUES ($1, $2, $3) RETURNING id`
		if err := sqlx.GetContext(ctx, tx, &id, action, actor.ID, b.Kind, b.said()); err != nil {
			return fmt.Errorf("note the action: %w", err)
		}
		done := 0
		slices.Sort(list)
		for _, idea := range list {
			i, there := found[idea]
			if !there {
				continue
			}
			why := b.may(i)
			if i.now(b.Kind) != was[idea] {
				why = errChanged
			}
			if why == nil {
				if err := s.doOne(ctx, tx, actor, i, b); err != nil {
					return err
				}
				done++
			}
			if err := noteItem(ctx, tx, id, i, b.Kind, why); err != nil {
				return err
			}
		}
		if done == 0 {
			return ErrBulkNothing
		}
		return nil
	})
	return id, err
}

func (s *Service) doOne(ctx context.Context, tx pg.Q, actor accounts.Actor, i standing, b Bulk) error {
	switch b.Kind {
	case BulkMove:
		_, err := s.ideas.DecideTx(ctx, tx, actor, i.ID, b.Decision)
		return err
	case BulkOwner:
		return s.AssignTx(ctx, tx, actor, i.ID, b.Owner)
	case BulkTopic:
		return s.ideas.ShelveTx(ctx, tx, actor, i.ID, b.Topic)
	default:
		return s.DecideByTx(ctx, tx, actor, i.ID, b.Day)
	}
}

func noteItem(ctx context.Context, tx pg.Q, action int64, i standing, kind BulkKind, why *fault.Fault) error {
	outcome, code := "done", ""
	if why != nil {
		outcome, code = "left", why.Code
	}
	const query = `
		INSERT INTO bulk_items (bulk_id, idea_id, outcome, why, before, move_id)
		SELECT $1, $2, $3, $4, $5, CASE WHEN $6 THEN (SELECT move_id FROM ideas WHERE id = $2) END`
	if _, err := tx.ExecContext(ctx, query, action, i.ID, outcome, code, i.now(kind), kind == BulkMove && why == nil); err != nil {
		return fmt.Errorf("note idea %d of the action: %w", i.ID, err)
	}
	return nil
}

// standings reads ideas that the team works on, locking them in the order of
// their numbers where lock says so.
func standings(ctx context.Context, q sqlx.QueryerContext, list []ideas.ID, lock string) (map[ideas.ID]standing, error) {
	raw := make([]int64, len(list))
	for n, id := range list {
		raw[n] = int64(id)
	}
	query := `
		SELECT i.id, i.slug, i.title, i.status, i.move_id, coalesce(i.owner_id::text, '') AS owner, coalesce(i.decide_by::text, '') AS decide_by,
		       coalesce((SELECT t.slug FROM topics t WHERE t.id = i.topic_id), '') AS topic,
		       i.status = 'declined' AND EXISTS (SELECT FROM idea_history h WHERE h.idea_id = i.id AND h.from_status = 'declined' AND h.to_status = 'open' AND NOT h.undo) AS appealed
		FROM ideas i WHERE i.id = ANY($1) AND i.status <> 'draft' ORDER BY i.id ` + lock
	var rows []standing
	if err := sqlx.SelectContext(ctx, q, &rows, query, pq.Array(raw)); err != nil {
		return nil, fmt.Errorf("%d ideas: %w", len(list), err)
	}
	found := make(map[ideas.ID]standing, len(rows))
	for _, i := range rows {
		found[i.ID] = i
	}
	return found, nil
}

// distinct drops what is named twice, keeping the order.
func distinct(list []ideas.ID) []ideas.ID {
	seen := map[ideas.ID]bool{}
	var kept []ideas.ID
	for _, id := range list {
		if !seen[id] {
			seen[id] = true
			kept = append(kept, id)
		}
	}
	return kept
}

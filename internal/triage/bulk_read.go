package triage

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// BulkAction is an action on many ideas that was done.
type BulkAction struct {
	ID       int64      `db:"id"`
	Kind     BulkKind   `db:"kind"`
	Said     string     `db:"said"` // to where, in words a person reads, except for a status
	By       string     `db:"by_name"`
	At       time.Time  `db:"at"`
	UndoneAt *time.Time `db:"undone_at"`
	UndoneBy *string    `db:"undone_name"`
	Done     int        `db:"done"` // ideas that were changed, and not left out
	Left     int        `db:"left_out"`
	Undoable bool       `db:"undoable"`
	Items    []BulkItem // of Action alone
}

// BulkItem is what came of one idea.
type BulkItem struct {
	Idea    ideas.ID     `db:"idea_id"`
	Slug    string       `db:"slug"`
	Title   string       `db:"title"`
	Status  ideas.Status `db:"status"`
	Outcome string       `db:"outcome"` // done, left (out), undone, or kept (not undone)
	Why     string       `db:"why"`     // code of the refusal, of left and kept
}

const bulkColumns = `
	b.id, b.kind, a.name AS by_name, b.at, b.undone_at, u.name AS undone_name,
	CASE WHEN b.kind = 'owner' THEN coalesce((SELECT o.name FROM accounts o WHERE o.id::text = b.said), '') ELSE b.said END AS said,
	(SELECT count(*) FROM bulk_items n WHERE n.bulk_id = b.id AND n.outcome <> 'left') AS done,
	(SELECT count(*) FROM bulk_items n WHERE n.bulk_id = b.id AND n.outcome = 'left') AS left_out,
	b.undone_at IS NULL AND b.at >= clock_timestamp() - make_interval(secs => $1) AS undoable
	FROM bulk_actions b JOIN accounts a ON a.id = b.actor_id LEFT JOIN accounts u ON u.id = b.undone_by`

// recentBulk is how many past actions are listed.
const recentBulk = 20

// RecentBulk lists the latest actions of the whole team.
func (s *Service) RecentBulk(ctx context.Context, actor accounts.Actor) ([]BulkAction, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return nil, err
	}
	var list []BulkAction
	if err := s.db.SelectContext(ctx, &list, `SELECT `+bulkColumns+` ORDER BY b.id DESC LIMIT $2`, bulkUndo.Seconds(), recentBulk); err != nil {
		return nil, fmt.Errorf("recent actions: %w", err)
	}
	return list, nil
}

// Action gives one action with what came of each idea.
func (s *Service) Action(ctx context.Context, actor accounts.Actor, id int64) (BulkAction, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return BulkAction{}, err
	}
	var action BulkAction
	err := sqlx.GetContext(ctx, s.db, &action, `SELECT `+bulkColumns+` WHERE b.id = $2`, bulkUndo.Seconds(), id)
	if pg.Missing(err) {
		return BulkAction{}, ErrBulkGone
	}
	if err != nil {
		return BulkAction{}, fmt.Errorf("action %d: %w", id, err)
	}
	const items = `
		SELECT n.idea_id, i.slug, i.title, i.status, n.outcome, n.why
		FROM bulk_items n JOIN ideas i ON i.id = n.idea_id WHERE n.bulk_id = $1 ORDER BY n.outcome IN ('left', 'kept') DESC, i.title, i.id`
	if err := s.db.SelectContext(ctx, &action.Items, items, id); err != nil {
		return BulkAction{}, fmt.Errorf("ideas of action %d: %w", id, err)
	}
	return action, nil
}

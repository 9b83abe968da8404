package standing

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Badge is something earned by a rule.
type Badge struct {
	Name string    `db:"badge"`
	At   time.Time `db:"at"`
}

// Badges lists what somebody earned, in the order of the rules.
func (k *Keeper) Badges(ctx context.Context, account accounts.ID) ([]Badge, error) {
	var found []Badge
	if err := k.db.SelectContext(ctx, &found, `SELECT badge, at FROM badges WHERE account_id = $1`, account); err != nil {
		return nil, fmt.Errorf("badges of account %d: %w", account, err)
	}
	var list []Badge
	for _, r := range badgeRules {
		for _, b := range found {
			if b.Name == r.badge {
				list = append(list, b)
			}
		}
	}
	return list, nil
}

// Entry is one line of the ledger. What it was for is named only where
// everybody may see it: an idea, a comment's idea, or a product.
type Entry struct {
	ID      int64     `db:"id"`
	Kind    Kind      `db:"kind"`
	Source  string    `db:"source"`
	Worth   int       `db:"worth"`
	Points  int       `db:"points"`
	At      time.Time `db:"at"`
	Counter bool      `db:"counter"` // it takes an earlier one back
	Undone  bool      `db:"undone"`  // a later one takes it back
	Idea    *ideas.ID `db:"idea_id"`
	Title   string    `db:"title"`
	Slug    string    `db:"slug"`
	Comment *int64    `db:"comment_id"`
	Product string    `db:"product"` // slug
	Name    string    `db:"name"`    // of the product
}

// ledgerPage is how many entries one page of the ledger has.
const ledgerPage = 60

// Ledger is a page of somebody's entries, the newest first; page begins at 1.
// more says whether there is another.
func (k *Keeper) Ledger(ctx context.Context, account accounts.ID, page int) (list []Entry, more bool, err error) {
	const query = `
		SELECT e.id, e.kind, e.source, e.worth, e.points, e.at, e.reverses IS NOT NULL AS counter,
		       EXISTS (SELECT 1 FROM standing_entries r WHERE r.reverses = e.id) AS undone,
		       i.id AS idea_id, coalesce(i.title, '') AS title, coalesce(i.slug, '') AS slug, c.id AS comment_id,
		       coalesce(p.slug, '') AS product, coalesce(p.name, '') AS name
		FROM standing_entries e
		LEFT JOIN ideas i ON i.id = e.idea_id AND e.kind <> 'co_created' AND i.status NOT IN ('draft', 'held', 'withdrawn') AND NOT i.hidden
		LEFT JOIN comments c ON e.kind IN ('taken_up', 'thanked') AND c.id = split_part(e.source, ':', 2)::bigint AND c.idea_id = i.id AND c.shown
		LEFT JOIN products p ON e.kind IN ('co_created', 'tested') AND p.id = split_part(e.source, ':', 2)::bigint
		     AND (e.kind = 'co_created' OR EXISTS (SELECT 1 FROM beta_reports b WHERE b.product_id = p.id AND b.account_id = e.account_id AND b.public))
		WHERE e.account_id = $1 ORDER BY e.at DESC, e.id DESC LIMIT $2 OFFSET $3`
	page = min(max(page, 1), 1000)
	if err := k.db.SelectContext(ctx, &list, query, account, ledgerPage+1, (page-1)*ledgerPage); err != nil {
		return nil, false, fmt.Errorf("ledger of account %d: %w", account, err)
	}
	if len(list) > ledgerPage {
		return list[:ledgerPage], true, nil
	}
	return list, false, nil
}

// Table lists what counts for how much, the most first.
func (k *Keeper) Table(ctx context.Context) ([]Worth, error) {
	var list []Worth
	if err := k.db.SelectContext(ctx, &list, `SELECT kind, points, per, most, day_cap FROM standing_points ORDER BY points::numeric / per DESC, kind`); err != nil {
		return nil, fmt.Errorf("table of points: %w", err)
	}
	return list, nil
}

// TrustRule is from how many points, and after how many days, somebody is
// trusted.
type TrustRule struct {
	Points int `db:"points"`
	Days   int `db:"days"`
}

// Trust gives the rule as it is set.
func (k *Keeper) Trust(ctx context.Context) (TrustRule, error) {
	var r TrustRule
	if err := k.db.GetContext(ctx, &r, `SELECT points, days FROM trust_rule`); err != nil {
		return TrustRule{}, fmt.Errorf("rule of trust: %w", err)
	}
	return r, nil
}

func selectIDs(ctx context.Context, q pg.Q, list *[]accounts.ID, query string, args ...any) error {
	if err := sqlx.SelectContext(ctx, q, list, query, args...); err != nil {
		return fmt.Errorf("whose: %w", err)
	}
	return nil
}

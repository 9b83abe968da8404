package standing

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// monthDays is how far back "this month" reaches.
const monthDays = 30

// settleBatch bounds how many people one transaction settles.
const settleBatch = 200

// Compute brings the ledger of these people in line with what is due to them,
// and with it their totals, badges and trust. Who was erased has none.
func Compute(ctx context.Context, db *sqlx.DB, people []accounts.ID) error {
	people = slices.Sorted(slices.Values(people))
	for batch := range slices.Chunk(slices.Compact(people), settleBatch) {
		err := pg.InTx(ctx, db, func(tx pg.Q) error {
			_, err := settle(ctx, tx, batch)
			return err
		})
		if err != nil {
			return fmt.Errorf("settle %d standings: %w", len(batch), err)
		}
	}
	return nil
}

// settle says how many entries it wrote. Whoever settles holds the rows of the
// totals, in order, so that what it reads of a ledger stays so; should somebody
// write past that, the key of the entries refuses the second.
func settle(ctx context.Context, tx pg.Q, people []accounts.ID) (written int, err error) {
	if err := pg.Unhurried(ctx, tx); err != nil {
		return 0, err
	}
	const hold = `
		INSERT INTO standings (account_id) SELECT id FROM accounts WHERE id = ANY($1) AND erased_at IS NULL ORDER BY id ON CONFLICT DO NOTHING`
	if _, err := tx.ExecContext(ctx, hold, pg.IDs(people)); err != nil {
		return 0, fmt.Errorf("begin standings: %w", err)
	}
	var held []accounts.ID
	const lock = `
		SELECT s.account_id FROM standings s JOIN accounts a ON a.id = s.account_id
		WHERE s.account_id = ANY($1) AND a.erased_at IS NULL ORDER BY s.account_id FOR UPDATE OF s`
	if err := sqlx.SelectContext(ctx, tx, &held, lock, pg.IDs(people)); err != nil {
		return 0, fmt.Errorf("hold standings: %w", err)
	}
	ids := pg.IDs(held)
	if err := sqlx.GetContext(ctx, tx, &written, settleEntries, ids); err != nil {
		return 0, fmt.Errorf("entries: %w", err)
	}
	if _, err := tx.ExecContext(ctx, settleTotals, ids, monthDays); err != nil {
		return 0, fmt.Errorf("totals: %w", err)
	}
	names, kinds, counts := make([]string, len(badgeRules)), make([]string, len(badgeRules)), make([]int64, len(badgeRules))
	for i, r := range badgeRules {
		names[i], kinds[i], counts[i] = r.badge, string(r.kind), r.n
	}
	if _, err := tx.ExecContext(ctx, settleBadges, ids, pq.Array(names), pq.Array(kinds), pq.Array(counts)); err != nil {
		return 0, fmt.Errorf("badges: %w", err)
	}
	if _, err := tx.ExecContext(ctx, settleTrust, ids); err != nil {
		return 0, fmt.Errorf("trust: %w", err)
	}
	return written, nil
}

// everybody is who could have a standing: whoever did something that counts, or
// has entries to take back.
func everybody(ctx context.Context, q pg.Q) ([]accounts.ID, error) {
	const query = `
		SELECT a.id FROM accounts a WHERE a.erased_at IS NULL AND a.id IN (
			SELECT contributor_id FROM ideas WHERE status <> 'draft'
			UNION SELECT account_id FROM credits UNION SELECT account_id FROM taken_up UNION SELECT author_id FROM thanks
			UNION SELECT account_id FROM beta_reports UNION SELECT account_id FROM whole_challenges UNION SELECT account_id FROM standings
		) ORDER BY a.id`
	var people []accounts.ID
	if err := sqlx.SelectContext(ctx, q, &people, query); err != nil {
		return nil, fmt.Errorf("people with a standing: %w", err)
	}
	return people, nil
}

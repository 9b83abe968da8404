package standing

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// Total is a total that is not the sum of its entries.
type Total struct {
	Account accounts.ID `db:"account_id"`
	Says    int         `db:"says"`
	Sum     int         `db:"sum"`
}

// Report is what a check of the ledger found.
type Report struct {
	People, Entries int
	Totals          []Total // that are wrong, by account
	Due             int     // entries that settling would write now
}

// Exact reports whether nothing was wrong.
func (r Report) Exact() bool { return len(r.Totals) == 0 && r.Due == 0 }

// errLook takes back what a check did to see what would be done.
var errLook = errors.New("only looking")

// Check compares every total with the sum of its entries, and the ledger with
// what is due. It writes nothing.
func (k *Keeper) Check(ctx context.Context) (Report, error) {
	people, err := everybody(ctx, k.db)
	if err != nil {
		return Report{}, err
	}
	found := Report{People: len(people)}
	const totals = `
		SELECT coalesce(s.account_id, e.account_id) AS account_id, coalesce(s.points, 0) AS says, coalesce(e.sum, 0) AS sum
		FROM standings s FULL JOIN (SELECT account_id, sum(points) AS sum FROM standing_entries GROUP BY account_id) AS e ON e.account_id = s.account_id
		WHERE coalesce(s.points, 0) <> coalesce(e.sum, 0) ORDER BY 1`
	err = pg.InTx(ctx, k.db, func(tx pg.Q) error {
		if err := pg.Unhurried(ctx, tx); err != nil {
			return err
		}
		if err := sqlx.GetContext(ctx, tx, &found.Entries, `SELECT count(*) FROM standing_entries`); err != nil {
			return fmt.Errorf("count entries: %w", err)
		}
		if err := sqlx.SelectContext(ctx, tx, &found.Totals, totals); err != nil {
			return fmt.Errorf("totals: %w", err)
		}
		return nil
	})
	if err != nil {
		return Report{}, err
	}
	for batch := range slices.Chunk(people, settleBatch) {
		err := pg.InTx(ctx, k.db, func(tx pg.Q) error {
			n, err := settle(ctx, tx, batch)
			if err != nil {
				return err
			}
			found.Due += n
			return errLook
		})
		if !errors.Is(err, errLook) {
			return Report{}, fmt.Errorf("what is due: %w", err)
		}
	}
	return found, nil
}

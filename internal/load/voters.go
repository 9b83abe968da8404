package load

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// voters is the source of the members that cast a replay's ballots.
const voters = "threadless-members"

// electorate finds the made-up members, or makes this many of them: without an
// address, so that nobody signs in as one and none is listed among the people.
// Who votes what follows from their number, so that a board whose members are
// already made takes no other number; zero asks for those that are there.
func electorate(ctx context.Context, db *sqlx.DB, want int) ([]accounts.ID, error) {
	var list []accounts.ID
	const find = `SELECT id FROM accounts WHERE source = $1 ORDER BY id`
	if err := db.SelectContext(ctx, &list, find, voters); err != nil {
		return nil, fmt.Errorf("members of the replay: %w", err)
	}
	switch {
	case len(list) > 0 && (want == 0 || want == len(list)):
		return list, nil
	case len(list) > 0:
		return nil, saying(ErrOtherSet, "This board has %d members of an earlier replay, and %d were asked for. Leave the number out to go on, or use a new database.", len(list), want)
	}
	err := pg.InTx(ctx, db, func(tx pg.Q) error {
		const add = `
			INSERT INTO accounts (handle, name, source, external_id, visibility)
			SELECT 'threadless-member-' || n, 'Threadless member ' || n, $1, n, 'hidden' FROM generate_series(1, $2::bigint) AS n
			ON CONFLICT DO NOTHING RETURNING id`
		if err := unbound(ctx, tx); err != nil {
			return err
		}
		if err := sqlx.SelectContext(ctx, tx, &list, add, voters, want); err != nil {
			return fmt.Errorf("make %d members: %w", want, err)
		}
		if len(list) < want {
			return ErrHandles
		}
		return nil
	})
	return list, err
}

// unbound lifts the limits of statements for this transaction: a load takes as
// long as it takes.
func unbound(ctx context.Context, tx pg.Q) error {
	if _, err := tx.ExecContext(ctx, `SET LOCAL statement_timeout = 0`); err != nil {
		return fmt.Errorf("lift the limit of a statement: %w", err)
	}
	return nil
}

package pg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// Q is anything that runs a query: the pool, or the transaction in hand.
type Q = sqlx.ExtContext

// InTx runs do inside one transaction. An error or a panic undoes everything.
// An error from the commit itself means that nobody knows: what do writes must
// be safe to repeat.
func InTx(ctx context.Context, db *sqlx.DB, do func(tx Q) error) error {
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // harmless once committed
	if err := do(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil { // rolled back a moment ago because ctx ended
			err = ctx.Err()
		}
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// GetNamed binds :names from arg and scans the single row into dest. Inside the
// query write CAST(x AS t): sqlx reads the colons of x::t as a name.
func GetNamed(ctx context.Context, q Q, dest any, query string, arg any) error {
	bound, args, err := q.BindNamed(query, arg)
	if err != nil {
		return fmt.Errorf("bind: %w", err)
	}
	return sqlx.GetContext(ctx, q, dest, bound, args...)
}

// Unhurried lifts the limit on statements for the rest of a transaction, for
// work in the background that may take longer than people would wait.
func Unhurried(ctx context.Context, tx Q) error {
	if _, err := tx.ExecContext(ctx, "SET LOCAL statement_timeout = 0"); err != nil {
		return fmt.Errorf("lift the limit on statements: %w", err)
	}
	return nil
}

// Patient waits for locks up to 2.5 s for the rest of a transaction, for what
// the team decides in the midst of votes: a vote that gives up after a second is
// sent again by itself, a decision has to be made again by a person. The limit
// on statements of those connections, 3 s, still ends it in time for an answer.
func Patient(ctx context.Context, tx Q) error {
	if _, err := tx.ExecContext(ctx, "SET LOCAL lock_timeout = 2500"); err != nil {
		return fmt.Errorf("wait longer for locks: %w", err)
	}
	return nil
}

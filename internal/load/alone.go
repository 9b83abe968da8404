package load

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// alone holds a lock of this name on the whole database until release, so that
// one load of a kind runs at a time; ErrBusy when another does.
func alone(ctx context.Context, db *sqlx.DB, name string) (release func(), err error) {
	conn, err := db.Connx(ctx)
	if err != nil {
		return nil, fmt.Errorf("connection for the lock of %s: %w", name, err)
	}
	var held bool
	if err := conn.GetContext(ctx, &held, `SELECT pg_try_advisory_lock(hashtextextended($1, 0))`, name); err != nil || !held {
		_ = conn.Close() // back to the pool; its failure adds nothing
		if err != nil {
			return nil, fmt.Errorf("lock of %s: %w", name, err)
		}
		return nil, ErrBusy
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock(hashtextextended($1, 0))`, name)
		_ = conn.Close() // a lock that could not be released ends with its connection
	}, nil
}

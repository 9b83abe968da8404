package cluster

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

// EnsureDatabase makes the database unless it is there. Two callers at once are
// both content.
func (c *Cluster) EnsureDatabase(ctx context.Context, name string) error {
	connector, err := pq.NewConnector(c.DSN("postgres"))
	if err != nil {
		return fmt.Errorf("database %s: %w", name, err)
	}
	db := sql.OpenDB(connector)
	defer func() { _ = db.Close() }()
	var exists bool
	const query = `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`
	if err := db.QueryRowContext(ctx, query, name).Scan(&exists); err != nil {
		return fmt.Errorf("database %s: %w", name, err)
	}
	if exists {
		return nil
	}
	_, err = db.ExecContext(ctx, "CREATE DATABASE "+pq.QuoteIdentifier(name))
	if pq.As(err, pqerror.DuplicateDatabase, pqerror.UniqueViolation) != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("make database %s: %w", name, err)
	}
	return nil
}

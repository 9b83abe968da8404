package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/pg"
	"prosumer/internal/pg/cluster"
	"prosumer/migrations"
)

// lab is what every measurement stands on: a folder, a durable PostgreSQL, and
// the programs.
type lab struct {
	options
	self string // this program, for the sides that are processes of their own
	dir  string
	own  *cluster.Cluster
}

func newLab(ctx context.Context, o options) (*lab, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	dir, err := os.MkdirTemp("/var/tmp", "prosumer-bench-")
	if err != nil {
		return nil, fmt.Errorf("a folder to work in: %w", err)
	}
	l := &lab{options: o, self: self, dir: dir}
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL runs as another user when we are root
		return nil, err
	}
	fmt.Println("Starting a durable PostgreSQL (fsync and synchronous_commit on).")
	if l.own, err = cluster.Start(ctx, cluster.Options{Data: filepath.Join(dir, "pg"), Log: os.Stderr}); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

func (l *lab) close() {
	if l.own != nil {
		_ = l.own.Stop()
	}
	_ = os.RemoveAll(l.dir)
}

// database makes a migrated database and opens it.
func (l *lab) database(ctx context.Context, name string) (*sqlx.DB, string, error) {
	if err := l.own.EnsureDatabase(ctx, name); err != nil {
		return nil, "", err
	}
	db, err := pg.Open(ctx, l.own.DSN(name))
	if err != nil {
		return nil, "", err
	}
	if err := pg.Migrate(ctx, db, migrations.FS); err != nil {
		_ = db.Close()
		return nil, "", err
	}
	return db, l.own.DSN(name), nil
}

// drop removes a database, so that the next chapter finds the disk and the
// background workers at rest.
func (l *lab) drop(ctx context.Context, db *sqlx.DB, name string) error {
	_ = db.Close()
	admin, err := pg.Open(ctx, l.own.DSN("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = admin.Close() }()
	if _, err := admin.ExecContext(ctx, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("drop %s: %w", name, err)
	}
	return nil
}

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/pg"
	"prosumer/internal/pg/cluster"
	"prosumer/migrations"
)

// databaseName is that of the board in the server's own cluster.
const databaseName = "prosumer"

// open gives a command its database, migrated: the one of DATABASE_URL, or the
// server's own cluster, which is joined when it runs and else started and
// stopped again.
func (a *app) open() (db *sqlx.DB, dsn string, done func(), err error) {
	dsn, release := a.cfg.DatabaseURL, func() {}
	if dsn == "" {
		if err := os.MkdirAll(a.cfg.DataDir, 0o755); err != nil {
			return nil, "", nil, fmt.Errorf("DATA_DIR: %w", err)
		}
		own, leave, err := cluster.Join(a.ctx, cluster.Options{Data: a.clusterDir(), Log: os.Stderr})
		if err != nil {
			return nil, "", nil, err
		}
		release = leave
		if err := own.EnsureDatabase(a.ctx, databaseName); err != nil {
			leave()
			return nil, "", nil, err
		}
		dsn = own.DSN(databaseName)
	}
	db, err = pg.Open(a.ctx, dsn)
	if err != nil {
		release()
		return nil, "", nil, err
	}
	done = func() {
		_ = db.Close()
		release()
	}
	if err := pg.Migrate(a.ctx, db, migrations.FS); err != nil {
		done()
		return nil, "", nil, errors.Join(errors.New("the schema could not be brought up to date"), err)
	}
	dsn, err = pg.Complete(dsn)
	return db, dsn, done, err
}

func (a *app) clusterDir() string { return filepath.Join(a.cfg.DataDir, "pg") }

type migrateCmd struct{}

// Run migrates, which open does.
func (migrateCmd) Run(a *app) error {
	_, _, done, err := a.open()
	if err != nil {
		return err
	}
	defer done()
	fmt.Fprintln(a.out, "The schema is up to date.")
	return nil
}

type postgresCmd struct {
	Exec execCmd `cmd:"" help:"Run a command against a throw-away cluster, its address in TEST_DATABASE_URL."`
}

type execCmd struct {
	Command []string `arg:"" passthrough:"" help:"The command and its arguments, after --."`
}

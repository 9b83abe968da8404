package pg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrate brings the database up to the newest file in fsys. Any number of
// servers may call it at once: an advisory lock lets one of them work while
// the others look every second, for at most five minutes.
func Migrate(ctx context.Context, db *sqlx.DB, fsys fs.FS) error {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return fmt.Errorf("migration lock: %w", err)
	}
	steps, err := goose.NewProvider(goose.DialectPostgres, db.DB, fsys, goose.WithSessionLocker(unhurried{locker}))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := steps.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Pending reports whether the database lacks a migration of fsys. A database
// that is ahead of us, as during a rolling update, lacks nothing.
func Pending(ctx context.Context, db *sqlx.DB, fsys fs.FS) (bool, error) {
	steps, err := goose.NewProvider(goose.DialectPostgres, db.DB, fsys)
	if err != nil {
		return false, fmt.Errorf("read migrations: %w", err)
	}
	pending, err := steps.HasPending(ctx)
	if err != nil {
		return false, fmt.Errorf("pending migrations: %w", err)
	}
	return pending, nil
}

// unhurried lifts the statement limit on the connection that migrates, since
// building an index may take minutes. The lock limit stays: a migration that
// cannot get its lock must fail rather than queue everybody behind it.
type unhurried struct{ lock.SessionLocker }

func (u unhurried) SessionLock(ctx context.Context, conn *sql.Conn) error {
	if err := u.SessionLocker.SessionLock(ctx, conn); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "SET statement_timeout = 0"); err != nil {
		return errors.Join(err, u.SessionUnlock(context.WithoutCancel(ctx), conn))
	}
	return nil
}

func (u unhurried) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "RESET statement_timeout")
	return errors.Join(err, u.SessionLocker.SessionUnlock(ctx, conn))
}

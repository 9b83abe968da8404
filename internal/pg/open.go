package pg

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// The pool's limits. PostgreSQL's own default is 100 connections; three servers
// on one database still fit.
const (
	maxOpen     = 32
	maxIdle     = maxOpen // fewer, and a busy pool spends its time on making connections anew
	maxLifetime = 30 * time.Minute
	maxIdleTime = 5 * time.Minute
)

// patience is how long Open waits for a database that is briefly away, such as
// one that starts at the same moment as we do.
const patience = 15 * time.Second

// Open connects to the database named by a URL or a key=value DSN and answers
// once it has answered. A database that is away gets 15 seconds to come back;
// a refusal (wrong password, no such database) is reported at once.
//
// Callers get Complete's settings, so that no statement, lock or forgotten
// transaction holds a connection for ever.
func Open(ctx context.Context, dsn string) (*sqlx.DB, error) {
	return openWithin(ctx, dsn, patience)
}

func openWithin(ctx context.Context, dsn string, patience time.Duration) (*sqlx.DB, error) {
	full, err := Complete(dsn)
	if err != nil {
		return nil, err
	}
	connector, err := pq.NewConnector(full)
	if err != nil {
		return nil, fmt.Errorf("database address: %w", err)
	}
	db := sqlx.NewDb(sql.OpenDB(connector), "postgres")
	db.SetMaxOpenConns(maxOpen)
	db.SetMaxIdleConns(maxIdle)
	db.SetConnMaxLifetime(maxLifetime)
	db.SetConnMaxIdleTime(maxIdleTime)
	if err := awaitAnswer(ctx, db, patience); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	return db, nil
}

// awaitAnswer pings until the database answers, refuses, or patience ends.
func awaitAnswer(ctx context.Context, db *sqlx.DB, patience time.Duration) error {
	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	pause := 50 * time.Millisecond
	var last error
	for {
		err := db.PingContext(bounded)
		if err == nil {
			return nil
		}
		if last == nil || bounded.Err() == nil {
			last = err // the cause, rather than our own deadline
		}
		if !Away(err) {
			return last
		}
		select {
		case <-bounded.Done():
			return last
		case <-time.After(pause):
			pause = min(2*pause, time.Second)
		}
	}
}

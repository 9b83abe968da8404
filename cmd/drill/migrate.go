package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/pressly/goose/v3"

	"prosumer/internal/pg"
	"prosumer/migrations"
)

func migrateDrills() []drill {
	return []drill{
		{"M1", "Five servers start at once on an empty and on an old database", "one migrates, the others wait, none fails; a killed migration leaves a clean version", startAtOnce},
	}
}

// oldVersion is the schema that an old database has.
const oldVersion = 8

// migrateWithin is the longest that a server may wait for the one that migrates.
const migrateWithin = time.Minute

// startAtOnce is M1.
func startAtOnce(ctx context.Context, l *lab) outcome {
	var figures []figure
	var notes []string
	for _, c := range []struct {
		name string
		make func(ctx context.Context, l *lab) (*board, string, error)
	}{{"an empty database", emptyBoard}, {"an old database with votes in it", oldBoard}, {"a database whose migration was killed", interruptedBoard}} {
		b, note, err := c.make(ctx, l)
		if note != "" {
			notes = append(notes, note)
		}
		if err != nil {
			return broke(fmt.Errorf("%s: %w", c.name, err), figures...)
		}
		voters, err := b.voters(ctx)
		if err != nil {
			return broke(err, figures...)
		}
		took, failed := fiveAtOnce(ctx, l, b)
		twice, err := b.count(ctx, `SELECT count(*) FROM (SELECT version_id FROM goose_db_version WHERE is_applied GROUP BY version_id HAVING count(*) > 1) AS t`)
		if err != nil {
			return broke(err, figures...)
		}
		pending, err := pg.Pending(ctx, b.DB, migrations.FS)
		if err != nil {
			return broke(err, figures...)
		}
		after, err := b.voters(ctx)
		if err != nil {
			return broke(err, figures...)
		}
		wrong, err := b.count(ctx, b.differing(ctx))
		if err != nil {
			return broke(err, figures...)
		}
		figures = append(figures,
			none(c.name+": servers that did not become ready", len(failed)),
			within(c.name+": until the last was ready", took, migrateWithin),
			none(c.name+": migrations applied twice", twice),
			holds(c.name+": nothing is left to migrate", !pending))
		if voters > 0 {
			figures = append(figures, none(c.name+": votes gone", voters-after), none(c.name+": tallies that differ from their votes", wrong))
		}
		for _, err := range failed {
			notes = append(notes, err.Error())
		}
	}
	return judged(figures, notes...)
}

func fiveAtOnce(ctx context.Context, l *lab, b *board) (time.Duration, []error) {
	const servers = 5
	var mu sync.Mutex
	var failed []error
	var all sync.WaitGroup
	begun := time.Now()
	for range servers {
		all.Go(func() {
			n, err := l.serve(ctx, serveOptions{DSN: b.DSN, NoWait: true})
			if err == nil {
				err = n.ready(ctx, migrateWithin)
			}
			if err != nil {
				mu.Lock()
				failed = append(failed, err)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	took := time.Since(begun)
	l.killNodes()
	return took, failed
}

// voters counts the votes, none where there is no such table yet.
func (b *board) voters(ctx context.Context) (int, error) {
	if !b.has(ctx, "votes", "idea_id") {
		return 0, nil
	}
	return b.count(ctx, `SELECT count(*) FROM votes`)
}

func emptyBoard(ctx context.Context, l *lab) (*board, string, error) {
	dsn, err := l.database(ctx, l.pg)
	if err != nil {
		return nil, "", err
	}
	b, err := l.enter(ctx, dsn)
	return b, "", err
}

// oldBoard has the schema of an earlier version, and people who voted then.
func oldBoard(ctx context.Context, l *lab) (*board, string, error) {
	b, _, err := emptyBoard(ctx, l)
	if err != nil {
		return nil, "", err
	}
	steps, err := goose.NewProvider(goose.DialectPostgres, b.DB.DB, migrations.FS)
	if err != nil {
		return nil, "", err
	}
	if _, err := steps.UpTo(ctx, oldVersion); err != nil {
		return nil, "", fmt.Errorf("migrate to %d: %w", oldVersion, err)
	}
	if err := b.fill(ctx, 50, l.times(2000, 200)); err != nil {
		return nil, "", err
	}
	const ballots = `
		SELECT cast_ballots(array_agg(i.id), array_agg(a.id), array_agg(a.id % 2 = 0), array_agg(false), array_agg(false))
		FROM ideas i CROSS JOIN accounts a WHERE 'member' = ALL (a.roles)`
	if _, err := b.DB.ExecContext(ctx, ballots); err != nil {
		return nil, "", fmt.Errorf("votes of the past: %w", err)
	}
	return b, "", nil
}

// interruptedBoard was being migrated when its server was killed, some times.
func interruptedBoard(ctx context.Context, l *lab) (*board, string, error) {
	b, _, err := oldBoard(ctx, l)
	if err != nil {
		return nil, "", err
	}
	var versions []int
	for k := range l.times(4, 2) {
		n, err := l.serve(ctx, serveOptions{DSN: b.DSN, NoWait: true})
		if err != nil {
			return nil, "", err
		}
		if err := b.awaitWork(ctx, n); err != nil {
			return nil, "", err
		}
		pause(ctx, time.Duration(k*150+rand.IntN(100))*time.Millisecond) // later each time
		n.kill()
		version, err := b.count(ctx, `SELECT max(version_id) FROM goose_db_version WHERE is_applied`)
		if err != nil {
			return nil, "", err
		}
		versions = append(versions, version)
	}
	return b, fmt.Sprintf("The kills left the schema, which began at %d, at version %v.", oldVersion, versions), nil
}

// awaitWork waits until the server is in the middle of a transaction, or ready.
func (b *board) awaitWork(ctx context.Context, n *node) error {
	const busy = `
		SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> $1
		AND backend_type = 'client backend' AND xact_start < clock_timestamp() - interval '5 milliseconds'`
	for ctx.Err() == nil {
		working, err := b.count(ctx, busy, ownName)
		if err != nil || working > 0 || n.status("/readyz") == http.StatusOK {
			return err
		}
		if !n.alive() {
			return errors.New("the server ended before it could be killed")
		}
	}
	return ctx.Err()
}

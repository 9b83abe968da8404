package load

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/pg"
)

// Filling the tables first and building their indexes afterwards takes a
// fraction of the time; GIN row by row would take hours. The definitions of the
// indexes that are put aside are kept in a table of their own until they stand
// again, so that an interrupted load loses none.
const aside = "seed_indexes_aside"

// worthIt is from how many ideas on indexes are put aside.
const worthIt = 20_000

type index struct {
	Name       string `db:"name"`
	Definition string `db:"definition"`
}

// putAside drops the indexes that no constraint rests on, when ideas and votes
// are empty. It reports whether they are aside, now or from before.
func putAside(ctx context.Context, db *sqlx.DB) (done bool, err error) {
	err = pg.InTx(ctx, db, func(tx pg.Q) error {
		if err := sqlx.GetContext(ctx, tx, &done, `SELECT to_regclass($1) IS NOT NULL`, aside); err != nil || done {
			return err
		}
		if _, err := tx.ExecContext(ctx, `LOCK TABLE ideas, votes, ranks IN ACCESS EXCLUSIVE MODE`); err != nil {
			return fmt.Errorf("lock the tables: %w", err)
		}
		var filled bool
		if err := sqlx.GetContext(ctx, tx, &filled, `SELECT EXISTS (SELECT 1 FROM ideas) OR EXISTS (SELECT 1 FROM votes)`); err != nil || filled {
			return err
		}
		const list = `
			SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
			WHERE i.indrelid IN ('ideas'::regclass, 'votes'::regclass, 'ranks'::regclass) AND NOT i.indisunique`
		var found []index
		if err := sqlx.SelectContext(ctx, tx, &found, list); err != nil {
			return fmt.Errorf("list indexes: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `CREATE TABLE `+aside+` (name text PRIMARY KEY, definition text NOT NULL)`); err != nil {
			return fmt.Errorf("keep indexes: %w", err)
		}
		for _, i := range found {
			if _, err := tx.ExecContext(ctx, `INSERT INTO `+aside+` VALUES ($1, $2)`, i.Name, i.Definition); err != nil {
				return fmt.Errorf("keep index %s: %w", i.Name, err)
			}
			if _, err := tx.ExecContext(ctx, `DROP INDEX `+pq.QuoteIdentifier(i.Name)); err != nil {
				return fmt.Errorf("put index %s aside: %w", i.Name, err)
			}
		}
		done = true
		return nil
	})
	return done, err
}

// putBack builds what was put aside, two at a time and the longest work first.
func putBack(ctx context.Context, db *sqlx.DB, progress func(done, total int)) error {
	var kept bool
	if err := db.GetContext(ctx, &kept, `SELECT to_regclass($1) IS NOT NULL`, aside); err != nil || !kept {
		return err
	}
	var list []index
	const longest = `SELECT name, definition FROM ` + aside + ` ORDER BY name = 'ideas_story_parts' DESC, definition LIKE '%gin%' DESC, name LIKE 'votes%' DESC, name`
	if err := db.SelectContext(ctx, &list, longest); err != nil {
		return fmt.Errorf("indexes put aside: %w", err)
	}
	todo, built := make(chan index, len(list)), make(chan error, len(list))
	for _, i := range list {
		todo <- i
	}
	close(todo)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var builders sync.WaitGroup
	for range loaders {
		builders.Go(func() {
			for i := range todo {
				built <- build(ctx, db, i)
			}
		})
	}
	var failed error
	progress(0, len(list))
	for done := range list {
		if err := <-built; err != nil && failed == nil {
			failed = err
			cancel()
		}
		if failed == nil {
			progress(done+1, len(list))
		}
	}
	builders.Wait()
	if failed != nil {
		return failed
	}
	if _, err := db.ExecContext(ctx, `DROP TABLE `+aside); err != nil {
		return fmt.Errorf("forget the indexes put aside: %w", err)
	}
	return nil
}

func build(ctx context.Context, db *sqlx.DB, i index) error {
	return pg.InTx(ctx, db, func(tx pg.Q) error {
		for _, set := range append(limitless(false), `SET LOCAL maintenance_work_mem = '512MB'`) {
			if _, err := tx.ExecContext(ctx, set); err != nil {
				return fmt.Errorf("prepare index %s: %w", i.Name, err)
			}
		}
		if _, err := tx.ExecContext(ctx, strings.Replace(i.Definition, "CREATE INDEX ", "CREATE INDEX IF NOT EXISTS ", 1)); err != nil {
			return fmt.Errorf("build index %s: %w", i.Name, err)
		}
		return nil
	})
}

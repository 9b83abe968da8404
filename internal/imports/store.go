package imports

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/pg"
)

// Import is a file that was read in.
type Import struct {
	ID       int64      `db:"id"`
	Source   string     `db:"source"`
	File     string     `db:"file"`
	Added    int        `db:"added"`
	Skipped  int        `db:"skipped"`
	Refused  int        `db:"refused"`
	Ideas    int        `db:"ideas"` // still on the board
	At       time.Time  `db:"at"`
	UndoneAt *time.Time `db:"undone_at"`
}

const columns = `i.id, i.source, i.file, i.added, i.skipped, i.refused, i.at, i.undone_at, (SELECT count(*) FROM ideas WHERE import_id = i.id) AS ideas`

func insertImport(ctx context.Context, tx pg.Q, source, file string, at time.Time) (int64, error) {
	var id int64
	if err := sqlx.GetContext(ctx, tx, &id, `INSERT INTO imports (source, file, at) VALUES ($1, $2, $3) RETURNING id`, source, paragraphs(file), at); err != nil {
		return 0, fmt.Errorf("begin import: %w", err)
	}
	return id, nil
}

func updateImport(ctx context.Context, q pg.Q, r Report) error {
	if _, err := q.ExecContext(ctx, `UPDATE imports SET added = $2, skipped = $3, refused = $4 WHERE id = $1`, r.Import, r.Added, r.Skipped, r.Refused); err != nil {
		return fmt.Errorf("count import %d: %w", r.Import, err)
	}
	return nil
}

func lockImport(ctx context.Context, tx pg.Q, id int64) (Import, error) {
	var i Import
	err := sqlx.GetContext(ctx, tx, &i, `SELECT `+columns+` FROM imports i WHERE id = $1 FOR UPDATE OF i`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return i, ErrNotFound
	}
	if err != nil {
		return i, fmt.Errorf("import %d: %w", id, err)
	}
	return i, nil
}

// forget removes the authors of an undone import that nothing refers to any
// more, since their names came with it, and notes that it was undone.
func forget(ctx context.Context, tx pg.Q, i Import) error {
	const authors = `
		DELETE FROM accounts a WHERE a.source = $1 AND a.email IS NULL
		  AND NOT EXISTS (SELECT 1 FROM ideas WHERE contributor_id = a.id)
		  AND NOT EXISTS (SELECT 1 FROM idea_history WHERE actor_id = a.id)
		  AND NOT EXISTS (SELECT 1 FROM idea_versions WHERE editor_id = a.id)
		  AND NOT EXISTS (SELECT 1 FROM credits WHERE account_id = a.id)
		  AND NOT EXISTS (SELECT 1 FROM comments WHERE author_id = a.id)`
	if _, err := tx.ExecContext(ctx, authors, i.Source); err != nil {
		return fmt.Errorf("authors of import %d: %w", i.ID, err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE imports SET undone_at = now() WHERE id = $1`, i.ID); err != nil {
		return fmt.Errorf("undo import %d: %w", i.ID, err)
	}
	return nil
}

// known tells which rows of a batch are on the board already.
func known(ctx context.Context, q pg.Q, source string, batch []Row) (map[string]bool, error) {
	ids := make([]string, len(batch))
	for i, row := range batch {
		ids[i] = row.ExternalID
	}
	var found []string
	const query = `SELECT external_id FROM ideas WHERE source = $1 AND external_id = ANY($2)`
	if err := sqlx.SelectContext(ctx, q, &found, query, source, pq.Array(ids)); err != nil {
		return nil, fmt.Errorf("look for imported ideas: %w", err)
	}
	here := map[string]bool{}
	for _, id := range found {
		here[id] = true
	}
	return here, nil
}

// topicNames leads from a topic's names in both languages, and its slug, to its
// slug; a slug wins over another topic's name.
func topicNames(ctx context.Context, q pg.Q) (map[string]string, error) {
	var list []struct {
		Slug   string `db:"slug"`
		NameEN string `db:"name_en"`
		NameNL string `db:"name_nl"`
	}
	if err := sqlx.SelectContext(ctx, q, &list, `SELECT slug, name_en, name_nl FROM topics ORDER BY position DESC, id DESC`); err != nil {
		return nil, fmt.Errorf("topics: %w", err)
	}
	names := map[string]string{}
	for _, t := range list {
		names[plainName(t.NameEN)], names[plainName(t.NameNL)] = t.Slug, t.Slug
	}
	for _, t := range list {
		names[plainName(t.Slug)] = t.Slug
	}
	delete(names, "")
	return names, nil
}

func savepoint(ctx context.Context, tx pg.Q) error { return at(ctx, tx, `SAVEPOINT row`) }

func releaseSavepoint(ctx context.Context, tx pg.Q) error {
	return at(ctx, tx, `RELEASE SAVEPOINT row`)
}

func rollbackToSavepoint(ctx context.Context, tx pg.Q) error {
	if err := at(ctx, tx, `ROLLBACK TO SAVEPOINT row`); err != nil {
		return err
	}
	return releaseSavepoint(ctx, tx)
}

func at(ctx context.Context, tx pg.Q, statement string) error {
	if _, err := tx.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("savepoint: %w", err)
	}
	return nil
}

// badValue reports whether the database refused a value itself: data it cannot
// hold (class 22), or a row against its rules (class 23).
func badValue(err error) bool {
	e := pq.As(err)
	return e != nil && (e.Code.Class() == "22" || e.Code.Class() == "23")
}

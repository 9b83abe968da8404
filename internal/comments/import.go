package comments

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Imported is a comment from another tool.
type Imported struct {
	Source, ExternalID string
	Import             int64 // the import it is undone with
	Idea               ideas.ID
	Answers            ID // 0: it begins a thread
	Author             accounts.ID
	Text               string // plain
	Kind               Kind
	For, Against       int // votes from there: shown apart
	At                 time.Time
}

// Import adds a comment unless its source and external ID are here already;
// then it changes nothing and reports false. Nobody is told of it.
func Import(ctx context.Context, tx pg.Q, in Imported) (ID, bool, error) {
	if in.Kind == "" || in.Answers != 0 {
		in.Kind = Plain
	}
	html := clean.Plain(in.Text)
	if html.Empty() {
		return 0, false, errInvalid.With("body", "comments.empty")
	}
	if len(in.Text) > clean.MaxSource {
		return 0, false, clean.ErrTooLong
	}
	at, err := placeOf(ctx, tx, in.Idea, in.Answers)
	if err != nil {
		return 0, false, err
	}
	var id ID
	const query = `
		INSERT INTO comments (idea_id, thread_id, parent_id, reply_to, author_id, kind, source, html, text, policy_version, at, carried_for, carried_against, import_id, import_source, external_id)
		VALUES ($1, nullif($2, 0), nullif($3, 0), nullif($4, 0), $5, $6, $7, $8, $9, $10, coalesce($11, now()), $12, $13, $14, $15, $16)
		ON CONFLICT (import_source, external_id) WHERE import_source <> '' DO NOTHING RETURNING id`
	when := &in.At
	if in.At.IsZero() {
		when = nil
	}
	err = sqlx.GetContext(ctx, tx, &id, query, in.Idea, at.Thread, at.Parent, at.ReplyTo, in.Author, in.Kind, storable(html.String()), html, clean.Text(html), clean.PolicyVersion, when,
		in.For, in.Against, in.Import, in.Source, in.ExternalID)
	if pg.Missing(err) { // another run was quicker
		err = sqlx.GetContext(ctx, tx, &id, `SELECT id FROM comments WHERE import_source = $1 AND external_id = $2`, in.Source, in.ExternalID)
		return id, false, err
	}
	if err != nil {
		return 0, false, fmt.Errorf("import comment %q: %w", in.ExternalID, err)
	}
	return id, true, nil
}

// UndoImport removes every comment of an import. One that was answered here
// since is emptied and keeps its place, so that nobody else's words go with it.
func UndoImport(ctx context.Context, tx pg.Q, importID int64) (int, error) {
	const empty = `
		UPDATE comments c SET source = '', html = '', text = '', deleted_at = clock_timestamp(), pinned_at = NULL, carried_for = 0, carried_against = 0,
		       import_id = NULL, import_source = '', external_id = ''
		WHERE c.import_id = $1 AND EXISTS (
			SELECT 1 FROM comments r WHERE (r.thread_id = c.id OR r.parent_id = c.id) AND r.import_id IS DISTINCT FROM $1)`
	removed := 0
	for _, query := range []string{empty, `DELETE FROM comments WHERE import_id = $1`} {
		done, err := tx.ExecContext(ctx, query, importID)
		if err != nil {
			return 0, fmt.Errorf("undo import %d: %w", importID, err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return 0, fmt.Errorf("undo import %d: %w", importID, err)
		}
		removed += int(n)
	}
	return removed, nil
}

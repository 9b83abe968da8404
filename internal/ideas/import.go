package ideas

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

// Imported is an idea from another tool.
type Imported struct {
	Source, ExternalID string
	Import             int64 // the import it is undone with
	Contributor        accounts.ID
	Title, Story       string // the story as plain text
	Topic              string
	Tags               []string
	CarriedOver        int // counts from there: shown apart, never in the tally
	Created            time.Time
	Status             Status // Open, or another that the table allows from Open without a reason
}

// Import adds an idea unless its source and external ID are here already; then
// it changes nothing and reports false.
func Import(ctx context.Context, tx pg.Q, in Imported) (ID, bool, error) {
	var id ID
	err := sqlx.GetContext(ctx, tx, &id, `SELECT id FROM ideas WHERE source = $1 AND external_id = $2`, in.Source, in.ExternalID)
	if err == nil {
		return id, false, nil
	}
	if !missing(err) {
		return 0, false, fmt.Errorf("look for imported idea: %w", err)
	}
	text := Text{Title: in.Title, Story: clean.Plain(in.Story).String(), Topic: in.Topic, Tags: in.Tags}
	t, err := text.tidy(false)
	if err != nil {
		return 0, false, err
	}
	if id, err = insertDraft(ctx, tx, in.Contributor, in.Created); err != nil {
		return 0, false, err
	}
	if err := writeText(ctx, tx, id, t, false, in.Contributor); err != nil {
		return 0, false, err
	}
	const mark = `UPDATE ideas SET source = $2, external_id = $3, import_id = $4, carried_over = $5 WHERE id = $1`
	if _, err := tx.ExecContext(ctx, mark, id, in.Source, in.ExternalID, in.Import, in.CarriedOver); err != nil {
		return 0, false, fmt.Errorf("mark imported idea: %w", err)
	}
	return id, true, place(ctx, tx, id, in.Contributor, in.Status, &in.Created)
}

// place opens a draft at a time of the past, and moves it on where asked.
func place(ctx context.Context, tx pg.Q, id ID, by accounts.ID, status Status, at *time.Time) error {
	if status == "" {
		status = Open
	}
	if err := move(ctx, tx, step{idea: id, from: Draft, to: Open, actor: by, at: at}); err != nil {
		return err
	}
	if status == Open {
		return nil
	}
	return move(ctx, tx, step{idea: id, from: Open, to: status, actor: by, at: at})
}

// UndoImport removes every idea of an import, unless one of them was decided.
func UndoImport(ctx context.Context, tx pg.Q, importID int64) (int, error) {
	var decided bool
	const check = `SELECT EXISTS (SELECT 1 FROM ideas WHERE import_id = $1 AND status IN ('adopted', 'in_production', 'launched'))`
	if err := sqlx.GetContext(ctx, tx, &decided, check, importID); err != nil {
		return 0, fmt.Errorf("look at import %d: %w", importID, err)
	}
	if decided {
		return 0, ErrFrozen
	}
	done, err := tx.ExecContext(ctx, `DELETE FROM ideas WHERE import_id = $1`, importID)
	if err != nil {
		return 0, fmt.Errorf("undo import %d: %w", importID, err)
	}
	n, err := done.RowsAffected()
	return int(n), err
}

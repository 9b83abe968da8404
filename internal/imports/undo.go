package imports

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/comments"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// The refusals of Undo.
var (
	ErrNotFound = fault.New(fault.NotFound, "imports.not_found", "There is no such import.")
	ErrUndone   = fault.New(fault.Conflict, "imports.undone", "This import was undone already.")
	ErrAdopted  = fault.New(fault.Conflict, "imports.adopted", "An idea of this import was adopted, so the import can no longer be undone.")
)

// Undo removes every idea of an import, with its votes and its history, or every
// comment, and the authors that are left without any. It says how many are gone.
// All of them go or none: ErrAdopted when one of the ideas was adopted.
func Undo(ctx context.Context, db *sqlx.DB, importID int64) (int, error) {
	removed := 0
	err := pg.InTx(ctx, db, func(tx pg.Q) error {
		i, err := lockImport(ctx, tx, importID)
		switch {
		case err != nil:
			return err
		case i.UndoneAt != nil:
			return ErrUndone
		}
		removed, err = ideas.UndoImport(ctx, tx, importID)
		if errors.Is(err, ideas.ErrFrozen) {
			return ErrAdopted
		}
		if err != nil {
			return err
		}
		said, err := comments.UndoImport(ctx, tx, importID)
		if err != nil {
			return err
		}
		removed += said
		return forget(ctx, tx, i)
	})
	if err != nil {
		return 0, err
	}
	return removed, nil
}

// List gives every import, the latest first.
func List(ctx context.Context, db *sqlx.DB) ([]Import, error) {
	list := []Import{}
	if err := db.SelectContext(ctx, &list, `SELECT `+columns+` FROM imports i ORDER BY id DESC`); err != nil {
		return nil, fmt.Errorf("imports: %w", err)
	}
	return list, nil
}

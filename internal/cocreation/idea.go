package cocreation

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// held is an idea that the transaction holds.
type held struct {
	ID          ideas.ID     `db:"id"`
	Contributor accounts.ID  `db:"contributor_id"`
	Status      ideas.Status `db:"status"`
	Hidden      bool         `db:"hidden"`
	Version     int          `db:"version"`
}

// hold locks an idea that the actor may see. Everything about its co-creators
// happens under this lock, as merging does.
func hold(ctx context.Context, tx pg.Q, actor accounts.Actor, id ideas.ID) (held, error) {
	var h held
	err := sqlx.GetContext(ctx, tx, &h, `SELECT id, contributor_id, status, hidden, version FROM ideas WHERE id = $1 FOR UPDATE`, id)
	if pg.Missing(err) {
		return held{}, ideas.ErrNotFound
	}
	if err != nil {
		return held{}, fmt.Errorf("hold idea %d: %w", id, err)
	}
	if !ideas.Sees(actor, h.idea()) {
		return held{}, ideas.ErrNotFound
	}
	return h, nil
}

func (h held) idea() ideas.Idea {
	return ideas.Idea{ID: h.ID, Contributor: h.Contributor, Status: h.Status, Hidden: h.Hidden, Version: h.Version}
}

// Open reports whether an idea in this state still takes co-creators: once it
// is decided, credit is given on its product.
func Open(status ideas.Status) bool {
	return status.Votable() || status == ideas.NeedsWork || status == ideas.Parked
}

func (h held) open() error {
	if !Open(h.Status) {
		return ErrFrozen
	}
	return nil
}

// MayTakeUp says why the actor may not take up what is said about an idea, or
// nil; whose words they are is another question.
func MayTakeUp(actor accounts.Actor, idea ideas.Idea) error {
	switch {
	case actor.Visitor():
		return accounts.ErrSignIn
	case idea.Contributor != actor.ID && !actor.Decides():
		return ErrNotYours
	case !Open(idea.Status):
		return ErrFrozen
	default:
		return nil
	}
}

// Settle makes the co-creators of an idea of the reasons that stand. The caller
// holds the idea.
func Settle(ctx context.Context, tx pg.Q, idea ideas.ID) error {
	if _, err := tx.ExecContext(ctx, `SELECT co_creators_settle($1)`, idea); err != nil {
		return fmt.Errorf("co-creators of idea %d: %w", idea, err)
	}
	return nil
}

// tidyWhat checks what somebody is credited for.
func tidyWhat(typed string) (string, error) {
	if !clean.ValidText(typed) {
		return "", errInvalid.With("what_for", "ideas.text_broken")
	}
	typed = clean.Line(typed)
	if n := utf8.RuneCountInString(typed); n < 2 || n > 200 {
		return "", errInvalid.With("what_for", "cocreation.what_for_length")
	}
	return typed, nil
}

package triage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// MaxNote is how long a note may be, in characters; the database holds the same.
const MaxNote = 4000

// Note is what somebody of the team wrote for colleagues. It is plain text.
type Note struct {
	ID       int64       `db:"id"`
	Idea     ideas.ID    `db:"idea_id"`
	Author   accounts.ID `db:"author_id"`
	Name     string      `db:"name"`
	Handle   string      `db:"handle"`
	Face     *string     `db:"picture_id"`
	Body     string      `db:"body"`
	At       time.Time   `db:"at"`
	EditedAt *time.Time  `db:"edited_at"`
}

// Notes gives the notes on an idea, the oldest first; for the team alone.
func (s *Service) Notes(ctx context.Context, actor accounts.Actor, idea ideas.ID) ([]Note, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return nil, err
	}
	const query = `
		SELECT n.id, n.idea_id, n.author_id, a.name, a.handle, a.picture_id, n.body, n.at, n.edited_at
		FROM idea_notes n JOIN accounts a ON a.id = n.author_id
		WHERE n.idea_id = $1 AND n.deleted_at IS NULL ORDER BY n.id`
	var list []Note
	if err := s.db.SelectContext(ctx, &list, query, idea); err != nil {
		return nil, fmt.Errorf("notes on idea %d: %w", idea, err)
	}
	return list, nil
}

// tidyNote keeps line breaks, and nothing that cannot be stored.
func tidyNote(body string) (string, error) {
	body = strings.ReplaceAll(body, "\r\n", "\n")
	switch {
	case !clean.ValidText(body):
		return "", errInvalid.With("note", "triage.note_broken")
	case strings.TrimSpace(body) == "":
		return "", errInvalid.With("note", "triage.note_empty")
	}
	body = strings.TrimSpace(body)
	if utf8.RuneCountInString(body) > MaxNote {
		return "", errInvalid.With("note", "triage.note_long")
	}
	if len(handlesIn(body)) > maxMentions {
		return "", errInvalid.With("note", "triage.mentions_many")
	}
	return body, nil
}

// AddNote writes a note on an idea, and tells the colleagues it names.
func (s *Service) AddNote(ctx context.Context, actor accounts.Actor, idea ideas.ID, body string) (id int64, err error) {
	if body, err = tidyNote(body); err != nil {
		return 0, s.teamFirst(actor, err)
	}
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := s.ours(ctx, tx, actor, idea); err != nil {
			return err
		}
		const query = `INSERT INTO idea_notes (idea_id, author_id, body) VALUES ($1, $2, $3) RETURNING id`
		if err := sqlx.GetContext(ctx, tx, &id, query, idea, actor.ID, body); err != nil {
			return fmt.Errorf("note on idea %d: %w", idea, err)
		}
		if _, err := note(ctx, tx, idea, Noted, actor.ID, nil, nil); err != nil {
			return err
		}
		return s.mention(ctx, tx, actor, Note{ID: id, Idea: idea, Body: body})
	})
	return id, err
}

// teamFirst says that somebody may not, before what is wrong with their words.
func (s *Service) teamFirst(actor accounts.Actor, err error) error {
	if refused := ideas.MayDecide(actor); refused != nil {
		return refused
	}
	return err
}

// EditNote changes a note of one's own, and tells those it names only now.
func (s *Service) EditNote(ctx context.Context, actor accounts.Actor, id int64, body string) (Note, error) {
	body, err := tidyNote(body)
	if err != nil {
		return Note{}, s.teamFirst(actor, err)
	}
	var n Note
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if n, err = ownNote(ctx, tx, actor, id); err != nil || n.Body == body {
			return err
		}
		n.Body = body
		if _, err := tx.ExecContext(ctx, `UPDATE idea_notes SET body = $2, edited_at = clock_timestamp() WHERE id = $1`, id, body); err != nil {
			return fmt.Errorf("edit note %d: %w", id, err)
		}
		if _, err := note(ctx, tx, n.Idea, NoteEdited, actor.ID, nil, nil); err != nil {
			return err
		}
		return s.mention(ctx, tx, actor, n)
	})
	return n, err
}

// RemoveNote takes a note of one's own away. Its words stay in the database, for
// the day they are asked for, and nothing shows them.
func (s *Service) RemoveNote(ctx context.Context, actor accounts.Actor, id int64) (Note, error) {
	var n Note
	err := pg.InTx(ctx, s.db, func(tx pg.Q) (err error) {
		if n, err = ownNote(ctx, tx, actor, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE idea_notes SET deleted_at = clock_timestamp() WHERE id = $1`, id); err != nil {
			return fmt.Errorf("remove note %d: %w", id, err)
		}
		_, err = note(ctx, tx, n.Idea, NoteRemoved, actor.ID, nil, nil)
		return err
	})
	return n, err
}

func ownNote(ctx context.Context, tx pg.Q, actor accounts.Actor, id int64) (Note, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return Note{}, err
	}
	var n Note
	const query = `SELECT id, idea_id, author_id, body, at, edited_at FROM idea_notes WHERE id = $1 AND deleted_at IS NULL FOR UPDATE`
	err := sqlx.GetContext(ctx, tx, &n, query, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Note{}, ErrNoteNotFound
	case err != nil:
		return Note{}, fmt.Errorf("note %d: %w", id, err)
	case n.Author != actor.ID:
		return Note{}, ErrNoteNotYours
	}
	return n, nil
}

// NoteIdea says which idea a note is on; for the team alone.
func (s *Service) NoteIdea(ctx context.Context, actor accounts.Actor, id int64) (ideas.ID, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return 0, err
	}
	var idea ideas.ID
	err := s.db.GetContext(ctx, &idea, `SELECT idea_id FROM idea_notes WHERE id = $1 AND deleted_at IS NULL`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrNoteNotFound
	}
	if err != nil {
		return 0, fmt.Errorf("note %d: %w", id, err)
	}
	return idea, nil
}

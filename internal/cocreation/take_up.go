package cocreation

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/comments"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// Taken is something said about an idea that went into it.
type Taken struct {
	ID      int64       `db:"id"`
	Comment comments.ID `db:"comment_id"`
	Idea    ideas.ID    `db:"idea_id"`
	Account accounts.ID `db:"account_id"`
	WhatFor string      `db:"what_for"`
	At      time.Time   `db:"at"`
	Version *int        `db:"version"` // of the idea's text that it went into; nil: not yet
	Name    string      `db:"name"`    // of who said it, as everybody may see it
	Handle  string      `db:"handle"`
	Face    *string     `db:"face"`
}

// said is the comment that is to be taken up.
type said struct {
	Idea   ideas.ID      `db:"idea_id"`
	Author accounts.ID   `db:"author_id"`
	Kind   comments.Kind `db:"kind"`
	Shown  bool          `db:"shown"`
	Begins bool          `db:"begins"`
}

// TakeUp takes a comment up into its idea: its author becomes a co-creator, for
// what it says, and is told once. written says that the idea's text holds it
// already; otherwise Revise names the version later. Only the contributor and the
// team may, never of their own, and only while the text may change.
func (s *Service) TakeUp(ctx context.Context, actor accounts.Actor, comment comments.ID, whatFor string, written bool) (Taken, error) {
	if actor.Visitor() {
		return Taken{}, accounts.ErrSignIn
	}
	whatFor, err := tidyWhat(whatFor)
	if err != nil {
		return Taken{}, err
	}
	var taken Taken
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		c, h, err := s.holdSaid(ctx, tx, actor, comment)
		if err != nil {
			return err
		}
		switch {
		case c.Author == h.Contributor, c.Author == actor.ID:
			return ErrOwn
		case !c.Begins || !c.Kind.Useful():
			return ErrKind
		}
		const query = `
			INSERT INTO taken_up (comment_id, idea_id, account_id, what_for, by_id, version) VALUES ($1, $2, $3, $4, $5, nullif($6, 0))
			RETURNING id, comment_id, idea_id, account_id, what_for, at, version`
		version := 0
		if written {
			version = h.Version
		}
		err = sqlx.GetContext(ctx, tx, &taken, query, comment, h.ID, c.Author, whatFor, actor.ID, version)
		if pg.Violates(err, "taken_up_once") {
			return ErrTaken
		}
		if err != nil {
			return fmt.Errorf("take up comment %d: %w", comment, err)
		}
		if err := comments.SetTakenUp(ctx, tx, comment, true); err != nil {
			return err
		}
		if err := Settle(ctx, tx, h.ID); err != nil {
			return err
		}
		if err := s.tellJoined(ctx, tx, actor, h, c.Author, fmt.Sprintf("joined:%d:comment:%d", h.ID, comment)); err != nil {
			return err
		}
		return s.notices.Tell(ctx, tx, notices.Fact{
			Kind: notices.TakenUp, Key: fmt.Sprintf("taken_up:%d", comment), Idea: h.ID, To: []accounts.ID{c.Author}, But: actor.ID, Who: actor.ID,
			Data: map[string]string{"comment": fmt.Sprint(int64(comment))},
		})
	})
	return taken, err
}

// holdSaid holds the idea of a comment that everybody may read.
func (s *Service) holdSaid(ctx context.Context, tx pg.Q, actor accounts.Actor, comment comments.ID) (said, held, error) {
	var c said
	const query = `SELECT idea_id, author_id, kind, shown, thread_id IS NULL AS begins FROM comments WHERE id = $1`
	err := sqlx.GetContext(ctx, tx, &c, query, comment)
	if pg.Missing(err) {
		return c, held{}, comments.ErrNotFound
	}
	if err != nil {
		return c, held{}, fmt.Errorf("comment %d: %w", comment, err)
	}
	h, err := hold(ctx, tx, actor, c.Idea)
	if err != nil {
		return c, held{}, err
	}
	if err := sqlx.GetContext(ctx, tx, &c, query+` FOR UPDATE`, comment); err != nil { // as it is under the lock
		return c, held{}, fmt.Errorf("comment %d: %w", comment, err)
	}
	if !c.Shown {
		return c, held{}, comments.ErrNotFound
	}
	return c, h, MayTakeUp(actor, h.idea())
}

// tellJoined tells the contributor that somebody co-creates their idea now,
// unless it was their own doing.
func (s *Service) tellJoined(ctx context.Context, tx pg.Q, actor accounts.Actor, h held, who accounts.ID, key string) error {
	if actor.ID == h.Contributor {
		return nil
	}
	return s.notices.Tell(ctx, tx, notices.Fact{Kind: notices.CoCreatorJoined, Key: key, Idea: h.ID, To: []accounts.ID{h.Contributor}, But: actor.ID, Who: who})
}

// UndoTakeUp takes it back: the credit goes, unless there is another reason for
// it. What the text says stays until somebody edits it.
func (s *Service) UndoTakeUp(ctx context.Context, actor accounts.Actor, comment comments.ID) (ideas.ID, error) {
	if actor.Visitor() {
		return 0, accounts.ErrSignIn
	}
	var idea ideas.ID
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		err := sqlx.GetContext(ctx, tx, &idea, `SELECT idea_id FROM comments WHERE id = $1`, comment)
		if pg.Missing(err) {
			return comments.ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("comment %d: %w", comment, err)
		}
		h, err := hold(ctx, tx, actor, idea)
		if err != nil {
			return err
		}
		if err := MayTakeUp(actor, h.idea()); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `UPDATE taken_up SET undone_at = clock_timestamp(), undone_by = $2 WHERE comment_id = $1 AND undone_at IS NULL`, comment, actor.ID)
		if err != nil {
			return fmt.Errorf("undo taking up comment %d: %w", comment, err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return ErrNotTaken
		}
		if err := comments.SetTakenUp(ctx, tx, comment, false); err != nil {
			return err
		}
		return Settle(ctx, tx, idea)
	})
	return idea, err
}

const selectTaken = `
	SELECT t.id, t.comment_id, t.idea_id, t.account_id, t.what_for, t.at, t.version, ` + accounts.Shown + `
	FROM taken_up t JOIN accounts a ON a.id = t.account_id WHERE t.undone_at IS NULL AND `

// TakenPart lists what went into an idea, in order.
func TakenPart(idea ideas.ID, into *[]Taken) pg.Part {
	return pg.Into(into, selectTaken+`t.idea_id = $1 ORDER BY t.id`, idea)
}

// TakenByID finds one that stands.
func (s *Service) TakenByID(ctx context.Context, id int64) (Taken, error) {
	var t Taken
	err := s.db.GetContext(ctx, &t, selectTaken+`t.id = $1`, id)
	if pg.Missing(err) {
		return Taken{}, ErrNotTaken
	}
	if err != nil {
		return Taken{}, fmt.Errorf("taken up %d: %w", id, err)
	}
	return t, nil
}

// TakenFor says what each of these comments was taken up for.
func (s *Service) TakenFor(ctx context.Context, list []comments.ID) (map[comments.ID]string, error) {
	var rows []Taken
	if err := s.db.SelectContext(ctx, &rows, `SELECT comment_id, what_for FROM taken_up WHERE undone_at IS NULL AND comment_id = ANY($1)`, pg.IDs(list)); err != nil {
		return nil, fmt.Errorf("what was taken up: %w", err)
	}
	found := make(map[comments.ID]string, len(rows))
	for _, r := range rows {
		found[r.Comment] = r.WhatFor
	}
	return found, nil
}

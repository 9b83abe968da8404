package comments

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// stored is a comment as changes need it.
type stored struct {
	ID          ID          `db:"id"`
	Idea        ideas.ID    `db:"idea_id"`
	Thread      ID          `db:"thread_id"`
	Author      accounts.ID `db:"author_id"`
	Kind        Kind        `db:"kind"`
	Stance      Stance      `db:"stance"`
	HTML        clean.HTML  `db:"html"`
	Source      string      `db:"source"`
	Version     int         `db:"version"`
	Deleted     bool        `db:"deleted"`
	Hidden      bool        `db:"hidden"`
	Pinned      bool        `db:"pinned"`
	Answered    bool        `db:"answered"`
	TakenUp     bool        `db:"taken_up"`
	Contributor accounts.ID `db:"contributor_id"`
}

// take locks a comment that the actor may see, and before it the talk it stands
// in.
func (s *Service) take(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID) (c stored, idea ideas.Idea, locked bool, err error) {
	var of ideas.ID
	err = sqlx.GetContext(ctx, tx, &of, `SELECT idea_id FROM comments WHERE id = $1`, id)
	if pg.Missing(err) {
		return c, idea, false, ErrNotFound
	}
	if err != nil {
		return c, idea, false, fmt.Errorf("comment %d: %w", id, err)
	}
	if idea, err = s.ideas.SeeShared(ctx, tx, actor, of); err != nil {
		return c, idea, false, ErrNotFound
	}
	if locked, err = takeTalk(ctx, tx, of); err != nil {
		return c, idea, false, err
	}
	const query = `
		SELECT c.id, c.idea_id, coalesce(c.thread_id, 0) AS thread_id, c.author_id, c.kind, coalesce(c.stance, '') AS stance, c.html, c.source, c.version,
		       c.deleted_at IS NOT NULL AS deleted, c.hidden, c.pinned_at IS NOT NULL AS pinned, c.answered_at IS NOT NULL AS answered, c.taken_up, i.contributor_id
		FROM comments c JOIN ideas i ON i.id = c.idea_id WHERE c.id = $1 FOR UPDATE OF c`
	if err := sqlx.GetContext(ctx, tx, &c, query, id); err != nil {
		return c, idea, false, fmt.Errorf("comment %d: %w", id, err)
	}
	if c.Hidden && !actor.Moderates() && actor.ID != c.Author {
		return c, idea, false, ErrNotFound
	}
	return c, idea, locked, nil
}

// Edit changes what the actor's own comment says, and keeps what it said. seen
// is the version that was edited; ErrEdited when it is no longer the newest, 0
// for whichever. Whom it names only now is told.
func (s *Service) Edit(ctx context.Context, actor accounts.Actor, id ID, seen int, text Text) (Comment, error) {
	if actor.Visitor() {
		return Comment{}, ErrSignIn
	}
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		c, idea, locked, err := s.take(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		refused := Refusal(actor, idea, locked)
		switch {
		case c.Author != actor.ID:
			return ErrNotYours
		case c.Deleted || c.Hidden:
			return ErrGone
		case refused != nil:
			return refused
		case seen != 0 && seen != c.Version:
			return ErrEdited
		}
		if text.Kind == "" {
			text.Kind, text.Stance = c.Kind, c.Stance
		}
		if c.TakenUp { // it is credited as what it was
			text.Kind = c.Kind
		}
		t, err := text.tidy(c.Thread != 0)
		if err != nil {
			return err
		}
		if t.HTML.Equal(c.HTML) && t.Kind == c.Kind && t.Stance == c.Stance {
			return nil
		}
		if err := s.claim(ctx, tx, actor, t); err != nil {
			return err
		}
		return s.rewrite(ctx, tx, actor, c, t)
	})
	if err != nil {
		return Comment{}, err
	}
	return s.ByID(ctx, actor, id)
}

func (s *Service) rewrite(ctx context.Context, tx pg.Q, actor accounts.Actor, c stored, t tidied) error {
	const keep = `
		INSERT INTO comment_versions (comment_id, version, kind, stance, source, html, policy_version)
		SELECT id, version, kind, stance, source, html, policy_version FROM comments WHERE id = $1`
	if _, err := tx.ExecContext(ctx, keep, c.ID); err != nil {
		return fmt.Errorf("keep version of comment %d: %w", c.ID, err)
	}
	const write = `
		UPDATE comments SET source = $2, html = $3, text = $4, policy_version = $5, kind = $6, stance = nullif($7, ''), version = version + 1,
		       edited_at = clock_timestamp(), answered_at = CASE WHEN $6 = 'question' THEN answered_at END
		WHERE id = $1`
	if _, err := tx.ExecContext(ctx, write, c.ID, t.Body, t.HTML, t.Plain, clean.PolicyVersion, t.Kind, t.Stance); err != nil {
		return fmt.Errorf("edit comment %d: %w", c.ID, err)
	}
	named, err := mention(ctx, tx, c.ID, actor.ID, t.Names)
	if err != nil || len(named) == 0 {
		return err
	}
	return s.notices.Tell(ctx, tx, notices.Fact{
		Kind: notices.NamedInTalk, Key: "comment:" + c.ID.String(), Idea: c.Idea, To: named, But: actor.ID, Data: map[string]string{"comment": c.ID.String()},
	})
}

// Versions gives what a comment said before each edit, the latest first. Of
// what is deleted there are none, and of what is hidden only for who may see it.
func (s *Service) Versions(ctx context.Context, actor accounts.Actor, id ID) ([]Version, error) {
	c, err := s.ByID(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if c.Deleted || c.HTML.Empty() {
		return nil, ErrNotFound
	}
	var list []Version
	const query = `SELECT version, kind, stance, shown_words(comment_id, html, true) AS html, replaced_at FROM comment_versions WHERE comment_id = $1 ORDER BY version DESC LIMIT 100`
	if err := s.db.SelectContext(ctx, &list, query, id); err != nil {
		return nil, fmt.Errorf("versions of comment %d: %w", id, err)
	}
	return list, nil
}

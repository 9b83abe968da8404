package comments

import (
	"context"
	"fmt"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Delete takes the actor's own comment away: its words and what it said before
// go, the replies below it stay.
func (s *Service) Delete(ctx context.Context, actor accounts.Actor, id ID) (ideas.ID, error) {
	if actor.Visitor() {
		return 0, ErrSignIn
	}
	var idea ideas.ID
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		c, _, _, err := s.take(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		idea = c.Idea
		switch {
		case c.Author != actor.ID:
			return ErrNotYours
		case c.Deleted:
			return nil
		}
		if err := empty(ctx, tx, `id = $1`, id); err != nil {
			return err
		}
		return announce(ctx, tx, c.Idea)
	})
	return idea, err
}

// empty deletes the comments that a condition names, softly.
func empty(ctx context.Context, tx pg.Q, which string, arg any) error {
	for _, query := range []string{
		`DELETE FROM comment_versions WHERE comment_id IN (SELECT id FROM comments WHERE ` + which + `)`,
		`DELETE FROM comment_mentions WHERE comment_id IN (SELECT id FROM comments WHERE ` + which + `)`,
		`UPDATE comments SET source = '', html = '', text = '', deleted_at = clock_timestamp(), pinned_at = NULL WHERE deleted_at IS NULL AND ` + which,
	} {
		if _, err := tx.ExecContext(ctx, query, arg); err != nil {
			return fmt.Errorf("delete comments: %w", err)
		}
	}
	return nil
}

// Hide takes a comment out of everybody's sight but the moderators' and its
// author's; Restore brings it back. Doing either twice changes nothing.
func (s *Service) Hide(ctx context.Context, actor accounts.Actor, id ID) (ideas.ID, error) {
	return s.hide(ctx, actor, id, true)
}

// Restore shows a hidden comment again.
func (s *Service) Restore(ctx context.Context, actor accounts.Actor, id ID) (ideas.ID, error) {
	return s.hide(ctx, actor, id, false)
}

func (s *Service) hide(ctx context.Context, actor accounts.Actor, id ID, hidden bool) (ideas.ID, error) {
	event := "restored"
	if hidden {
		event = "hidden"
	}
	return s.rule(ctx, actor, id, MayModerate(actor), func(tx pg.Q, c stored) (string, error) {
		if c.Hidden == hidden {
			return "", nil
		}
		_, err := tx.ExecContext(ctx, `UPDATE comments SET hidden = $2, pinned_at = NULL WHERE id = $1`, id, hidden)
		return event, err
	})
}

// Pin puts a comment that began a thread on top of the talk, or takes it from
// there.
func (s *Service) Pin(ctx context.Context, actor accounts.Actor, id ID, on bool) (ideas.ID, error) {
	event := "unpinned"
	if on {
		event = "pinned"
	}
	return s.rule(ctx, actor, id, MayPin(actor), func(tx pg.Q, c stored) (string, error) {
		switch {
		case c.Pinned == on:
			return "", nil
		case c.Thread != 0:
			return "", ErrNotHead
		case c.Deleted || c.Hidden:
			return "", ErrGone
		}
		_, err := tx.ExecContext(ctx, `UPDATE comments SET pinned_at = CASE WHEN $2 THEN clock_timestamp() END WHERE id = $1`, id, on)
		return event, err
	})
}

// rule does what a moderator or the team may, and notes it. An empty event says
// that nothing changed.
func (s *Service) rule(ctx context.Context, actor accounts.Actor, id ID, refused error, do func(tx pg.Q, c stored) (event string, err error)) (ideas.ID, error) {
	if refused != nil {
		return 0, refused
	}
	var idea ideas.ID
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		c, _, _, err := s.take(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		idea = c.Idea
		event, err := do(tx, c)
		if err != nil || event == "" {
			return err
		}
		if err := note(ctx, tx, c.Idea, &id, event, actor.ID); err != nil {
			return err
		}
		return announce(ctx, tx, c.Idea)
	})
	return idea, err
}

func note(ctx context.Context, tx pg.Q, idea ideas.ID, id *ID, event string, by accounts.ID) error {
	const query = `INSERT INTO comment_events (idea_id, comment_id, kind, actor_id) VALUES ($1, $2, $3, $4)`
	if _, err := tx.ExecContext(ctx, query, idea, id, event, by); err != nil {
		return fmt.Errorf("note %s on idea %d: %w", event, idea, err)
	}
	return nil
}

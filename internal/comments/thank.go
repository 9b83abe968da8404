package comments

import (
	"context"
	"fmt"
	"slices"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Thank thanks who wrote a comment, for a reason: once, however often it is
// called; another reason takes the place of the first. Nobody thanks themselves.
func (s *Service) Thank(ctx context.Context, actor accounts.Actor, id ID, reason Reason) (Comment, error) {
	if !actor.Visitor() && !slices.Contains(Reasons, reason) {
		return Comment{}, errInvalid.With("reason", "comments.reason_unknown")
	}
	return s.thanks(ctx, actor, id, func(tx pg.Q, c stored) error {
		if c.Deleted || c.Hidden {
			return ErrGone
		}
		const query = `
			INSERT INTO thanks (comment_id, author_id, from_id, reason) VALUES ($1, $2, $3, $4)
			ON CONFLICT (comment_id, from_id) DO UPDATE SET reason = excluded.reason`
		_, err := tx.ExecContext(ctx, query, id, c.Author, actor.ID, reason)
		if pg.Violates(err, "thanks_not_own") {
			return ErrOwnThanks
		}
		if err != nil {
			return fmt.Errorf("thank for comment %d: %w", id, err)
		}
		return nil
	}, false)
}

// Unthank takes thanks back.
func (s *Service) Unthank(ctx context.Context, actor accounts.Actor, id ID) (Comment, error) {
	return s.thanks(ctx, actor, id, func(tx pg.Q, _ stored) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM thanks WHERE comment_id = $1 AND from_id = $2`, id, actor.ID)
		if err != nil {
			return fmt.Errorf("take back thanks for comment %d: %w", id, err)
		}
		return nil
	}, true)
}

func (s *Service) thanks(ctx context.Context, actor accounts.Actor, id ID, do func(tx pg.Q, c stored) error, undone bool) (Comment, error) {
	if actor.Visitor() {
		return Comment{}, ErrSignIn
	}
	if !actor.Confirmed {
		return Comment{}, ErrUnconfirmed
	}
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		c, idea, _, err := s.take(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if !undone && (!idea.Status.Public() || idea.Hidden) {
			return ErrClosed
		}
		return do(tx, c)
	})
	if err != nil {
		return Comment{}, err
	}
	return s.ByID(ctx, actor, id)
}

// CountOf is how many comments are shown on each of the ideas.
func (s *Service) CountOf(ctx context.Context, list []ideas.ID) (map[ideas.ID]int, error) {
	var rows []struct {
		Idea     ideas.ID `db:"idea_id"`
		Comments int      `db:"comments"`
	}
	if err := s.db.SelectContext(ctx, &rows, `SELECT idea_id, comments FROM talks WHERE idea_id = ANY($1) AND comments > 0`, pg.IDs(list)); err != nil {
		return nil, fmt.Errorf("count the talk of %d ideas: %w", len(list), err)
	}
	counts := make(map[ideas.ID]int, len(rows))
	for _, r := range rows {
		counts[r.Idea] = r.Comments
	}
	return counts, nil
}

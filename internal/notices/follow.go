package notices

import (
	"context"
	"fmt"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Follow makes the actor hear of an idea they may see, their own included.
// Following twice is following.
func (s *Service) Follow(ctx context.Context, actor accounts.Actor, idea ideas.ID) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	const query = `
		INSERT INTO follows (idea_id, account_id)
		SELECT id, $2 FROM ideas
		WHERE id = $1 AND status <> 'draft' AND (contributor_id = $2 OR $3 OR NOT hidden AND status NOT IN ('held', 'merged', 'withdrawn'))
		ON CONFLICT (idea_id, account_id) DO UPDATE SET via = NULL`
	done, err := s.db.ExecContext(ctx, query, idea, actor.ID, actor.Moderates())
	if err != nil {
		return fmt.Errorf("follow idea %d: %w", idea, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		if err != nil {
			return fmt.Errorf("follow idea %d: %w", idea, err)
		}
		return ideas.ErrNotFound
	}
	return nil
}

// Unfollow ends that, also where a merge had carried the following there.
func (s *Service) Unfollow(ctx context.Context, actor accounts.Actor, idea ideas.ID) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	if _, err := s.db.ExecContext(ctx, `DELETE FROM follows WHERE idea_id = $1 AND account_id = $2`, idea, actor.ID); err != nil {
		return fmt.Errorf("unfollow idea %d: %w", idea, err)
	}
	return nil
}

// FollowingPart says whether the actor follows the idea. Nobody is account 0, and
// so a visitor follows nothing.
func FollowingPart(actor accounts.Actor, idea ideas.ID, into *bool) pg.Part {
	const query = `SELECT account_id FROM follows WHERE idea_id = $1 AND account_id = $2`
	return pg.Ask(func(found []follower) { *into = len(found) > 0 }, query, idea, actor.ID)
}

type follower struct {
	Account accounts.ID `db:"account_id"`
}

// CarryFollowers lets everybody who follows one idea follow the other too, as
// carried by the merge. Their own following of either stays as it is.
func (s *Service) CarryFollowers(ctx context.Context, tx pg.Q, merge int64, from, into ideas.ID) error {
	const query = `
		INSERT INTO follows (idea_id, account_id, via)
		SELECT $3, account_id, $1 FROM follows WHERE idea_id = $2 ORDER BY account_id
		ON CONFLICT DO NOTHING`
	if _, err := tx.ExecContext(ctx, query, merge, from, into); err != nil {
		return fmt.Errorf("carry followers of idea %d to %d: %w", from, into, err)
	}
	return nil
}

// ReturnFollowers takes back what the merge had carried and nobody has made
// their own since.
func (s *Service) ReturnFollowers(ctx context.Context, tx pg.Q, merge int64) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM follows WHERE via = $1`, merge); err != nil {
		return fmt.Errorf("return followers of merge %d: %w", merge, err)
	}
	return nil
}

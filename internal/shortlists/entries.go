package shortlists

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// maxEntries is how many ideas a list holds: more is no closer look.
const maxEntries = 200

// maxTop is how many of a challenge's best are taken at once.
const maxTop = 50

// Put adds an idea that takes votes to the end of a list. Its status stays.
func (s *Service) Put(ctx context.Context, actor accounts.Actor, id ID, idea ideas.ID) error {
	return s.changing(ctx, actor, id, func(tx pg.Q, l held) error { return s.put(ctx, tx, actor, id, l, idea) })
}

// PutMoving is Put, and moves the idea to shortlisted where it is not there yet:
// both or neither.
func (s *Service) PutMoving(ctx context.Context, actor accounts.Actor, id ID, idea ideas.ID) error {
	return s.changing(ctx, actor, id, func(tx pg.Q, l held) error {
		if err := s.put(ctx, tx, actor, id, l, idea); err != nil {
			return err
		}
		var status ideas.Status
		if err := sqlx.GetContext(ctx, tx, &status, `SELECT status FROM ideas WHERE id = $1 FOR UPDATE`, idea); err != nil {
			return fmt.Errorf("status of idea %d: %w", idea, err)
		}
		if status == ideas.Shortlisted {
			return nil
		}
		_, err := s.ideas.DecideTx(ctx, tx, actor, idea, ideas.Decision{To: ideas.Shortlisted})
		return err
	})
}

func (s *Service) put(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, l held, idea ideas.ID) error {
	if err := votable(ctx, tx, actor, l, idea); err != nil {
		return err
	}
	const query = `
		INSERT INTO shortlist_entries (shortlist_id, idea_id, position, put_by)
		SELECT $1, $2, coalesce(max(position), 0) + 1, $3 FROM shortlist_entries WHERE shortlist_id = $1 HAVING count(*) < $4`
	done, err := tx.ExecContext(ctx, query, id, idea, actor.ID, maxEntries)
	if pg.Violates(err, "shortlist_entries_once") {
		return ErrOnList
	}
	if err != nil {
		return fmt.Errorf("put idea %d on shortlist %d: %w", idea, id, err)
	}
	if n, err := done.RowsAffected(); err == nil && n == 0 {
		return ErrFull
	}
	return nil
}

// votable says why an idea cannot be put on the list, or nil.
func votable(ctx context.Context, tx pg.Q, actor accounts.Actor, l held, id ideas.ID) error {
	var found struct {
		ideas.Idea
		Challenge *challenges.ID `db:"challenge_id"`
	}
	err := sqlx.GetContext(ctx, tx, &found, `SELECT id, contributor_id, status, hidden, challenge_id FROM ideas WHERE id = $1`, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return ideas.ErrNotFound
	case err != nil:
		return fmt.Errorf("idea %d: %w", id, err)
	case !ideas.Sees(actor, found.Idea):
		return ideas.ErrNotFound
	case !found.Status.Votable() || found.Hidden:
		return ErrNotVotable
	case l.Challenge != nil && (found.Challenge == nil || *found.Challenge != *l.Challenge):
		return ErrOtherChallenge
	}
	return nil
}

// PutTop adds those of a challenge's n best entries that are not on its list
// yet, and says how many these were. The best are those of the highest shrunk
// score, or where nobody scored, of most voters.
func (s *Service) PutTop(ctx context.Context, actor accounts.Actor, id ID, n int) (added int, err error) {
	if n < 1 || n > maxTop {
		return 0, errInvalid.With("n", "shortlists.top_range")
	}
	err = s.changing(ctx, actor, id, func(tx pg.Q, l held) error {
		if l.Challenge == nil {
			return ErrNoChallenge
		}
		var best []ideas.ID
		const query = `
			SELECT i.id FROM ideas i LEFT JOIN ranks r ON r.idea_id = i.id
			WHERE i.challenge_id = $1 AND i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden
			ORDER BY r.score DESC NULLS LAST, r.voters DESC NULLS LAST, i.id LIMIT $2`
		if err := sqlx.SelectContext(ctx, tx, &best, query, *l.Challenge, n); err != nil {
			return fmt.Errorf("best of challenge %d: %w", *l.Challenge, err)
		}
		if len(best) == 0 {
			return ErrNoEntries
		}
		there, err := order(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, idea := range best {
			if slices.Contains(there, idea) {
				continue
			}
			if err := s.put(ctx, tx, actor, id, l, idea); err != nil {
				return err
			}
			added++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

// Take takes an idea off a list. Its cards and its prepared decision are kept,
// and are there again when it is put back.
func (s *Service) Take(ctx context.Context, actor accounts.Actor, id ID, idea ideas.ID) error {
	return s.changing(ctx, actor, id, func(tx pg.Q, _ held) error {
		list, err := order(ctx, tx, id)
		if err != nil {
			return err
		}
		if !slices.Contains(list, idea) {
			return ErrNotOnList
		}
		const query = `
			WITH gone AS (DELETE FROM shortlist_entries WHERE shortlist_id = $1 AND idea_id = $2)
			UPDATE shortlists SET revision = revision + 1 WHERE id = $1 -- what would be published is another thing now`
		if _, err := tx.ExecContext(ctx, query, id, idea); err != nil {
			return fmt.Errorf("take idea %d off shortlist %d: %w", idea, id, err)
		}
		return nil
	})
}

// Shift moves an idea so many places up the list (negative) or down.
func (s *Service) Shift(ctx context.Context, actor accounts.Actor, id ID, idea ideas.ID, by int) error {
	return s.changing(ctx, actor, id, func(tx pg.Q, _ held) error {
		list, err := order(ctx, tx, id)
		if err != nil {
			return err
		}
		at := slices.Index(list, idea)
		if at < 0 {
			return ErrNotOnList
		}
		to := min(max(at+min(max(by, -maxEntries), maxEntries), 0), len(list)-1)
		return reorder(ctx, tx, id, slices.Insert(slices.Delete(list, at, at+1), to, idea))
	})
}

// Arrange puts the list into an order. What the order does not name, because
// somebody put it on the list meanwhile, follows behind; what is off the list
// by now is left out.
func (s *Service) Arrange(ctx context.Context, actor accounts.Actor, id ID, wanted []ideas.ID) error {
	return s.changing(ctx, actor, id, func(tx pg.Q, _ held) error {
		list, err := order(ctx, tx, id)
		if err != nil {
			return err
		}
		var arranged []ideas.ID
		for _, idea := range slices.Concat(wanted, list) {
			if slices.Contains(list, idea) && !slices.Contains(arranged, idea) {
				arranged = append(arranged, idea)
			}
		}
		return reorder(ctx, tx, id, arranged)
	})
}

func order(ctx context.Context, tx pg.Q, id ID) ([]ideas.ID, error) {
	var list []ideas.ID
	if err := sqlx.SelectContext(ctx, tx, &list, `SELECT idea_id FROM shortlist_entries WHERE shortlist_id = $1 ORDER BY position`, id); err != nil {
		return nil, fmt.Errorf("order of shortlist %d: %w", id, err)
	}
	return list, nil
}

func reorder(ctx context.Context, tx pg.Q, id ID, list []ideas.ID) error {
	const query = `
		UPDATE shortlist_entries e SET position = o.n FROM unnest($2::bigint[]) WITH ORDINALITY AS o (idea_id, n)
		WHERE e.shortlist_id = $1 AND e.idea_id = o.idea_id AND e.position <> o.n`
	if _, err := tx.ExecContext(ctx, query, id, pg.IDs(list)); err != nil {
		return fmt.Errorf("arrange shortlist %d: %w", id, err)
	}
	return nil
}

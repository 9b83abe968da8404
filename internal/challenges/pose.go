package challenges

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

func textArray(list []string) any { return pq.Array(list) }

// Pose plans a new challenge. Dates out of order, or so far past that nobody
// could enter or vote, are Invalid beside their fields, as is all else that
// cannot be; nothing is stored then.
func (s *Service) Pose(ctx context.Context, actor accounts.Actor, p Plan) (Challenge, error) {
	if err := MayPlan(actor); err != nil {
		return Challenge{}, err
	}
	var check fault.Check
	t := p.tidy(&check)
	t.Dates.order(&check)
	t.Dates.ahead(&check, s.now())
	if err := check.Err(); err != nil {
		return Challenge{}, err
	}
	var made Challenge
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		topic, err := topicID(ctx, tx, t.Topic)
		if err != nil {
			return err
		}
		if made, err = insert(ctx, tx, t.challenge(), topic, &actor.ID); err != nil {
			return err
		}
		made, err = write(ctx, tx, actor, made, t, topic)
		return err
	})
	return made, err
}

// Change edits a challenge; seen is the revision that was edited, and ErrChanged
// says that it is no longer the newest. What has happened stays: a moment that
// is past does not move and none moves into the past, the ballot stays once a
// vote exists, the seal and the budget once voting has opened, the address once
// it is announced. Where voting is closed earlier, no vote is counted after the
// change is stored, and none that was acknowledged is lost.
func (s *Service) Change(ctx context.Context, actor accounts.Actor, slug string, seen int, p Plan) (Challenge, error) {
	if err := MayPlan(actor); err != nil {
		return Challenge{}, err
	}
	var check fault.Check
	t := p.tidy(&check)
	var changed Challenge
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		was, err := bySlug(ctx, tx, slug, forUpdate)
		if err != nil {
			return err
		}
		if seen != was.Revision {
			return ErrChanged
		}
		if !was.Dates.equal(t.Dates) || was.Ballot != t.Ballot || was.Sealed != t.Sealed {
			if err := holdVotes(ctx, tx, was.ID); err != nil {
				return err
			}
		}
		voted, err := hasVotes(ctx, tx, was.ID)
		if err != nil {
			return err
		}
		now := s.now() // once the votes are held: one that waited for them comes after
		was.stays(&check, t.Plan, was.fixed(voted, now))
		t.Dates.order(&check)
		was.Dates.moved(&check, t.Dates, now)
		if err := check.Err(); err != nil {
			return err
		}
		topic, err := topicID(ctx, tx, t.Topic)
		if err != nil {
			return err
		}
		changed, err = write(ctx, tx, actor, was, t, topic)
		return err
	})
	return changed, err
}

// Fixed says what of a challenge can no longer change.
type Fixed struct{ Slug, Ballot, Seal, Budget bool }

// Fixed says it for now; see Change.
func (s *Service) Fixed(ctx context.Context, c Challenge) (Fixed, error) {
	voted, err := hasVotes(ctx, s.db, c.ID)
	return c.fixed(voted, s.now()), err
}

func (c Challenge) fixed(voted bool, now time.Time) Fixed {
	opened := !now.Before(c.Dates.VotingOpen)
	return Fixed{Slug: !now.Before(c.Dates.Announced), Ballot: voted, Seal: voted || opened, Budget: opened}
}

// stays asks of a change that it leaves what people have relied on.
func (c Challenge) stays(check *fault.Check, to Plan, fixed Fixed) {
	check.Need(c.Slug == to.Slug || !fixed.Slug, "slug", "challenges.slug_stays")
	check.Need(c.Ballot == to.Ballot || !fixed.Ballot, "ballot", "challenges.ballot_stays")
	check.Need(c.Sealed == to.Sealed || !fixed.Seal, "sealed", "challenges.seal_stays")
	check.Need(c.Budget == to.Budget || !fixed.Budget, "budget", "challenges.budget_stays")
}

func (d Dates) equal(o Dates) bool {
	others := o.moments()
	for i, m := range d.moments() {
		if !m.at.Equal(others[i].at) {
			return false
		}
	}
	return true
}

// holdVotes locks the tallies of all entries, in the order in which every batch
// of votes does. A batch on its way ends first; the next one reads the window
// as it is after the change.
func holdVotes(ctx context.Context, tx pg.Q, id ID) error {
	const query = `SELECT t.idea_id FROM tallies t WHERE t.idea_id IN (SELECT i.id FROM ideas i WHERE i.challenge_id = $1) ORDER BY t.idea_id FOR UPDATE`
	var held []int64
	if err := sqlx.SelectContext(ctx, tx, &held, query, id); err != nil {
		return fmt.Errorf("hold the votes of challenge %d: %w", id, err)
	}
	return nil
}

func hasVotes(ctx context.Context, tx pg.Q, id ID) (voted bool, err error) {
	const query = `SELECT EXISTS (SELECT 1 FROM ideas i JOIN votes v ON v.idea_id = i.id WHERE i.challenge_id = $1)`
	if err := sqlx.GetContext(ctx, tx, &voted, query, id); err != nil {
		return false, fmt.Errorf("votes in challenge %d: %w", id, err)
	}
	return voted, nil
}

// write stores a checked plan over the challenge c, which is locked or new.
func write(ctx context.Context, tx pg.Q, actor accounts.Actor, c Challenge, t tidied, topic *int64) (Challenge, error) {
	if err := writePictures(ctx, tx, c.ID, int64(actor.ID), t.Pictures, t.images); err != nil {
		return Challenge{}, err
	}
	terms, err := writeTerms(ctx, tx, c, t.terms, int64(actor.ID))
	if err != nil {
		return Challenge{}, err
	}
	for part, text := range map[string]Rich{partBrief: t.brief, partPrize: t.prize} {
		if err := writePart(ctx, tx, c.ID, part, text); err != nil {
			return Challenge{}, err
		}
	}
	if err := writeFile(ctx, tx, c.ID, actor.ID, t.Template, t.DropTemplate); err != nil {
		return Challenge{}, err
	}
	const query = `
		UPDATE challenges SET slug = $2, title = $3, question = $4, demands = $5, ballot = $6, sealed = $7, vote_budget = nullif($8, 0), premoderated = $9,
		       topic_id = $10, cover_id = nullif($11, ''), terms_version = $12, announced_at = $13, entries_open_at = $14, entries_close_at = $15,
		       voting_open_at = $16, voting_close_at = $17, results_at = $18, revision = revision + 1
		WHERE id = $1 RETURNING ` + columns
	var stored row
	d := t.Dates
	err = sqlx.GetContext(ctx, tx, &stored, query, c.ID, t.Slug, t.Title, t.Question, t.Demands, t.Ballot, t.Sealed.column(), t.Budget, t.Premoderated,
		topic, t.Cover, terms, d.Announced, d.EntriesOpen, d.EntriesClose, d.VotingOpen, d.VotingClose, d.Results)
	if pg.Violates(err, "challenges_slug_key") {
		return Challenge{}, ErrTaken
	}
	if err != nil {
		return Challenge{}, fmt.Errorf("write challenge %q: %w", c.Slug, err)
	}
	return stored.challenge(), nil
}

func topicID(ctx context.Context, tx pg.Q, slug string) (*int64, error) {
	if slug == "" {
		return nil, nil
	}
	var id int64
	err := sqlx.GetContext(ctx, tx, &id, `SELECT id FROM topics WHERE slug = $1`, slug)
	if pg.Missing(err) {
		return nil, errInvalid.With("topic", "ideas.topic_unknown")
	}
	if err != nil {
		return nil, fmt.Errorf("topic %q: %w", slug, err)
	}
	return &id, nil
}

// Delete removes a challenge that nothing was entered into; ErrHasEntries else.
func (s *Service) Delete(ctx context.Context, actor accounts.Actor, slug string) error {
	if err := MayPlan(actor); err != nil {
		return err
	}
	result, err := s.db.ExecContext(ctx, `DELETE FROM challenges WHERE slug = $1`, slug)
	switch {
	case pg.Violates(err, "ideas_challenge_id_fkey"), pg.Violates(err, "entries_challenge_id_fkey"):
		return ErrHasEntries
	case pg.Violates(err, "shortlists_challenge_fkey"):
		return ErrInUse
	case err != nil:
		return fmt.Errorf("delete challenge %q: %w", slug, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return ErrNotFound
}

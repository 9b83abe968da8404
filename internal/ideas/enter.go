package ideas

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

// The refusals of entering a challenge.
var (
	ErrEntryEarly     = fault.New(fault.Conflict, "ideas.entry_early", "This challenge does not take ideas yet.")
	ErrEntryLate      = fault.New(fault.Conflict, "ideas.entry_late", "This challenge takes no more ideas; the time to enter is over.")
	ErrEntryElsewhere = fault.New(fault.Conflict, "ideas.entry_elsewhere", "This idea is in a challenge already, and it can be in one only.")
	ErrEntryVoted     = fault.New(fault.Conflict, "ideas.entry_voted", "People have voted on this idea, and this challenge asks for scores. Only an idea without votes can enter it.")
	ErrEntryStatus    = fault.New(fault.Conflict, "ideas.entry_status", "Only an open idea can be entered into a challenge.")
	ErrTermsMissing   = fault.New(fault.Invalid, "ideas.terms_missing", "Accept the terms of the challenge to enter.").With("challenge", "ideas.terms_missing")
	ErrTermsChanged   = fault.New(fault.Conflict, "ideas.terms_changed", "The terms of this challenge have changed. Read them as they are now.").With("challenge", "ideas.terms_changed")
	ErrNotEntered     = fault.New(fault.Conflict, "ideas.not_entered", "This idea is in no challenge.")
	ErrLeaveLate      = fault.New(fault.Conflict, "ideas.leave_late", "The time to enter is over, so the idea stays in the challenge.")
	ErrLeaveVoted     = fault.New(fault.Conflict, "ideas.leave_voted", "People have voted on this entry, so it stays in the challenge.")
)

// Enter puts the actor's own open idea into a challenge, under the version of
// its terms that the actor accepted. The database's clock decides, in the very
// statement, whether there is still time. A challenge for scores takes only an
// idea without votes; none takes one that is in a challenge.
func (s *Service) Enter(ctx context.Context, actor accounts.Actor, id ID, challenge string, terms int) error {
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		c, err := lockChallenge(ctx, tx, `c.slug = $1`, challenge)
		if err != nil {
			return err
		}
		idea, err := own(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if idea.Status != Open || idea.Hidden {
			return ErrEntryStatus
		}
		return enter(ctx, tx, actor, id, c, terms)
	})
}

// Leave takes the actor's own entry out of its challenge, while ideas may still
// be entered and nobody has voted on it.
func (s *Service) Leave(ctx context.Context, actor accounts.Actor, id ID) error {
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		c, err := lockChallenge(ctx, tx, `c.id = (SELECT i.challenge_id FROM ideas i WHERE i.id = $1)`, id)
		if fault.Of(err).Code == challenges.ErrNotFound.Code {
			err = ErrNotEntered
		}
		idea, seen := own(ctx, tx, actor, id) // whether there is such an idea is told first
		switch {
		case seen != nil:
			return seen
		case err != nil:
			return err
		case idea.Status != Open && idea.Status != Held:
			return ErrFrozen
		}
		const query = `
			UPDATE ideas i SET challenge_id = NULL FROM challenges c
			WHERE i.id = $1 AND c.id = $2 AND i.challenge_id = c.id AND clock_timestamp() < c.entries_close_at
			  AND NOT EXISTS (SELECT 1 FROM votes v WHERE v.idea_id = i.id)`
		done, err := affected(ctx, tx, query, id, c.ID)
		if err != nil {
			return fmt.Errorf("take idea %d out of challenge %d: %w", id, c.ID, err)
		}
		if !done {
			if voted(ctx, tx, id) {
				return ErrLeaveVoted
			}
			return ErrLeaveLate
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM entries WHERE idea_id = $1`, id); err != nil {
			return fmt.Errorf("entry of idea %d: %w", id, err)
		}
		return nil
	})
}

// into is a challenge as far as entering asks.
type into struct {
	ID           challenges.ID `db:"id"`
	Terms        int           `db:"terms_version"`
	EntriesOpen  time.Time     `db:"entries_open_at"`
	EntriesClose time.Time     `db:"entries_close_at"`
	Announced    bool          `db:"announced"`
	Clock        time.Time     `db:"clock"`
}

// lockChallenge keeps a challenge as it is for the rest of the transaction. It
// is locked before any tally, as whoever changes it does.
func lockChallenge(ctx context.Context, tx pg.Q, where string, arg any) (into, error) {
	query := `
		SELECT c.id, c.terms_version, c.entries_open_at, c.entries_close_at, c.announced_at <= clock_timestamp() AS announced, clock_timestamp() AS clock
		FROM challenges c WHERE ` + where + ` FOR SHARE`
	var c into
	err := sqlx.GetContext(ctx, tx, &c, query, arg)
	if pg.Missing(err) || err == nil && !c.Announced {
		return into{}, challenges.ErrNotFound
	}
	if err != nil {
		return into{}, fmt.Errorf("challenge: %w", err)
	}
	return c, nil
}

// own locks the actor's own idea, and then its tally, so that nobody votes
// meanwhile: in the order in which a decision and a merge take the two.
func own(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID) (Idea, error) {
	idea, err := byID(ctx, tx, actor, id, `FOR NO KEY UPDATE OF i`)
	if err != nil {
		return idea, err
	}
	if idea.Contributor != actor.ID {
		return idea, ErrNotYours
	}
	if _, err := tx.ExecContext(ctx, `SELECT FROM tallies WHERE idea_id = $1 FOR UPDATE`, id); err != nil {
		return Idea{}, fmt.Errorf("tally of idea %d: %w", id, err)
	}
	return idea, nil
}

// enter writes the entry with the idea, or says why not.
func enter(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, c into, terms int) error {
	switch {
	case c.Terms != 0 && terms == 0:
		return ErrTermsMissing
	case terms != c.Terms && c.Terms != 0:
		return ErrTermsChanged
	}
	const query = `
		UPDATE ideas i SET challenge_id = c.id, meant_for = NULL FROM challenges c
		WHERE i.id = $1 AND c.id = $2 AND i.challenge_id IS NULL
		  AND clock_timestamp() >= c.entries_open_at AND clock_timestamp() < c.entries_close_at
		  AND (c.ballot <> 'score' OR NOT EXISTS (SELECT 1 FROM votes v WHERE v.idea_id = i.id))`
	done, err := affected(ctx, tx, query, id, c.ID)
	if err != nil {
		return fmt.Errorf("enter idea %d into challenge %d: %w", id, c.ID, err)
	}
	if !done {
		return c.refusal(ctx, tx, id)
	}
	const record = `
		INSERT INTO entries (idea_id, challenge_id, terms_version, account_id) VALUES ($1, $2, nullif($3, 0), $4)
		ON CONFLICT (idea_id) DO UPDATE SET challenge_id = excluded.challenge_id, terms_version = excluded.terms_version, account_id = excluded.account_id, entered_at = now()`
	if _, err := tx.ExecContext(ctx, record, id, c.ID, c.Terms, actor.ID); err != nil {
		return fmt.Errorf("entry of idea %d: %w", id, err)
	}
	return nil
}

// refusal says why an idea was not entered.
func (c into) refusal(ctx context.Context, tx pg.Q, id ID) error {
	var elsewhere bool
	if err := sqlx.GetContext(ctx, tx, &elsewhere, `SELECT challenge_id IS NOT NULL FROM ideas WHERE id = $1`, id); err != nil {
		return fmt.Errorf("challenge of idea %d: %w", id, err)
	}
	switch {
	case elsewhere:
		return ErrEntryElsewhere
	case c.Clock.Before(c.EntriesOpen):
		return ErrEntryEarly
	case !c.Clock.Before(c.EntriesClose) || !voted(ctx, tx, id):
		return ErrEntryLate
	default:
		return ErrEntryVoted
	}
}

// voted reports whether anybody has a vote on an idea; where that cannot be
// asked, the transaction fails anyway.
func voted(ctx context.Context, tx pg.Q, id ID) (found bool) {
	_ = sqlx.GetContext(ctx, tx, &found, `SELECT EXISTS (SELECT 1 FROM votes WHERE idea_id = $1)`, id)
	return found
}

// enterNew enters an idea that is being proposed. What is the matter stands
// beside the form's field.
func enterNew(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, t Text) error {
	if t.Challenge == nil || *t.Challenge == "" {
		return nil
	}
	c, err := lockChallenge(ctx, tx, `c.slug = $1`, *t.Challenge)
	if err == nil {
		err = enter(ctx, tx, actor, id, c, t.Terms)
	}
	if err != nil {
		return asFault(err, "challenge")
	}
	return nil
}

// mean notes which challenge a draft is meant for; nil leaves it.
func mean(ctx context.Context, tx pg.Q, id ID, challenge *string) error {
	if challenge == nil {
		return nil
	}
	const query = `UPDATE ideas SET meant_for = (SELECT c.id FROM challenges c WHERE c.slug = $2) WHERE id = $1`
	if _, err := tx.ExecContext(ctx, query, id, *challenge); err != nil {
		return fmt.Errorf("what draft %d is meant for: %w", id, err)
	}
	return nil
}

func meantFor(ctx context.Context, q pg.Q, id ID) (*string, error) {
	var slug *string
	const query = `SELECT c.slug FROM ideas i LEFT JOIN challenges c ON c.id = i.meant_for WHERE i.id = $1`
	if err := sqlx.GetContext(ctx, q, &slug, query, id); err != nil {
		return nil, fmt.Errorf("what draft %d is meant for: %w", id, err)
	}
	return slug, nil
}

func affected(ctx context.Context, q pg.Q, query string, args ...any) (bool, error) {
	result, err := q.ExecContext(ctx, query, args...)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

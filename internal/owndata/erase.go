package owndata

import (
	"context"
	"errors"
	"fmt"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// batch bounds what one step does in one transaction.
const batch = 200

// begun is the step of an erasure that can no longer be taken back.
const begun = "begun"

// erasing is an erasure under way.
type erasing struct {
	Account   accounts.ID `db:"account_id"`
	Handle    string      `db:"handle"`
	TakeTexts bool        `db:"take_texts"`
	Step      string      `db:"step"`
}

// steps are what an erasure does, in order. Each does nothing the second time,
// so that one that failed is begun again, also by another server.
func (s *Service) steps() []struct {
	name string
	do   func(context.Context, erasing) error
} {
	return []struct {
		name string
		do   func(context.Context, erasing) error
	}{
		{"mentions", s.unname}, // while the handle is known
		{"identity", s.empty},
		{"votes", s.retract},
		{"origins", s.blur},
		{"texts", s.texts},
		{"pictures", s.letGoOfPictures},
	}
}

// Sweep erases whoever's grace is over, and says how many. It is called once an
// hour; one that fails is tried again the next time, and holds up no other.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	const due = `
		SELECT e.account_id, a.handle, e.take_texts, e.step FROM erasures e JOIN accounts a ON a.id = e.account_id
		WHERE e.done_at IS NULL AND e.due_at <= now() ORDER BY e.due_at LIMIT 100`
	var list []erasing
	if err := s.db.SelectContext(ctx, &list, due); err != nil {
		return 0, fmt.Errorf("erasures that are due: %w", err)
	}
	erased, failed := 0, []error(nil)
	for _, e := range list {
		if err := s.erase(ctx, e); err != nil {
			failed = append(failed, fmt.Errorf("erase account %d: %w", e.Account, err))
			continue
		}
		erased++
	}
	return erased, errors.Join(failed...)
}

func (s *Service) erase(ctx context.Context, e erasing) error {
	if e.Step == "" {
		done, err := s.db.ExecContext(ctx, `UPDATE erasures SET step = $2 WHERE account_id = $1 AND step = ''`, e.Account, begun)
		if err != nil {
			return fmt.Errorf("begin: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err // taken back, or another server's, at the last moment
		}
	}
	for _, step := range s.steps() {
		if err := step.do(ctx, e); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		if _, err := s.db.ExecContext(ctx, `UPDATE erasures SET step = $2 WHERE account_id = $1`, e.Account, step.name); err != nil {
			return fmt.Errorf("note %s: %w", step.name, err)
		}
	}
	if _, err := s.db.ExecContext(ctx, `UPDATE erasures SET done_at = now(), seen_as = '' WHERE account_id = $1`, e.Account); err != nil {
		return fmt.Errorf("note the end: %w", err)
	}
	s.parts.Log.Info("account erased", "account", e.Account, "texts", e.TakeTexts)
	return nil
}

// empty leaves the bare id, and takes what is kept for nobody but the person.
func (s *Service) empty(ctx context.Context, e erasing) error {
	var done func()
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		var err error
		if done, err = s.parts.Accounts.EmptyTx(ctx, tx, e.Account); err != nil {
			return err
		}
		for _, query := range []string{
			`DELETE FROM notices WHERE account_id = $1`,
			`DELETE FROM notice_digests WHERE account_id = $1`,
			`DELETE FROM notice_choices WHERE account_id = $1`,
			`DELETE FROM notice_mutes WHERE account_id = $1`,
			`DELETE FROM follows WHERE account_id = $1`,
			`DELETE FROM follows_people WHERE account_id = $1 OR person_id = $1`,
			`DELETE FROM follows_challenges WHERE account_id = $1`,
			`DELETE FROM follows_topics WHERE account_id = $1`,
			`DELETE FROM waiting_votes WHERE voter_id = $1`,
			`DELETE FROM idea_note_mentions WHERE account_id = $1`,
			`DELETE FROM studio_defaults WHERE account_id = $1`,
			`DELETE FROM studio_views WHERE owner_id = $1 AND NOT shared`,
			`DELETE FROM standings WHERE account_id = $1`, // before its entries: whoever settles holds it
			`DELETE FROM standing_entries WHERE account_id = $1`,
			`DELETE FROM badges WHERE account_id = $1`,
			`DELETE FROM trusted WHERE account_id = $1`,
			`UPDATE invitations SET status = 'withdrawn', answered_at = clock_timestamp() WHERE status = 'open' AND (account_id = $1 OR by_id = $1)`,
			`UPDATE beta_applications SET words = '' WHERE account_id = $1`,
			`UPDATE ideas SET owner_id = NULL WHERE owner_id = $1`,
		} {
			if _, err := tx.ExecContext(ctx, query, e.Account); err != nil {
				return fmt.Errorf("%s: %w", query, err)
			}
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM insights`) // reports name people; they are made anew
		return err
	})
	if err == nil {
		done()
	}
	return err
}

// retract takes the votes back that may still be taken back. Those on what was
// decided, or whose voting is over, stay without a person.
func (s *Service) retract(ctx context.Context, e erasing) error {
	voter := accounts.As(accounts.Account{ID: e.Account})
	for last := ideas.ID(0); ; {
		var some []ideas.ID
		const query = `
			SELECT v.idea_id FROM votes v JOIN ideas i ON i.id = v.idea_id
			WHERE v.voter_id = $1 AND v.idea_id > $2 AND i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden
			ORDER BY v.idea_id LIMIT $3`
		if err := s.db.SelectContext(ctx, &some, query, e.Account, last, batch); err != nil {
			return fmt.Errorf("votes: %w", err)
		}
		for _, idea := range some {
			_, err := s.parts.Votes.Retract(ctx, voter, idea)
			if kind := fault.Of(err).Kind; err != nil && (kind == fault.Internal || kind == fault.Busy) {
				return err
			}
			last = idea
		}
		if len(some) < batch {
			return nil
		}
	}
}

// blur forgets where the votes that stay came from, and what was looked at.
func (s *Service) blur(ctx context.Context, e erasing) error {
	const nowhere = `address = NULL, network = NULL, browser = NULL, referrer = NULL`
	const somewhere = `voter_id = $1 AND (address IS NOT NULL OR network IS NOT NULL OR browser IS NOT NULL OR referrer IS NOT NULL)`
	for _, query := range []string{
		`UPDATE votes SET ` + nowhere + ` WHERE (idea_id, voter_id) IN (SELECT idea_id, voter_id FROM votes WHERE ` + somewhere + ` LIMIT $2)`,
		`UPDATE merge_replaced SET ` + nowhere + ` WHERE (merge_id, voter_id) IN (SELECT merge_id, voter_id FROM merge_replaced WHERE ` + somewhere + ` LIMIT $2)`,
		`DELETE FROM seen WHERE (account_id, idea_id) IN (SELECT account_id, idea_id FROM seen WHERE account_id = $1 LIMIT $2)`,
	} {
		if err := s.untilNone(ctx, query, e.Account, batch); err != nil {
			return err
		}
	}
	return nil
}

// untilNone runs a statement as often as it finds something.
func (s *Service) untilNone(ctx context.Context, query string, args ...any) error {
	for {
		done, err := s.db.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err
		}
	}
}

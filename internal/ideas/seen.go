package ideas

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// Exposure is how much an idea was shown to customers.
type Exposure struct {
	Shown   int64 // how often; a member counts once a day
	Members int   // to how many
}

// Rate is the support rate, from 0 to 1: how many of those who saw the idea
// voted for it. A vote implies a sight, so there are at least as many of these.
// It is nil while nobody has seen it.
func (e Exposure) Rate(voters int) *float64 {
	saw := max(e.Members, voters)
	if saw == 0 {
		return nil
	}
	rate := float64(voters) / float64(saw)
	return &rate
}

// maxSeen bounds how many ideas are marked in one statement, and so for how long
// it holds them.
const maxSeen = 100

// MarkSeen notes that the actor was shown these ideas today: the first sight of
// each, and its exposure, in which a member counts once a day and staff not at
// all. Own ideas and those that do not exist are passed over.
func (s *Service) MarkSeen(ctx context.Context, actor accounts.Actor, list []ID) error {
	if actor.Visitor() {
		return nil
	}
	for len(list) > 0 {
		n := min(len(list), maxSeen)
		if err := s.markSeen(ctx, s.db, actor, list[:n], false); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

func (s *Service) markSeen(ctx context.Context, q sqlx.ExtContext, actor accounts.Actor, list []ID, skip bool) error {
	const query = `SELECT mark_seen($1, $2, $3, $4::date, $5)`
	today := s.opts.Now().UTC().Format(time.DateOnly)
	if _, err := q.ExecContext(ctx, query, actor.ID, !actor.Staff(), pg.IDs(list), today, skip); err != nil {
		return fmt.Errorf("mark seen: %w", err)
	}
	return nil
}

// Skip notes that the actor passed over an idea in a scoring deck.
func (s *Service) Skip(ctx context.Context, actor accounts.Actor, id ID) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	if _, err := byID(ctx, s.db, actor, id, ""); err != nil {
		return err
	}
	return s.markSeen(ctx, s.db, actor, []ID{id}, true)
}

// Unskip takes Skip back.
func (s *Service) Unskip(ctx context.Context, actor accounts.Actor, id ID) error {
	return unskip(ctx, s.db, actor, `idea_id = $2`, id)
}

// UnskipAll takes back every Skip of the actor in a challenge, so that what was
// passed over comes again.
func (s *Service) UnskipAll(ctx context.Context, actor accounts.Actor, challenge int64) error {
	return unskip(ctx, s.db, actor, `EXISTS (SELECT FROM ideas i WHERE i.id = seen.idea_id AND i.challenge_id = $2)`, challenge)
}

func unskip(ctx context.Context, q pg.Q, actor accounts.Actor, which string, arg any) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	if _, err := q.ExecContext(ctx, `UPDATE seen SET skipped_at = NULL WHERE account_id = $1 AND skipped_at IS NOT NULL AND `+which, actor.ID, arg); err != nil {
		return fmt.Errorf("unskip: %w", err)
	}
	return nil
}

// Exposures says how much each of these ideas was shown. One that was never
// public is left out.
func (s *Service) Exposures(ctx context.Context, list []ID) (map[ID]Exposure, error) {
	var rows []struct {
		ID      ID    `db:"idea_id"`
		Shown   int64 `db:"shown"`
		Members int   `db:"members"`
	}
	if err := s.db.SelectContext(ctx, &rows, `SELECT idea_id, shown, members FROM exposures WHERE idea_id = ANY($1)`, pg.IDs(list)); err != nil {
		return nil, fmt.Errorf("exposures: %w", err)
	}
	found := make(map[ID]Exposure, len(rows))
	for _, r := range rows {
		found[r.ID] = Exposure{Shown: r.Shown, Members: r.Members}
	}
	return found, nil
}

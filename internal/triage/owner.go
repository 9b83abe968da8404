package triage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// Desk is what the team knows of one idea besides what everybody sees.
type Desk struct {
	Owner       *Colleague // nil for nobody
	DecideBy    *time.Time // set by hand; nil for by the settings
	SnoozedTill *time.Time // the inbox leaves it out until then; nil for not
}

// Desk gives who looks after an idea, and by when; for the team alone.
func (s *Service) Desk(ctx context.Context, actor accounts.Actor, idea ideas.ID) (Desk, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return Desk{}, err
	}
	var row struct {
		ID       *accounts.ID `db:"id"`
		Name     *string      `db:"name"`
		Handle   *string      `db:"handle"`
		Face     *string      `db:"picture_id"`
		DecideBy *time.Time   `db:"decide_by"`
		Until    *time.Time   `db:"until"`
	}
	const query = `
		SELECT o.id, o.name, o.handle, o.picture_id, i.decide_by, z.until
		FROM ideas i LEFT JOIN accounts o ON o.id = i.owner_id LEFT JOIN inbox_snoozes z ON z.idea_id = i.id AND z.until > $2::date
		WHERE i.id = $1`
	err := s.db.GetContext(ctx, &row, query, idea, s.today().Format(time.DateOnly))
	if errors.Is(err, sql.ErrNoRows) {
		return Desk{}, ideas.ErrNotFound
	}
	if err != nil {
		return Desk{}, fmt.Errorf("desk of idea %d: %w", idea, err)
	}
	d := Desk{DecideBy: row.DecideBy, SnoozedTill: row.Until}
	if row.ID != nil {
		d.Owner = &Colleague{ID: *row.ID, Name: *row.Name, Handle: *row.Handle, Face: row.Face}
	}
	return d, nil
}

// Assign gives an idea to somebody of the team to look after, or with 0 to
// nobody. Whoever gets it is told, unless they took it themselves.
func (s *Service) Assign(ctx context.Context, actor accounts.Actor, idea ideas.ID, owner accounts.ID) error {
	return pg.InTx(ctx, s.db, func(tx pg.Q) error { return s.AssignTx(ctx, tx, actor, idea, owner) })
}

// AssignTx is Assign inside the caller's transaction.
func (s *Service) AssignTx(ctx context.Context, tx pg.Q, actor accounts.Actor, idea ideas.ID, owner accounts.ID) error {
	if err := s.ours(ctx, tx, actor, idea); err != nil {
		return err
	}
	var to *accounts.ID
	if owner != 0 {
		to = &owner
	}
	var changed bool
	const query = `UPDATE ideas SET owner_id = $2 WHERE id = $1 AND owner_id IS DISTINCT FROM $2 RETURNING true`
	err := sqlx.GetContext(ctx, tx, &changed, query, idea, to)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil // theirs already
	case pg.Violates(err, "ideas_owner_of_team"), pg.Violates(err, "ideas_owner_id_fkey"):
		return ErrNotTeam.With("owner", ErrNotTeam.Code)
	case err != nil:
		return fmt.Errorf("assign idea %d: %w", idea, err)
	}
	event, err := note(ctx, tx, idea, Assigned, actor.ID, to, nil)
	if err != nil || owner == 0 || owner == actor.ID {
		return err
	}
	return s.notices.Tell(ctx, tx, notices.Fact{
		Kind: notices.Assigned, Key: "assigned:" + strconv.FormatInt(event, 10), Idea: idea, To: []accounts.ID{owner}, But: actor.ID,
	})
}

// DecideBy sets the day a decision is due, which everybody sees; nil leaves it to
// the settings again. A day that is over is refused.
func (s *Service) DecideBy(ctx context.Context, actor accounts.Actor, idea ideas.ID, day *time.Time) error {
	return pg.InTx(ctx, s.db, func(tx pg.Q) error { return s.DecideByTx(ctx, tx, actor, idea, day) })
}

// maxAhead is how far a day may lie ahead: further is a slip of the fingers.
const maxAhead = 3 * 366 * 24 * time.Hour

// DecideByTx is DecideBy inside the caller's transaction.
func (s *Service) DecideByTx(ctx context.Context, tx pg.Q, actor accounts.Actor, idea ideas.ID, day *time.Time) error {
	if err := s.ours(ctx, tx, actor, idea); err != nil {
		return err
	}
	if day != nil {
		if err := s.ahead(*day, "decide_by", s.today()); err != nil {
			return err
		}
	}
	var changed bool
	const query = `UPDATE ideas SET decide_by = $2::date WHERE id = $1 AND decide_by IS DISTINCT FROM $2::date RETURNING true`
	err := sqlx.GetContext(ctx, tx, &changed, query, idea, sqlDay(day))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("decision day of idea %d: %w", idea, err)
	}
	_, err = note(ctx, tx, idea, DueSet, actor.ID, nil, day)
	return err
}

func (s *Service) today() time.Time { return s.Terms().day(s.now()) }

// ahead refuses a day before first, and one too far away.
func (s *Service) ahead(day time.Time, field string, first time.Time) error {
	day = dateOf(day)
	if day.Before(first) {
		return errInvalid.With(field, "triage.day_past")
	}
	if day.Sub(first) > maxAhead {
		return errInvalid.With(field, "triage.day_far")
	}
	return nil
}

// ours locks an idea that the team works on: one that is no draft.
func (s *Service) ours(ctx context.Context, tx pg.Q, actor accounts.Actor, idea ideas.ID) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	var id ideas.ID
	err := sqlx.GetContext(ctx, tx, &id, `SELECT id FROM ideas WHERE id = $1 AND status <> 'draft' FOR UPDATE`, idea)
	if errors.Is(err, sql.ErrNoRows) {
		return ideas.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("lock idea %d: %w", idea, err)
	}
	return nil
}

package cocreation

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// MaxOpen is how many unanswered invitations one idea may have.
const MaxOpen = 5

// Invitation asks somebody to co-create an idea.
type Invitation struct {
	ID      int64       `db:"id"`
	Idea    ideas.ID    `db:"idea_id"`
	Account accounts.ID `db:"account_id"`
	WhatFor string      `db:"what_for"`
	By      accounts.ID `db:"by_id"`
	At      time.Time   `db:"at"`
	Status  string      `db:"status"` // open, accepted, declined, withdrawn or left
	Name    string      `db:"name"`   // of who is invited
	Handle  string      `db:"handle"`
	Face    *string     `db:"face"`
}

// Invite asks whoever has the handle to co-create the actor's own idea. Only
// people whose profile everybody finds can be asked: of the others it says no
// more than that there is nobody of that name.
func (s *Service) Invite(ctx context.Context, actor accounts.Actor, idea ideas.ID, handle, whatFor string) error {
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	whatFor, err := tidyWhat(whatFor)
	if err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		h, err := hold(ctx, tx, actor, idea)
		if err != nil {
			return err
		}
		if h.Contributor != actor.ID {
			return ErrNotYours
		}
		if err := h.open(); err != nil {
			return err
		}
		who, err := asked(ctx, tx, handle)
		if err != nil {
			return err
		}
		if err := mayAsk(ctx, tx, h, who); err != nil {
			return err
		}
		var id int64
		const query = `INSERT INTO invitations (idea_id, account_id, what_for, by_id) VALUES ($1, $2, $3, $4) RETURNING id`
		err = sqlx.GetContext(ctx, tx, &id, query, idea, who, whatFor, actor.ID)
		if pg.Violates(err, "invitations_once") {
			return ErrInvited
		}
		if err != nil {
			return fmt.Errorf("invite to idea %d: %w", idea, err)
		}
		return s.notices.Tell(ctx, tx, notices.Fact{Kind: notices.Invited, Key: fmt.Sprintf("invited:%d", id), Idea: idea, To: []accounts.ID{who}, But: actor.ID, Who: actor.ID})
	})
}

// asked finds who may be invited.
func asked(ctx context.Context, tx pg.Q, handle string) (accounts.ID, error) {
	unknown := errInvalid.With("handle", "cocreation.handle_unknown")
	if !clean.ValidText(handle) {
		return 0, unknown
	}
	var who accounts.ID
	const query = `
		SELECT a.id FROM accounts a WHERE a.handle = lower(ltrim(btrim($1), '@')) AND ` + accounts.Found + ` AND coalesce(a.barred_until < now(), true)`
	err := sqlx.GetContext(ctx, tx, &who, query, handle)
	if pg.Missing(err) {
		return 0, unknown
	}
	if err != nil {
		return 0, fmt.Errorf("who is %q: %w", handle, err)
	}
	return who, nil
}

// mayAsk says why somebody is not asked to join an idea, or nil.
func mayAsk(ctx context.Context, tx pg.Q, h held, who accounts.ID) error {
	if who == h.Contributor {
		return errInvalid.With("handle", "cocreation.oneself")
	}
	var stands struct {
		With     bool `db:"with_us"`
		Declined bool `db:"declined"`
		Open     int  `db:"open"`
	}
	const query = `
		SELECT EXISTS (SELECT 1 FROM co_creators WHERE idea_id = $1 AND account_id = $2) AS with_us,
		       coalesce(bool_or(account_id = $2 AND status IN ('declined', 'left')), false) AS declined, count(*) FILTER (WHERE status = 'open') AS open
		FROM invitations WHERE idea_id = $1`
	if err := sqlx.GetContext(ctx, tx, &stands, query, h.ID, who); err != nil {
		return fmt.Errorf("invitations to idea %d: %w", h.ID, err)
	}
	switch {
	case stands.With:
		return ErrWithUs
	case stands.Declined:
		return ErrDeclined
	case stands.Open >= MaxOpen:
		return ErrMany
	default:
		return nil
	}
}

// Answer accepts an invitation or declines it. Declining tells nobody.
func (s *Service) Answer(ctx context.Context, actor accounts.Actor, id int64, accept bool) (ideas.ID, error) {
	status := "declined"
	if accept {
		status = "accepted"
	}
	return s.end(ctx, actor, id, status, func(i Invitation, h held) error {
		switch {
		case i.Account != actor.ID:
			return ErrNotFound
		case accept:
			return h.open()
		default:
			return nil
		}
	})
}

// Withdraw takes back an invitation that nobody answered yet.
func (s *Service) Withdraw(ctx context.Context, actor accounts.Actor, id int64) (ideas.ID, error) {
	return s.end(ctx, actor, id, "withdrawn", func(_ Invitation, h held) error {
		if h.Contributor != actor.ID {
			return ErrNotFound
		}
		return nil
	})
}

// end ends an open invitation, in the order in which everything is held: the
// idea first.
func (s *Service) end(ctx context.Context, actor accounts.Actor, id int64, status string, may func(Invitation, held) error) (ideas.ID, error) {
	if actor.Visitor() {
		return 0, accounts.ErrSignIn
	}
	var idea ideas.ID
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		err := sqlx.GetContext(ctx, tx, &idea, `SELECT idea_id FROM invitations WHERE id = $1 AND (account_id = $2 OR by_id = $2)`, id, actor.ID)
		if pg.Missing(err) {
			return ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("invitation %d: %w", id, err)
		}
		h, err := hold(ctx, tx, actor, idea)
		if err != nil {
			return err
		}
		var i Invitation
		const query = `SELECT id, idea_id, account_id, what_for, by_id, at, status FROM invitations WHERE id = $1 FOR UPDATE`
		if err := sqlx.GetContext(ctx, tx, &i, query, id); err != nil {
			return fmt.Errorf("invitation %d: %w", id, err)
		}
		if err := may(i, h); err != nil {
			return err
		}
		if i.Status != "open" {
			return ErrAnswered
		}
		if _, err := tx.ExecContext(ctx, `UPDATE invitations SET status = $2, answered_at = clock_timestamp() WHERE id = $1`, id, status); err != nil {
			return fmt.Errorf("end invitation %d: %w", id, err)
		}
		if status != "accepted" {
			return nil
		}
		if err := Settle(ctx, tx, idea); err != nil {
			return err
		}
		return s.tellJoined(ctx, tx, actor, h, actor.ID, fmt.Sprintf("joined:%d:invitation:%d", idea, id))
	})
	return idea, err
}

// Leave takes the actor's own name off an idea that they co-create, whether they
// were invited or something of theirs was taken up. What came by a merge stays.
func (s *Service) Leave(ctx context.Context, actor accounts.Actor, idea ideas.ID) error {
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		h, err := hold(ctx, tx, actor, idea)
		if err != nil {
			return err
		}
		if err := h.open(); err != nil {
			return err
		}
		for _, query := range []string{
			`UPDATE invitations SET status = 'left', answered_at = clock_timestamp() WHERE idea_id = $1 AND account_id = $2 AND status = 'accepted'`,
			`UPDATE taken_up SET left_at = clock_timestamp() WHERE idea_id = $1 AND account_id = $2 AND undone_at IS NULL AND left_at IS NULL`,
		} {
			if _, err := tx.ExecContext(ctx, query, idea, actor.ID); err != nil {
				return fmt.Errorf("leave idea %d: %w", idea, err)
			}
		}
		if err := Settle(ctx, tx, idea); err != nil {
			return err
		}
		var stays bool
		if err := sqlx.GetContext(ctx, tx, &stays, `SELECT EXISTS (SELECT 1 FROM co_creators WHERE idea_id = $1 AND account_id = $2)`, idea, actor.ID); err != nil {
			return fmt.Errorf("co-creators of idea %d: %w", idea, err)
		}
		if stays {
			return ErrStays
		}
		return nil
	})
}

// InvitationsPart lists those of an idea that are open or were declined, for its
// contributor; and to anybody else their own open one. Nobody is account 0, and
// so nothing is a visitor's.
func InvitationsPart(actor accounts.Actor, idea ideas.ID, into *[]Invitation) pg.Part {
	const query = `
		SELECT n.id, n.idea_id, n.account_id, n.what_for, n.by_id, n.at, n.status, ` + accounts.Shown + `
		FROM invitations n JOIN accounts a ON a.id = n.account_id JOIN ideas i ON i.id = n.idea_id
		WHERE n.idea_id = $1 AND (i.contributor_id = $2 AND n.status IN ('open', 'declined') OR n.account_id = $2 AND n.status = 'open') ORDER BY n.id`
	return pg.Into(into, query, idea, actor.ID)
}

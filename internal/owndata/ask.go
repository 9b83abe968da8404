package owndata

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/outbox"
	"prosumer/internal/pg"
)

// Wish is the form of somebody who wants to be erased.
type Wish struct {
	Password  string
	Handle    string // their own, typed, so that it is no mistake
	TakeTexts bool   // ideas and comments go too; else they stay, by a former member
}

// Erasure is what somebody asked for.
type Erasure struct {
	AskedAt   time.Time `db:"asked_at"`
	DueAt     time.Time `db:"due_at"`
	TakeTexts bool      `db:"take_texts"`
}

// Ask begins the erasure of the actor's own account: it is hidden and signed out
// everywhere at once, told so by mail, and emptied when the grace is over. Asking
// again changes nothing. The only admin is refused.
func (s *Service) Ask(ctx context.Context, actor accounts.Actor, w Wish) (Erasure, error) {
	if err := s.parts.Accounts.Proven(ctx, actor, w.Password); err != nil {
		return Erasure{}, err
	}
	if strings.TrimPrefix(strings.ToLower(strings.TrimSpace(w.Handle)), "@") != strings.ToLower(actor.Handle) {
		return Erasure{}, ErrHandle
	}
	var e Erasure
	var done func()
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := accounts.MayErase(ctx, tx, actor.ID); err != nil {
			return err
		}
		const ask = `
			INSERT INTO erasures (account_id, due_at, take_texts, seen_as)
			SELECT id, now() + make_interval(secs => $2), $3, visibility FROM accounts WHERE id = $1 AND erased_at IS NULL
			ON CONFLICT (account_id) DO NOTHING`
		asked, err := tx.ExecContext(ctx, ask, actor.ID, s.grace.Seconds(), w.TakeTexts)
		if err != nil {
			return fmt.Errorf("ask to erase account %d: %w", actor.ID, err)
		}
		if n, err := asked.RowsAffected(); err != nil || n > 0 { // the first time; who it was not reads it in their mail
			if err := errors.Join(err, outbox.Put(ctx, tx, accounts.TopicErasing, accounts.Erasing{Account: actor.ID})); err != nil {
				return err
			}
		}
		if err := sqlx.GetContext(ctx, tx, &e, `SELECT asked_at, due_at, take_texts FROM erasures WHERE account_id = $1`, actor.ID); err != nil {
			return fmt.Errorf("erasure of account %d: %w", actor.ID, err)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE accounts SET visibility = 'hidden' WHERE id = $1`, actor.ID); err != nil {
			return fmt.Errorf("hide account %d: %w", actor.ID, err)
		}
		done, err = s.parts.Accounts.SignOutEverywhere(ctx, tx, actor.ID)
		return err
	})
	if err != nil {
		return Erasure{}, err
	}
	done()
	s.parts.Log.Info("erasure asked for", "account", actor.ID, "due", e.DueAt, "texts", e.TakeTexts)
	return e, nil
}

// Asked gives what the actor asked for, and false where they did not.
func (s *Service) Asked(ctx context.Context, actor accounts.Actor) (e Erasure, asked bool, err error) {
	if actor.Visitor() {
		return e, false, accounts.ErrSignIn
	}
	err = s.db.GetContext(ctx, &e, `SELECT asked_at, due_at, take_texts FROM erasures WHERE account_id = $1 AND done_at IS NULL`, actor.ID)
	if pg.Missing(err) {
		return e, false, nil
	}
	if err != nil {
		return e, false, fmt.Errorf("erasure of account %d: %w", actor.ID, err)
	}
	return e, true, nil
}

// Due is when an account is erased, and false where nobody asks for it any more,
// for the mail that says so.
func (s *Service) Due(ctx context.Context, id accounts.ID) (at time.Time, asked bool, err error) {
	err = s.db.GetContext(ctx, &at, `SELECT due_at FROM erasures WHERE account_id = $1 AND step = '' AND done_at IS NULL`, id)
	if pg.Missing(err) {
		return at, false, nil
	}
	if err != nil {
		return at, false, fmt.Errorf("erasure of account %d: %w", id, err)
	}
	return at, true, nil
}

// Keep takes the wish back, as long as nothing of it was done, and shows the
// account as it was.
func (s *Service) Keep(ctx context.Context, actor accounts.Actor) error {
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	const keep = `
		WITH kept AS (DELETE FROM erasures WHERE account_id = $1 AND step = '' AND done_at IS NULL RETURNING seen_as)
		UPDATE accounts SET visibility = kept.seen_as FROM kept WHERE id = $1`
	if _, err := s.db.ExecContext(ctx, keep, actor.ID); err != nil {
		return fmt.Errorf("keep account %d: %w", actor.ID, err)
	}
	s.parts.Accounts.Forget()
	return nil
}

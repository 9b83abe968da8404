package accounts

import (
	"context"
	"fmt"

	"prosumer/internal/fault"
)

// ErrFresh asks for the password again, where much could be lost if somebody
// else sat at the keyboard.
var ErrFresh = fault.New(fault.Invalid, "accounts.fresh", "Type your password once more to go on.")

// freshFor is how long after a sign-in nobody is asked again.
const freshFor = "15 minutes"

// Fresh is nil for an actor who signed in within a quarter of an hour or gives
// the right password, and otherwise says what to do. A token is never fresh.
// Failures count as those of a sign-in do.
func (s *Service) Fresh(ctx context.Context, actor Actor, password string) error {
	if err := session(actor); err != nil {
		return err
	}
	fresh, err := s.justSignedIn(ctx, actor)
	if err != nil || fresh {
		return err
	}
	stored, err := passwordHash(ctx, s.db, actor.ID)
	if err != nil {
		return err
	}
	if stored == nil || password == "" {
		return ErrFresh.With("password", ErrFresh.Code)
	}
	return s.proven(ctx, actor, password)
}

// Proven is nil for an actor who gives the right password, or, where the
// account has none, who signed in within a quarter of an hour.
func (s *Service) Proven(ctx context.Context, actor Actor, password string) error {
	if err := session(actor); err != nil {
		return err
	}
	stored, err := passwordHash(ctx, s.db, actor.ID)
	if err != nil {
		return err
	}
	if stored != nil {
		return s.proven(ctx, actor, password)
	}
	fresh, err := s.justSignedIn(ctx, actor)
	if err == nil && !fresh {
		err = ErrFresh.With("password", ErrFresh.Code)
	}
	return err
}

func session(actor Actor) error {
	switch {
	case actor.Visitor():
		return ErrSignIn
	case actor.ByToken() || actor.Session == "":
		return ErrScope
	}
	return nil
}

func (s *Service) justSignedIn(ctx context.Context, actor Actor) (fresh bool, err error) {
	const query = `SELECT EXISTS (SELECT 1 FROM sessions WHERE public_id = $1 AND account_id = $2 AND created_at > now() - interval '` + freshFor + `')`
	if err := s.db.GetContext(ctx, &fresh, query, actor.Session, actor.ID); err != nil {
		return false, fmt.Errorf("age of a session: %w", err)
	}
	return fresh, nil
}

func (s *Service) proven(ctx context.Context, actor Actor, password string) error {
	var key string
	if err := s.db.GetContext(ctx, &key, `SELECT coalesce(email_key, '') FROM accounts WHERE id = $1`, actor.ID); err != nil {
		return fmt.Errorf("address of account %d: %w", actor.ID, err)
	}
	who := subject("account", key)
	if err := s.throttle(ctx, who, accountFailures); err != nil {
		return err
	}
	stored, err := passwordHash(ctx, s.db, actor.ID)
	if err != nil {
		return err
	}
	if len(password) > 4*maxPassword {
		password = "" // never right, and not worth hashing
	}
	ok, _, err := s.hasher.matches(ctx, stored, password)
	if err != nil || ok {
		return err
	}
	if _, err := s.db.ExecContext(ctx, `INSERT INTO sign_in_failures (subject) VALUES ($1)`, who); err != nil {
		return fmt.Errorf("note a wrong password: %w", err)
	}
	return errInvalid.With("password", "accounts.wrong_current")
}

package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// SignIn is a password sign-in.
type SignIn struct {
	Email, Password string
	Agent           string
	Network         string // where the attempt comes from, to slow down guessing; empty is nowhere known
}

// Failures within 15 minutes after which an account, and a network, must wait.
const (
	accountFailures = 10
	networkFailures = 30
)

// SignIn opens a session. The answer is the same, and takes as long, whether
// the address is unknown or the password wrong.
func (s *Service) SignIn(ctx context.Context, in SignIn) (Account, string, error) {
	_, key, _ := parseEmail(in.Email)
	who, where := subject("account", key), subject("network", in.Network)
	if err := s.throttle(ctx, who, accountFailures); err != nil {
		return Account{}, "", err
	}
	if in.Network != "" {
		if err := s.throttle(ctx, where, networkFailures); err != nil {
			return Account{}, "", err
		}
	}
	account, err := byEmailKey(ctx, s.db, key)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Account{}, "", err
	}
	var stored *string
	if err == nil {
		if stored, err = passwordHash(ctx, s.db, account.ID); err != nil {
			return Account{}, "", err
		}
	}
	if len(in.Password) > 4*maxPassword {
		in.Password = "" // never right, and not worth hashing
	}
	ok, stale, err := s.hasher.matches(ctx, stored, in.Password)
	if err != nil {
		return Account{}, "", err
	}
	if !ok {
		const note = `INSERT INTO sign_in_failures (subject) VALUES ($1), ($2)`
		if _, err := s.db.ExecContext(ctx, note, who, where); err != nil {
			return Account{}, "", fmt.Errorf("note failed sign-in: %w", err)
		}
		return Account{}, "", ErrWrong.With("password", "accounts.wrong")
	}
	if stale {
		if hash, err := s.hasher.hash(ctx, in.Password); err == nil {
			_ = setPassword(ctx, s.db, account.ID, hash) // the old hash still works; the next sign-in tries again
		}
	}
	secret, err := open(ctx, s.db, account.ID, in.Agent)
	return account, secret, err
}

func subject(kind, name string) string {
	sum := sha256.Sum256([]byte(kind + ":" + name))
	return hex.EncodeToString(sum[:])
}

// throttle makes the wait grow with each failure past the limit, to 15 minutes.
func (s *Service) throttle(ctx context.Context, who string, limit int) error {
	if s.opts.NoThrottle {
		return nil
	}
	n, newest, err := countFailures(ctx, s.db, who)
	if err != nil || n < limit {
		return err
	}
	wait := min(15*time.Second<<min(n-limit, 6), 15*time.Minute)
	if newest >= wait {
		return nil
	}
	return ErrTooMany.After(wait - newest)
}

package accounts

import (
	"context"
	"fmt"
	"slices"

	"prosumer/internal/pg"
)

// MayErase is ErrLastAdmin for the only admin, and nil for everybody else. It
// holds who is admin until the end of the transaction.
func MayErase(ctx context.Context, tx pg.Q, id ID) error {
	if err := lockRoles(ctx, tx); err != nil {
		return err
	}
	account, err := byID(ctx, tx, id)
	if err != nil || !slices.Contains(account.RoleNames, string(Admin)) {
		return err
	}
	others, err := hasAdmin(ctx, tx, id)
	if err == nil && !others {
		err = ErrLastAdmin
	}
	return err
}

// SignOutEverywhere ends every session of an account in the caller's
// transaction. Done is called once it has committed.
func (s *Service) SignOutEverywhere(ctx context.Context, tx pg.Q, id ID) (done func(), err error) {
	ended, err := endSessions(ctx, tx, id, "")
	if err != nil {
		return nil, err
	}
	return func() { s.forget(ended) }, nil
}

// EmptyTx leaves of an account its bare id: no name, no address, no password, no
// way to sign in, no trace of tries to. What it wrote and voted is for others
// to see to. ErrLastAdmin for the only admin. Done is called after the commit.
func (s *Service) EmptyTx(ctx context.Context, tx pg.Q, id ID) (done func(), err error) {
	if err := MayErase(ctx, tx, id); err != nil {
		return nil, err
	}
	var key string
	if err := tx.QueryRowxContext(ctx, `SELECT coalesce(email_key, '') FROM accounts WHERE id = $1 FOR UPDATE`, id).Scan(&key); err != nil {
		return nil, fmt.Errorf("address of account %d: %w", id, err)
	}
	if done, err = s.SignOutEverywhere(ctx, tx, id); err != nil {
		return nil, err
	}
	for _, step := range []struct {
		query string
		args  []any
	}{
		{`DELETE FROM links WHERE account_id = $1`, []any{id}},
		{`DELETE FROM api_tokens WHERE account_id = $1`, []any{id}},
		{`DELETE FROM sign_in_failures WHERE subject = $1`, []any{subject("account", key)}},
		{`DELETE FROM outbox WHERE topic = $1 AND payload->>'EmailKey' = $2`, []any{TopicLinkWanted, key}},
		{`UPDATE accounts SET handle = 'former-' || id, name = '', email = NULL, email_key = NULL, password_hash = NULL, confirmed_at = NULL,
		         roles = '{member}', bio = '', bio_source = '', bio_html = '', links = '{}', picture_id = NULL, cover_id = NULL, visibility = 'hidden',
		         votes_open = false, lang = 'en', source = '', external_id = '', barred_until = NULL, mail_off = true,
		         erased_at = coalesce(erased_at, now())
		  WHERE id = $1`, []any{id}},
	} {
		if _, err := tx.ExecContext(ctx, step.query, step.args...); err != nil {
			return nil, fmt.Errorf("empty account %d: %w", id, err)
		}
	}
	return done, nil
}

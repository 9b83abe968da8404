package accounts

import (
	"context"
	"fmt"
	"slices"
	"time"

	"prosumer/internal/pg"
)

// Create makes a confirmed account, for commands and demo data: email may be
// empty, and then nobody can sign in to it.
func (s *Service) Create(ctx context.Context, in SignUp, bio string, roles []Role) (Account, error) {
	now := time.Now()
	n := newAccount{Handle: in.Handle, Name: in.Name, Confirm: &now, Lang: in.Lang, Bio: bio, Roles: []string{string(Member)}}
	if n.Lang == "" {
		n.Lang = "en"
	}
	for _, r := range roles {
		if r != Member {
			n.Roles = append(n.Roles, string(r))
		}
	}
	if in.Email != "" {
		address, key, err := in.check()
		if err != nil {
			return Account{}, err
		}
		hash, err := s.hasher.hash(ctx, in.Password)
		if err != nil {
			return Account{}, err
		}
		n.Email, n.EmailKey, n.Hash = &address, &key, &hash
	}
	n.Name = in.Name
	if n.Handle == "" {
		n.Handle = handleFrom(in.Name, 0)
	}
	return insert(ctx, s.db, n)
}

// Promote adds a role to an account, or with member alone takes all others
// away. Its sessions end, because a session's rights do not change under it.
func (s *Service) Promote(ctx context.Context, account Account, role Role) error {
	if !slices.Contains(Roles, role) {
		return fmt.Errorf("unknown role %q: choose one of %v", role, Roles)
	}
	roles := []string{string(Member)}
	if role != Member {
		roles = append(slices.Clone([]string(account.RoleNames)), string(role))
		slices.Sort(roles)
		roles = slices.Compact(roles)
	}
	var ended []string
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := setRoles(ctx, tx, account.ID, roles); err != nil {
			return err
		}
		var err error
		ended, err = endSessions(ctx, tx, account.ID, "")
		return err
	})
	if err != nil {
		return err
	}
	s.forget(ended)
	return nil
}

// List returns accounts with an address, newest first, at most limit.
func (s *Service) List(ctx context.Context, limit int) ([]Account, error) {
	var list []Account
	const query = `SELECT ` + accountColumns + ` FROM accounts WHERE email IS NOT NULL ORDER BY id DESC LIMIT $1`
	if err := s.db.SelectContext(ctx, &list, query, limit); err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	return list, nil
}

// Imported finds or makes the author of an imported idea: a name without
// address, without sign-in and without a place among the people.
func Imported(ctx context.Context, q pg.Q, source, externalID, name string) (ID, error) {
	const query = `
		INSERT INTO accounts (handle, name, source, external_id, visibility)
		VALUES ($1, $2, $3, $4, 'hidden')
		ON CONFLICT (source, external_id) WHERE source <> '' DO UPDATE SET source = excluded.source
		RETURNING id`
	var id ID
	handle := handleFrom(source+"-"+externalID, 0)
	if err := q.QueryRowxContext(ctx, query, handle, name, source, externalID).Scan(&id); err != nil {
		if pg.Violates(err, "accounts_handle_key") {
			return 0, ErrHandleTaken
		}
		return 0, fmt.Errorf("imported author %q: %w", externalID, err)
	}
	return id, nil
}

// Sweep removes what has run out: sessions, links, and old failures.
func (s *Service) Sweep(ctx context.Context) error {
	for _, query := range []string{
		`DELETE FROM sessions WHERE seen_at < now() - interval '14 days' OR created_at < now() - interval '30 days'`,
		`DELETE FROM links WHERE expires_at < now() - interval '7 days'`,
		`DELETE FROM sign_in_failures WHERE at < now() - interval '1 day'`,
	} {
		if _, err := s.db.ExecContext(ctx, query); err != nil {
			return fmt.Errorf("sweep accounts: %w", err)
		}
	}
	return nil
}

package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

// Create makes a confirmed account, for commands and demo data: email may be
// empty, and then nobody can sign in to it.
func (s *Service) Create(ctx context.Context, in SignUp, bio string, roles []Role) (Account, error) {
	var c fault.Check
	in.checkPerson(&c)
	bio = tidyBio(&c, bio)
	c.Need(utf8.RuneCountInString(bio) <= maxBio, "bio", "accounts.bio_long")
	now := time.Now()
	n := newAccount{Handle: in.Handle, Name: in.Name, Confirm: &now, Lang: in.Lang, Bio: bio, Roles: []string{string(Member)}}
	for _, r := range roles {
		c.Need(slices.Contains(Roles, r), "roles", "accounts.role_unknown")
		if !slices.Contains(n.Roles, string(r)) {
			n.Roles = append(n.Roles, string(r))
		}
	}
	if err := c.Err(); err != nil {
		return Account{}, err
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
	var account Account
	err := namely(&n, func() (err error) {
		account, err = insert(ctx, s.db, n)
		return err
	})
	return account, err
}

// Promote adds a role to an account, or with member alone takes all others
// away. Its sessions and unused links end, because a session's rights do not
// change under it.
func (s *Service) Promote(ctx context.Context, account Account, role Role) error {
	if !slices.Contains(Roles, role) {
		return fmt.Errorf("role %q: %w", role, errInvalid.With("role", "accounts.role_unknown"))
	}
	var ended []string
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := lockRoles(ctx, tx); err != nil {
			return err
		}
		now, err := byID(ctx, tx, account.ID)
		if err != nil {
			return err
		}
		roles := []string{string(Member)}
		if role != Member {
			roles = append(now.RoleNames, string(role))
			slices.Sort(roles)
			roles = slices.Compact(roles)
		} else if slices.Contains(now.RoleNames, string(Admin)) {
			others, err := hasAdmin(ctx, tx, account.ID)
			if err != nil {
				return err
			}
			if !others {
				return ErrLastAdmin
			}
		}
		if err := setRoles(ctx, tx, account.ID, roles); err != nil {
			return err
		}
		if role == Trusted || role == Member {
			// given or taken by hand: standing leaves it alone from now on
			const hand = `INSERT INTO trusted (account_id, by) VALUES ($1, 'hand') ON CONFLICT (account_id) DO UPDATE SET by = 'hand', at = now()`
			if _, err := tx.ExecContext(ctx, hand, account.ID); err != nil {
				return fmt.Errorf("trust account %d: %w", account.ID, err)
			}
		}
		if err := endLinks(ctx, tx, account.ID); err != nil {
			return err
		}
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
// address, without sign-in and without a place among the people. In a
// transaction it never fails over a handle that somebody has.
func Imported(ctx context.Context, q pg.Q, source, externalID, name string) (ID, error) {
	var c fault.Check
	for field, value := range map[string]string{"source": source, "external_id": externalID} {
		c.Need(value != "" && len(value) <= maxExternal && clean.ValidText(value), field, "accounts.external_shape")
	}
	if err := c.Err(); err != nil {
		return 0, err
	}
	if name = clean.Shorten(clean.Line(name), maxName); name == "" {
		name = "?"
	}
	const find = `SELECT id FROM accounts WHERE source = $1 AND external_id = $2`
	const add = `
		INSERT INTO accounts (handle, name, source, external_id, visibility) VALUES ($1, $2, $3, $4, 'hidden')
		ON CONFLICT DO NOTHING RETURNING id`
	var id ID
	for attempt := range handleTries {
		err := sqlx.GetContext(ctx, q, &id, find, source, externalID)
		if errors.Is(err, sql.ErrNoRows) {
			err = sqlx.GetContext(ctx, q, &id, add, handleFrom(source+"-"+externalID, attempt), name, source, externalID)
		}
		if err == nil {
			return id, nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return 0, fmt.Errorf("imported author %q: %w", externalID, err)
		}
	}
	return 0, ErrHandleTaken
}

// maxExternal bounds the names that another tool gave, in bytes; they are keys
// of an index.
const maxExternal = 200

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

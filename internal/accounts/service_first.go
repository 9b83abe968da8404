package accounts

import (
	"context"
	"time"

	"prosumer/internal/pg"
)

// FirstAdmin makes a link that makes the first admin, or "" when there is one.
// The link that was made before ends.
func (s *Service) FirstAdmin(ctx context.Context) (string, error) {
	var secret string
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := lockRoles(ctx, tx); err != nil {
			return err
		}
		exists, err := hasAdmin(ctx, tx, 0)
		if err != nil || exists {
			return err
		}
		secret, err = newLink(ctx, tx, Link{Purpose: FirstAdminLink, Next: "/"})
		return err
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// BecomeFirstAdmin takes that link and signs up with every right. Once somebody
// is admin, by whatever way, it answers ErrLinkUsed.
func (s *Service) BecomeFirstAdmin(ctx context.Context, secret string, in SignUp) (Account, string, error) {
	address, key, err := in.check()
	if err != nil {
		return Account{}, "", err
	}
	hash, err := s.hasher.hash(ctx, in.Password)
	if err != nil {
		return Account{}, "", err
	}
	now := time.Now()
	n := newAccount{Handle: in.Handle, Name: in.Name, Email: &address, EmailKey: &key, Hash: &hash, Confirm: &now, Roles: []string{string(Member), string(Admin)}, Lang: in.Lang}
	var account Account
	var session string
	err = namely(&n, func() error {
		return pg.InTx(ctx, s.db, func(tx pg.Q) error {
			if err := lockRoles(ctx, tx); err != nil {
				return err
			}
			if _, err := use(ctx, tx, secret, FirstAdminLink); err != nil {
				return err
			}
			exists, err := hasAdmin(ctx, tx, 0)
			if err != nil {
				return err
			}
			if exists {
				return ErrLinkUsed
			}
			if account, err = insert(ctx, tx, n); err != nil {
				return err
			}
			session, err = open(ctx, tx, account.ID, in.Agent)
			return err
		})
	})
	if err != nil {
		return Account{}, "", err
	}
	return account, session, nil
}

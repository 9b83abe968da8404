package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/outbox"
	"prosumer/internal/pg"
)

// How many links one address may ask for (OWASP ASVS 6.3.1 asks for a limit).
const (
	linksPerAddress = 3
	linksWindow     = 15 * time.Minute
)

// AskLink asks for a link by mail. It answers alike for every address, known
// or not; browser is a secret that only the asking browser holds.
func (s *Service) AskLink(ctx context.Context, email string, purpose Purpose, next, browser string) error {
	_, key, ok := parseEmail(email)
	if !ok {
		return errInvalid.With("email", "accounts.email_shape")
	}
	if !purpose.byMail() {
		return fmt.Errorf("a link to %q is not sent by mail", purpose)
	}
	wanted := LinkWanted{EmailKey: key, Purpose: purpose, Next: clean.LocalPath(next)}
	if browser != "" {
		wanted.Browser = hashOf(browser)
	}
	return outbox.Put(ctx, s.db, TopicLinkWanted, wanted)
}

// MakeLink makes the link a fact asked for. It returns ErrNotFound for an
// unknown address and ErrTooMany for one that asked too often: nothing is
// mailed then, and the asker is told neither.
func (s *Service) MakeLink(ctx context.Context, w LinkWanted) (Account, string, error) {
	if !w.Purpose.byMail() {
		return Account{}, "", fmt.Errorf("a link to %q is not sent by mail", w.Purpose)
	}
	account, err := byEmailKey(ctx, s.db, w.EmailKey)
	if err != nil {
		return Account{}, "", err
	}
	if account.ConfirmedAt == nil && w.Purpose == SignInLink && s.opts.RequireConfirm {
		w.Purpose = ConfirmLink // only a confirmed address gets what signs in; this confirms it first
	}
	var secret string
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		// Two askers at once take turns, so that the newer link ends the older.
		if _, err := tx.ExecContext(ctx, `SELECT 1 FROM accounts WHERE id = $1 FOR NO KEY UPDATE`, account.ID); err != nil {
			return fmt.Errorf("lock account %d: %w", account.ID, err)
		}
		if err := s.throttleLinks(ctx, tx, account.ID, w.Purpose); err != nil {
			return err
		}
		var err error
		secret, err = newLink(ctx, tx, Link{Purpose: w.Purpose, Account: &account.ID, Browser: w.Browser, Next: w.Next})
		return err
	})
	if err != nil {
		return Account{}, "", err
	}
	return account, secret, nil
}

func (s *Service) throttleLinks(ctx context.Context, tx pg.Q, id ID, purpose Purpose) error {
	if s.opts.NoThrottle {
		return nil
	}
	var recent int
	const count = `SELECT count(*) FROM links WHERE account_id = $1 AND purpose = $2 AND created_at > now() - make_interval(secs => $3)`
	if err := sqlx.GetContext(ctx, tx, &recent, count, id, purpose, linksWindow.Seconds()); err != nil {
		return fmt.Errorf("count links: %w", err)
	}
	if recent >= linksPerAddress {
		return ErrTooMany
	}
	return nil
}

// Look finds a link without using it, for the page that asks for the click.
func (s *Service) Look(ctx context.Context, secret string) (Link, error) {
	return look(ctx, s.db, secret)
}

// UseLink takes a sign-in or confirming link, confirms the address and opens a
// session; a confirmation older than ten minutes opens none, and session is
// empty then. Of 50 uses at once one succeeds; the others get ErrLinkUsed.
func (s *Service) UseLink(ctx context.Context, secret string, agent string) (account Account, session, next string, err error) {
	found, err := look(ctx, s.db, secret)
	if err != nil {
		return Account{}, "", "", err
	}
	if found.Purpose != SignInLink && found.Purpose != ConfirmLink {
		return Account{}, "", "", ErrLinkUsed
	}
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		l, err := use(ctx, tx, secret, found.Purpose)
		if err != nil {
			return err
		}
		if err := s.reached(ctx, tx, *l.Account); err != nil {
			return err
		}
		if account, err = byID(ctx, tx, *l.Account); err != nil {
			return err
		}
		next = l.Next
		if !l.Fresh {
			return nil // a confirmation that lay in a mailbox confirms, and signs nobody in
		}
		session, err = open(ctx, tx, account.ID, agent)
		return err
	})
	if err != nil {
		return Account{}, "", "", err
	}
	s.actors.InvalidateAll()
	return account, session, next, nil
}

// reached confirms the address behind a link, and announces the first time.
func (s *Service) reached(ctx context.Context, tx pg.Q, id ID) error {
	first, err := confirm(ctx, tx, id)
	if err != nil || !first {
		return err
	}
	return outbox.Put(ctx, tx, TopicConfirmed, Confirmed{Account: id})
}

// ResetPassword takes a reset link, sets the password, ends every session and
// link of the account, and opens a new session.
func (s *Service) ResetPassword(ctx context.Context, secret, password, agent string) (Account, string, error) {
	found, err := look(ctx, s.db, secret)
	if err != nil {
		return Account{}, "", err
	}
	if found.Purpose != ResetLink {
		return Account{}, "", ErrLinkUsed
	}
	account, err := byID(ctx, s.db, *found.Account)
	if err != nil {
		return Account{}, "", err
	}
	var session string
	err = s.newPassword(ctx, account, password, "", func(tx pg.Q) error {
		if _, err := use(ctx, tx, secret, ResetLink); err != nil {
			return err
		}
		return s.reached(ctx, tx, account.ID)
	}, func(tx pg.Q) error {
		if account, err = byID(ctx, tx, account.ID); err != nil {
			return err
		}
		session, err = open(ctx, tx, account.ID, agent)
		return err
	})
	if err != nil {
		return Account{}, "", err
	}
	return account, session, nil
}

// ChangePassword sets a new password after checking the current one, and ends
// every other session.
func (s *Service) ChangePassword(ctx context.Context, actor Actor, current, password string) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	account, err := byID(ctx, s.db, actor.ID)
	if err != nil {
		return err
	}
	stored, err := passwordHash(ctx, s.db, account.ID)
	if err != nil {
		return err
	}
	if stored != nil {
		ok, _, err := s.hasher.matches(ctx, stored, current)
		if err != nil {
			return err
		}
		if !ok {
			return errInvalid.With("current", "accounts.wrong_current")
		}
	}
	return s.newPassword(ctx, account, password, actor.Session, nil, nil)
}

// SetPassword sets a password without asking for the old one: for commands.
func (s *Service) SetPassword(ctx context.Context, account Account, password string) error {
	return s.newPassword(ctx, account, password, "", nil, nil)
}

func (s *Service) newPassword(ctx context.Context, account Account, password, keep string, before, after func(tx pg.Q) error) error {
	var c fault.Check
	checkPassword(&c, password, account.Name, account.Handle, *orEmpty(account.Email))
	if err := c.Err(); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	var ended []string
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if before != nil {
			if err := before(tx); err != nil {
				return err
			}
		}
		if err := setPassword(ctx, tx, account.ID, hash); err != nil {
			return err
		}
		if err := endLinks(ctx, tx, account.ID); err != nil {
			return err
		}
		if ended, err = endSessions(ctx, tx, account.ID, keep); err != nil {
			return err
		}
		if after != nil {
			return after(tx)
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.forget(ended)
	return nil
}

func orEmpty(s *string) *string {
	if s == nil {
		return new(string)
	}
	return s
}

// forget drops what is cached and tells the sockets.
func (s *Service) forget(ended []string) {
	s.actors.InvalidateAll()
	s.opts.Ended(ended)
}

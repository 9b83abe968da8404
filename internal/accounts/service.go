package accounts

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/maypok86/otter/v2"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/outbox"
	"prosumer/internal/pg"
)

// cacheFor bounds how long a session or token that ended elsewhere still works
// on this server; the requirement is five seconds.
const cacheFor = 4 * time.Second

// Options says how accounts behave.
type Options struct {
	RequireConfirm bool                    // an address must be confirmed before its owner votes
	SignUpClosed   bool                    // nobody may make an account
	NoThrottle     bool                    // for tests and benchmarks (LIMITS=off)
	Ended          func(sessions []string) // told which sessions ended; may be nil
	Pictures       pictures                // holds a profile's picture against its owner; nil asks nobody
	Log            *slog.Logger
}

// pictures is what this package asks of the pictures' own: that those named
// exist and belong to the owner, and that they are kept from now on.
type pictures interface {
	MarkUsed(ctx context.Context, q sqlx.ExtContext, owner int64, ids []string) error
}

// Service is what people do with their accounts.
type Service struct {
	db     *sqlx.DB
	opts   Options
	hasher hasher
	actors *otter.Cache[cacheKey, Actor]
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, opts Options) *Service {
	if opts.Ended == nil {
		opts.Ended = func([]string) {}
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{
		db: db, opts: opts, hasher: newHasher(),
		actors: otter.Must(&otter.Options[cacheKey, Actor]{MaximumSize: 100_000, ExpiryCalculator: otter.ExpiryWriting[cacheKey, Actor](cacheFor)}),
	}
}

// cacheKey tells a cookie from a token, so that neither works in the other's place.
type cacheKey struct {
	token bool
	hash  string
}

// SignUp is the form of a new account.
type SignUp struct {
	Email, Password, Name, Handle, Lang string
	Agent                               string // the browser's name, for the list of sessions
	Next                                string // where the confirming link leads back to
}

func (in *SignUp) check() (address, key string, err error) {
	var c fault.Check
	in.checkPerson(&c)
	address, key, ok := parseEmail(in.Email)
	c.Need(ok, "email", "accounts.email_shape")
	checkPassword(&c, in.Password, in.Name, address, in.Handle)
	return address, key, c.Err()
}

// checkPerson checks what everybody has, with or without an address.
func (in *SignUp) checkPerson(c *fault.Check) {
	in.Name = clean.Line(in.Name)
	c.Need(in.Name != "", "name", "accounts.name_missing")
	c.Need(len([]rune(in.Name)) <= maxName, "name", "accounts.name_long")
	in.Handle = strings.ToLower(strings.TrimSpace(in.Handle))
	c.Need(in.Handle == "" || validHandle(in.Handle), "handle", "accounts.handle_shape")
	if in.Lang != "nl" {
		in.Lang = "en"
	}
}

// handleTries is how often a generated handle may collide before the name is
// called taken.
const handleTries = 5

// SignUp makes an account and its first session. A taken address is
// ErrEmailTaken; everything else that is wrong is Invalid with fields.
func (s *Service) SignUp(ctx context.Context, in SignUp) (Account, string, error) {
	if s.opts.SignUpClosed {
		return Account{}, "", ErrClosed
	}
	address, key, err := in.check()
	if err != nil {
		return Account{}, "", err
	}
	hash, err := s.hasher.hash(ctx, in.Password)
	if err != nil {
		return Account{}, "", err
	}
	n := newAccount{Handle: in.Handle, Name: in.Name, Email: &address, EmailKey: &key, Hash: &hash, Roles: []string{string(Member)}, Lang: in.Lang}
	var account Account
	var secret string
	err = namely(&n, func() error {
		return pg.InTx(ctx, s.db, func(tx pg.Q) error {
			var err error
			if account, err = insert(ctx, tx, n); err != nil {
				return err
			}
			if s.opts.RequireConfirm {
				if err := outbox.Put(ctx, tx, TopicLinkWanted, LinkWanted{EmailKey: key, Purpose: ConfirmLink, Next: clean.LocalPath(in.Next)}); err != nil {
					return err
				}
			}
			secret, err = open(ctx, tx, account.ID, in.Agent)
			return err
		})
	})
	if err != nil {
		return Account{}, "", err
	}
	return account, secret, nil
}

// namely runs do with a handle made from the name where none was chosen, and
// with another one as long as that is taken.
func namely(n *newAccount, do func() error) error {
	if n.Handle != "" {
		return do()
	}
	var err error
	for attempt := range handleTries {
		n.Handle = handleFrom(n.Name, attempt)
		if err = do(); !errors.Is(err, ErrHandleTaken) {
			return err
		}
	}
	return err
}

// SignOut ends the session of a cookie. Once it returns, the cookie opens nothing
// on this server any more.
func (s *Service) SignOut(ctx context.Context, secret string) error {
	hash := hashOf(secret)
	var ended string
	err := s.db.QueryRowxContext(ctx, `
		WITH gone AS (DELETE FROM sessions WHERE token_hash = $1 RETURNING public_id)
		SELECT coalesce(max(public_id), '') FROM gone`, hash).Scan(&ended)
	if err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	// Only now: who asks while the session is being ended would keep it.
	s.actors.Invalidate(cacheKey{hash: string(hash)})
	if ended != "" {
		s.opts.Ended([]string{ended})
	}
	return nil
}

// Resolve finds the actor of a session cookie; ErrSignIn when it is over.
// However many ask for one at once, the database is asked once.
func (s *Service) Resolve(ctx context.Context, secret string) (Actor, error) {
	hash := hashOf(secret)
	return s.actors.Get(ctx, cacheKey{hash: string(hash)}, otter.LoaderFunc[cacheKey, Actor](func(ctx context.Context, _ cacheKey) (Actor, error) {
		row, err := alive(ctx, s.db, hash)
		if err != nil {
			return Actor{}, err
		}
		actor := s.actor(row.Account)
		actor.Session = row.PublicID
		return actor, nil
	}))
}

func (s *Service) actor(a Account) Actor {
	actor := As(a)
	actor.Confirmed = a.ConfirmedAt != nil || !s.opts.RequireConfirm
	return actor
}

// ByID finds an account; ErrNotFound when there is none.
func (s *Service) ByID(ctx context.Context, id ID) (Account, error) { return byID(ctx, s.db, id) }

// ByHandle finds an account; ErrNotFound when there is none.
func (s *Service) ByHandle(ctx context.Context, handle string) (Account, error) {
	return byHandle(ctx, s.db, handle)
}

// ByEmail finds the account of an address, however it is spelled.
func (s *Service) ByEmail(ctx context.Context, email string) (Account, error) {
	_, key, ok := parseEmail(email)
	if !ok {
		return Account{}, ErrNotFound
	}
	return byEmailKey(ctx, s.db, key)
}

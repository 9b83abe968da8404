package accounts_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/pg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const password = "a long enough one"

// desk is a service over a database of its own that notes which sessions ended.
type desk struct {
	*accounts.Service
	db    *sqlx.DB
	mu    sync.Mutex
	ended []string
}

func open(t *testing.T, opts accounts.Options) *desk {
	t.Helper()
	d := &desk{db: pgtest.New(t)}
	opts.Ended = func(sessions []string) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.ended = append(d.ended, sessions...)
	}
	d.Service = accounts.NewService(d.db, opts)
	return d
}

// again is the same desk on another server: nothing is cached there yet.
func (d *desk) again() *accounts.Service { return accounts.NewService(d.db, accounts.Options{}) }

func (d *desk) told() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	told := slices.Clone(d.ended)
	d.ended = nil
	slices.Sort(told)
	return told
}

func (d *desk) join(t *testing.T, email string) (accounts.Account, string) {
	t.Helper()
	account, secret, err := d.SignUp(t.Context(), accounts.SignUp{Email: email, Password: password, Name: "Somebody New"})
	if err != nil {
		t.Fatal(err)
	}
	return account, secret
}

func (d *desk) who(t *testing.T, secret string) accounts.Actor {
	t.Helper()
	actor, err := d.Resolve(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

func (d *desk) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := d.db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, want *fault.Fault) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func wantField(t *testing.T, err error, field, code string) {
	t.Helper()
	f := fault.Of(err)
	if f.Kind != fault.Invalid || f.Fields[field] != code {
		t.Errorf("got %v %v, want %s: %s", err, f.Fields, field, code)
	}
}

// fakePictures owns nothing but what it is told.
type fakePictures map[string]int64

func (p fakePictures) MarkUsed(_ context.Context, _ sqlx.ExtContext, owner int64, ids []string) error {
	for _, id := range ids {
		if p[id] != owner {
			return fault.New(fault.Forbidden, "media.not_yours", "no")
		}
	}
	return nil
}

package pg_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"testing"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
)

func TestAwayTellsALateDatabaseFromAWrongQuestion(t *testing.T) {
	t.Parallel()
	code := func(c string) error { return fmt.Errorf("vote: %w", &pq.Error{Code: pqerror.Code(c)}) }
	for _, err := range []error{
		driver.ErrBadConn, context.DeadlineExceeded,
		code("57P01"), code("57P02"), code("57P03"), code("53300"), code("08006"), code("57014"), code("55P03"),
	} {
		if !pg.Away(err) {
			t.Errorf("%v is not away", err)
		}
	}
	for _, err := range []error{
		nil, context.Canceled, errors.New("other"),
		code("23505"), code("42601"), code("40P01"), code("3D000"), code("28P01"), code("22021"),
	} {
		if pg.Away(err) {
			t.Errorf("%v is away", err)
		}
	}
}

func TestAwayInRealFailures(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	for name, fail := range map[string]func() error{
		"statement timeout": func() error {
			return pg.InTx(t.Context(), db, func(tx pg.Q) error {
				_, err := tx.ExecContext(t.Context(), "SET LOCAL statement_timeout = 20; SELECT pg_sleep(60)")
				return err
			})
		},
		"killed connection": func() error {
			return pg.InTx(t.Context(), db, func(tx pg.Q) error {
				_, err := tx.ExecContext(t.Context(), "SELECT pg_terminate_backend(pg_backend_pid())")
				return err
			})
		},
		"refused connection": func() error {
			_, err := pg.OpenWithin(t.Context(), "postgres://x@127.0.0.1:1/x", 0)
			return err
		},
		"no socket": func() error {
			_, err := pg.OpenWithin(t.Context(), "host="+filepath.Join(t.TempDir(), "none")+" user=x", 0)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := fail(); !pg.Away(err) {
				t.Errorf("%v is not away", err)
			}
		})
	}
	nowhere, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	nowhere.Path = "/none_of_that_name"
	if _, err := pg.Open(t.Context(), nowhere.String()); err == nil || pg.Away(err) {
		t.Errorf("a database that does not exist: %v, want a refusal at once", err)
	}
}

func TestEveryConnectionHasItsLimits(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	for setting, want := range map[string]string{
		"statement_timeout":                   "10s",
		"lock_timeout":                        "5s",
		"idle_in_transaction_session_timeout": "15s",
		"application_name":                    "prosumer",
	} {
		var got string
		if err := db.Get(&got, "SELECT current_setting($1)", setting); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", setting, got, err, want)
		}
	}
}

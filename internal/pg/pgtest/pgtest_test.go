package pgtest_test

import (
	"testing"

	"github.com/lib/pq"

	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
	"prosumer/migrations"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestTestsDoNotSeeEachOther(t *testing.T) {
	for _, name := range []string{"one", "two", "three"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := pgtest.New(t)
			db.MustExec("CREATE TABLE mine (id integer PRIMARY KEY); INSERT INTO mine VALUES (1)")
			var rows int
			if err := db.Get(&rows, "SELECT count(*) FROM mine"); err != nil || rows != 1 {
				t.Errorf("%d rows (%v), want this test's own one", rows, err)
			}
		})
	}
}

func TestTheDatabaseIsMigrated(t *testing.T) {
	t.Parallel()
	if pending, err := pg.Pending(t.Context(), pgtest.New(t), migrations.FS); err != nil || pending {
		t.Errorf("pending: %v (%v)", pending, err)
	}
}

func TestTheAddressServesAListener(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	heard := pq.NewListener(dsn, 1e7, 1e8, nil)
	defer func() { _ = heard.Close() }()
	if err := heard.Listen("news"); err != nil {
		t.Fatal(err)
	}
	db.MustExec("NOTIFY news, 'hello'")
	for n := range heard.Notify {
		if n != nil { // nil says that it connected anew
			if n.Extra != "hello" {
				t.Errorf("heard %q", n.Extra)
			}
			return
		}
	}
}

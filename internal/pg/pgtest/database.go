package pgtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"io/fs"
	"net/url"
	"strconv"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/peterldowns/pgtestdb"

	"prosumer/internal/pg"
	"prosumer/migrations"
)

// New gives a migrated database that only this test sees. It is dropped after
// the test, unless the test failed: then its address is in the log. Tests that
// use it may all run in parallel.
func New(t testing.TB) *sqlx.DB {
	t.Helper()
	db, _ := NewWithDSN(t)
	return db
}

// NewWithDSN is New, with the address for whatever connects by itself: a
// listener, a second pool, a whole server.
func NewWithDSN(t testing.TB) (*sqlx.DB, string) {
	t.Helper()
	dsn := clone(t, history{})
	db, err := pg.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, dsn
}

// Empty is the address of a database without any table, for tests of the
// migrations themselves.
func Empty(t testing.TB) string {
	t.Helper()
	return clone(t, pgtestdb.NoopMigrator{})
}

// clone makes a database from the template that m describes, and gives its
// address with Complete's settings.
func clone(t testing.TB, m pgtestdb.Migrator) string {
	t.Helper()
	conf, err := config(server(t))
	if err != nil {
		t.Fatalf("TEST_DATABASE_URL: %v", err)
	}
	dsn, err := pg.Complete(pgtestdb.Custom(t, conf, m).URL())
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

// config takes an address apart for pgtestdb. The host goes into the options,
// since a socket's folder cannot stand in a URL's host.
func config(dsn string) (pgtestdb.Config, error) {
	full, err := pg.Complete(dsn)
	if err != nil {
		return pgtestdb.Config{}, err
	}
	c, err := pq.NewConfig(full)
	if err != nil {
		return pgtestdb.Config{}, err
	}
	options := url.Values{
		"host":    {c.Host},
		"port":    {strconv.Itoa(int(c.Port))},
		"sslmode": {string(c.SSLMode)},
	}
	if c.SSLRootCert != "" {
		options.Set("sslrootcert", c.SSLRootCert)
	}
	return pgtestdb.Config{
		DriverName: "postgres",
		User:       url.PathEscape(c.User),
		Password:   url.PathEscape(c.Password),
		Database:   url.PathEscape(c.Database),
		Options:    options.Encode(),
		// A listener that reconnects must not keep a database from being dropped.
		ForceTerminateConnections: true,
	}, nil
}

// history migrates the template, which lives as long as the files stay the same.
type history struct{}

// Hash names the template after the migrations' names and content.
func (history) Hash() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(migrations.FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(migrations.FS, path)
		sum.Write([]byte(path + "\x00" + string(text) + "\x00"))
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}

// Migrate fills the template.
func (history) Migrate(ctx context.Context, db *sql.DB, _ pgtestdb.Config) error {
	return pg.Migrate(ctx, sqlx.NewDb(db, "postgres"), migrations.FS)
}

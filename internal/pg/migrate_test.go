package pg_test

import (
	"sync"
	"testing"
	"testing/fstest"

	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
)

func TestFourServersMigrateOnce(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Empty(t)
	files := fstest.MapFS{
		"0001_first.sql":  {Data: []byte("-- +goose Up\nCREATE TABLE first (id integer);\nINSERT INTO first VALUES (1);")},
		"0002_second.sql": {Data: []byte("-- +goose Up\nINSERT INTO first SELECT 2 WHERE current_setting('statement_timeout') = '0';")},
	}
	var servers sync.WaitGroup
	for range 4 {
		servers.Go(func() {
			db, err := pg.Open(t.Context(), dsn)
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = db.Close() }()
			if err := pg.Migrate(t.Context(), db, files); err != nil {
				t.Error(err)
			}
			var limit string
			db.SetMaxOpenConns(1)
			if err := db.Get(&limit, "SHOW statement_timeout"); err != nil || limit != "10s" {
				t.Errorf("the connection came back with a limit of %q (%v)", limit, err)
			}
		})
	}
	servers.Wait()

	db, err := pg.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var rows int
	if err := db.Get(&rows, "SELECT count(*) FROM first"); err != nil || rows != 2 {
		t.Errorf("%d rows (%v), want one from each migration", rows, err)
	}
	for name, tc := range map[string]struct {
		files fstest.MapFS
		want  bool
	}{
		"up to date": {files, false},
		"behind":     {fstest.MapFS{"0001_first.sql": files["0001_first.sql"], "0002_second.sql": files["0002_second.sql"], "0003_third.sql": {Data: []byte("-- +goose Up\nSELECT 1;")}}, true},
		"ahead":      {fstest.MapFS{"0001_first.sql": files["0001_first.sql"]}, false},
	} {
		if got, err := pg.Pending(t.Context(), db, tc.files); err != nil || got != tc.want {
			t.Errorf("%s: pending is %v (%v)", name, got, err)
		}
	}
}

func TestAFailedMigrationLeavesNothingAndCanBeRepeated(t *testing.T) {
	t.Parallel()
	db, err := pg.Open(t.Context(), pgtest.Empty(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	wrong := fstest.MapFS{"0001_a.sql": {Data: []byte("-- +goose Up\nCREATE TABLE a (id integer);\nSELECT 1/0;")}}
	right := fstest.MapFS{"0001_a.sql": {Data: []byte("-- +goose Up\nCREATE TABLE a (id integer);")}}
	if err := pg.Migrate(t.Context(), db, wrong); err == nil {
		t.Error("the failure is not reported")
	}
	if err := pg.Migrate(t.Context(), db, right); err != nil {
		t.Errorf("after mending: %v", err)
	}
}

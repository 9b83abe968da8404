package pg_test

import (
	"strings"
	"testing"
	"time"

	"prosumer/internal/clean"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
)

func TestTogetherHandsEachPartItsRows(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	type inner struct {
		N int64 `db:"n"`
	}
	type row struct {
		inner
		Name  string      `db:"name"`
		Text  clean.HTML  `db:"text"`
		At    time.Time   `db:"at"`
		Never *time.Time  `db:"never"`
		Tags  []string    `db:"tags"`
		Maybe *clean.HTML `db:"maybe"`
	}
	var rows []row
	var none []row
	var names []struct {
		W string `db:"w"`
	}
	at := time.Date(2026, 3, 1, 12, 30, 0, 123456000, time.UTC)
	err := pg.Together(t.Context(), db,
		pg.Into(&rows, `
			SELECT n, $1::text || n AS name, '<p>"x" \ é</p>' AS text, $2::timestamptz AS at, NULL::timestamptz AS never, ARRAY['a', 'b'] AS tags, NULL::text AS maybe
			FROM generate_series(9007199254740993, 9007199254740994) AS n ORDER BY n DESC`, "it's ", at),
		pg.Into(&none, `SELECT 1 AS n WHERE false`),
		pg.Into(&names, `SELECT w FROM unnest(string_to_array($1, ',')) AS w`, "x,y"),
	)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[0].N != 9007199254740994 || rows[0].Name != "it's 9007199254740994" || !rows[1].At.Equal(at) || rows[0].Never != nil ||
		rows[0].Text.String() != `<p>"x" \ é</p>` || strings.Join(rows[0].Tags, "") != "ab" || rows[0].Maybe != nil {
		t.Errorf("rows: %+v", rows)
	}
	if none == nil || len(none) != 0 {
		t.Errorf("of no row: %v", none)
	}
	if len(names) != 2 || names[1].W != "y" {
		t.Errorf("a part with the first argument of its own: %q", names)
	}
}

func TestTogetherSaysWhatWentWrong(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	type row struct {
		N int `db:"n"`
	}
	var fine, wrong []row
	good := pg.Into(&fine, `SELECT 1 AS n`)
	if err := pg.Together(t.Context(), db); err != nil {
		t.Errorf("nothing to ask: %v", err)
	}
	if err := pg.Together(t.Context(), db, good, pg.Into(&wrong, `SELECT 1/0 AS n`)); err == nil || fine != nil {
		t.Errorf("a part that fails: %v, and the other was handed %v", err, fine)
	}
	if err := pg.Together(t.Context(), db, good, pg.Into(&wrong, `SELECT 'x' AS n`)); err == nil || !strings.Contains(err.Error(), `"n"`) {
		t.Errorf("a column of another kind: %v", err)
	}
	if err := pg.Together(t.Context(), db, pg.Into(&wrong, `SELECT 1 AS m`)); err == nil || !strings.Contains(err.Error(), `"m"`) {
		t.Errorf("a column without a field: %v", err)
	}
}

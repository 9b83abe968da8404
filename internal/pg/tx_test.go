package pg_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
)

// notes opens a database with one table that refuses in every way.
func notes(t *testing.T) *sqlx.DB {
	t.Helper()
	db, err := pg.Open(t.Context(), pgtest.Empty(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.MustExec(`CREATE TABLE notes (
		id     integer CONSTRAINT notes_pkey PRIMARY KEY,
		parent integer CONSTRAINT notes_parent_fkey REFERENCES notes (id),
		score  integer CONSTRAINT notes_score_range CHECK (score < 6))`)
	return db
}

func count(t *testing.T, db *sqlx.DB) (n int) {
	t.Helper()
	if err := db.Get(&n, "SELECT count(*) FROM notes"); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestInTxKeepsAllOrNothing(t *testing.T) {
	t.Parallel()
	db := notes(t)
	insert := func(ctx context.Context, tx pg.Q, id int) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO notes VALUES ($1)", id)
		return err
	}
	refusal := errors.New("refused")

	if err := pg.InTx(t.Context(), db, func(tx pg.Q) error {
		return errors.Join(insert(t.Context(), tx, 1), refusal)
	}); !errors.Is(err, refusal) {
		t.Errorf("got %v, want the error of the function", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = pg.InTx(t.Context(), db, func(tx pg.Q) error {
			_ = insert(t.Context(), tx, 2)
			panic("halfway")
		})
	}()
	ctx, cancel := context.WithCancel(t.Context())
	if err := pg.InTx(ctx, db, func(tx pg.Q) error {
		defer cancel()
		return insert(ctx, tx, 3)
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v for a caller that left, want it said", err)
	}
	if n := count(t, db); n != 0 {
		t.Errorf("%d rows stayed behind, want none", n)
	}

	if err := pg.InTx(t.Context(), db, func(tx pg.Q) error {
		return errors.Join(insert(t.Context(), tx, 4), insert(t.Context(), tx, 5))
	}); err != nil {
		t.Error(err)
	}
	if n := count(t, db); n != 2 {
		t.Errorf("%d rows, want both", n)
	}
	// What a caller left behind is undone by a goroutine of database/sql.
	for until := time.Now().Add(10 * time.Second); db.Stats().InUse != 0; time.Sleep(time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("%d connections were never given back", db.Stats().InUse)
		}
	}
}

func TestGetNamedBindsAStruct(t *testing.T) {
	t.Parallel()
	db := notes(t)
	in := struct {
		ID    int `db:"id"`
		Score int `db:"score"`
	}{7, 3}
	var id int
	const query = `INSERT INTO notes (id, score) VALUES (CAST(:id AS integer), :score) RETURNING id`
	if err := pg.GetNamed(t.Context(), db, &id, query, in); err != nil || id != 7 {
		t.Errorf("got %d, %v", id, err)
	}
}

func TestViolatesKnowsTheConstraintByName(t *testing.T) {
	t.Parallel()
	db := notes(t)
	db.MustExec("INSERT INTO notes VALUES (1)")
	for constraint, statement := range map[string]string{
		"notes_pkey":        "INSERT INTO notes VALUES (1)",
		"notes_parent_fkey": "INSERT INTO notes VALUES (2, 99)",
		"notes_score_range": "INSERT INTO notes VALUES (3, NULL, 6)",
	} {
		_, err := db.Exec(statement)
		if !pg.Violates(err, constraint) {
			t.Errorf("%v does not count as a violation of %s", err, constraint)
		}
		if pg.Violates(err, "another") || pg.Away(err) {
			t.Errorf("%v is taken for something else", err)
		}
	}
	if _, err := db.Exec("SELECT 1/0"); pg.Violates(err, "") {
		t.Error("a division by zero violates no constraint")
	}
}

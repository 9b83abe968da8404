package load

import (
	"context"
	"log/slog"
	"testing"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/challenges"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/votes"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// services are those of a board of the test's own.
func services(t *testing.T) Services {
	t.Helper()
	db, log := pgtest.New(t), slog.New(slog.DiscardHandler)
	ranker := votes.NewRanker(db, log)
	writer := votes.NewWriter(db, ranker.Changed, log)
	t.Cleanup(func() { _ = writer.Stop(context.Background()) })
	return Services{DB: db, Challenges: challenges.NewService(db), Votes: votes.NewService(db, writer), Ranker: ranker}
}

func count(t *testing.T, db *sqlx.DB, query string, args ...any) (n int) {
	t.Helper()
	if err := db.GetContext(t.Context(), &n, query, args...); err != nil {
		t.Fatal(err)
	}
	return n
}

// exact fails the test when ledger, votes and tallies do not agree.
func exact(t *testing.T, v *votes.Service) {
	t.Helper()
	quiet := func(int, int) {}
	if found, err := v.ReplayLedger(t.Context(), false, quiet); err != nil || !found.Exact() {
		t.Errorf("the ledger: %+v, %v", found, err)
	}
	if found, err := v.Recount(t.Context(), false, quiet); err != nil || len(found) > 0 {
		t.Errorf("the votes: %+v, %v", found, err)
	}
	if n, err := v.Orphans(t.Context()); err != nil || n > 0 {
		t.Errorf("%d votes without an idea, %v", n, err)
	}
}

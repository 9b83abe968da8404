package votes_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/votes"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// world is a board of one test: its database, its services, and its people.
type world struct {
	t        testing.TB
	db       *sqlx.DB
	accounts *accounts.Service
	ideas    *ideas.Service
	votes    *votes.Service
	writer   *votes.Writer
	heard    chan []votes.Tally // what the writer published
	people   atomic.Int64
}

func newWorld(t testing.TB) *world {
	t.Helper()
	return worldOn(t, pgtest.New(t))
}

func worldOn(t testing.TB, db *sqlx.DB) *world {
	t.Helper()
	w := &world{t: t, db: db, heard: make(chan []votes.Tally, 100_000)}
	w.accounts = accounts.NewService(db, accounts.Options{NoThrottle: true})
	w.ideas = ideas.NewService(db, media.New(db, t.TempDir(), media.Options{}), ideas.Options{ImageOf: media.IDOf})
	w.writer = w.newWriter(db)
	w.votes = votes.NewService(db, w.writer)
	return w
}

// newWriter is another server's writer on the same database.
func (w *world) newWriter(db *sqlx.DB) *votes.Writer {
	writer := votes.NewTestWriter(db, func(list []votes.Tally) { w.heard <- list }, slog.New(slog.DiscardHandler))
	w.t.Cleanup(func() { _ = writer.Stop(context.Background()) })
	return writer
}

// account makes somebody without an address: nobody needs to sign in here.
func (w *world) account(roles ...accounts.Role) accounts.Account {
	w.t.Helper()
	name := fmt.Sprintf("person-%d", w.people.Add(1))
	a, err := w.accounts.Create(w.t.Context(), accounts.SignUp{Name: name, Handle: name}, "", roles)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func (w *world) person(roles ...accounts.Role) accounts.Actor {
	w.t.Helper()
	return accounts.As(w.account(roles...))
}

func (w *world) idea(by accounts.Actor) ideas.ID {
	w.t.Helper()
	idea, err := w.ideas.Propose(w.t.Context(), by, 0, ideas.Text{
		Title: "A lamp that folds", Story: "It folds flat and fits in every drawer of the house.", Accept: true,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return idea.ID
}

func (w *world) cast(by accounts.Actor, on ideas.ID, buys bool) votes.Tally {
	w.t.Helper()
	tally, err := w.votes.Cast(w.t.Context(), by, on, votes.Choice{WouldBuy: buys})
	if err != nil {
		w.t.Fatal(err)
	}
	return tally
}

func (w *world) decide(by accounts.Actor, on ideas.ID, to ideas.Status) {
	w.t.Helper()
	d := ideas.Decision{To: to}
	if to.NeedsReason() {
		d.Answer, d.Reason = "Not now, because the season is over.", "timing"
	}
	if _, err := w.ideas.Decide(w.t.Context(), by, on, d); err != nil {
		w.t.Fatal(err)
	}
}

// differing counts the tallies that do not equal their votes, in one snapshot.
const differing = `
	SELECT count(*) FROM tallies t FULL JOIN (
		SELECT idea_id, count(*) FILTER (WHERE counts AND NOT staff) AS voters,
		       count(*) FILTER (WHERE counts AND NOT staff AND would_buy) AS would_buy, count(*) FILTER (WHERE counts AND staff) AS staff
		FROM votes GROUP BY idea_id
	) AS c USING (idea_id)
	WHERE (t.voters, t.would_buy, t.staff) IS DISTINCT FROM (coalesce(c.voters, 0), coalesce(c.would_buy, 0), coalesce(c.staff, 0))`

func (w *world) exact() {
	w.t.Helper()
	if n := w.count(differing); n != 0 {
		w.t.Errorf("%d tallies differ from their votes", n)
	}
}

func (w *world) count(query string, args ...any) int {
	w.t.Helper()
	var n int
	if err := w.db.GetContext(w.t.Context(), &n, query, args...); err != nil {
		w.t.Fatal(err)
	}
	return n
}

package merges_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/merges"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/votes"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// world is a board of one test, on which ideas are merged.
type world struct {
	*merges.Service
	t          testing.TB
	db         *sqlx.DB
	dsn        string
	accounts   *accounts.Service
	challenges *challenges.Service
	ideas      *ideas.Service
	notices    *notices.Service
	votes      *votes.Service
	boss       accounts.Actor
	heard      []votes.Tally // what merges moved
	people     atomic.Int64
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t}
	w.db, w.dsn = pgtest.NewWithDSN(t)
	w.accounts = accounts.NewService(w.db, accounts.Options{NoThrottle: true})
	w.challenges = challenges.NewService(w.db)
	w.ideas = ideas.NewService(w.db, media.New(w.db, t.TempDir(), media.Options{}), ideas.Options{ImageOf: media.IDOf})
	w.notices = notices.NewService(w.db)
	w.votes = w.server()
	w.Service = merges.NewService(w.db, w.ideas, w.notices, func(list []votes.Tally) { w.heard = append(w.heard, list...) })
	w.boss = w.person(accounts.Team)
	return w
}

// server is another server's votes on the same database. A writer that has
// anything to complain of, such as a deadlock, fails the test.
func (w *world) server() *votes.Service {
	w.t.Helper()
	pool, err := pg.Open(w.t.Context(), w.dsn)
	if err != nil {
		w.t.Fatal(err)
	}
	writer := votes.NewWriter(pool, func([]votes.Tally) {}, slog.New(slog.NewTextHandler(complaints{w.t}, nil)))
	w.t.Cleanup(func() { _ = errors.Join(writer.Stop(context.Background()), pool.Close()) })
	return votes.NewService(pool, writer)
}

type complaints struct{ t testing.TB }

func (c complaints) Write(line []byte) (int, error) {
	c.t.Errorf("a writer complains: %s", line)
	return len(line), nil
}

func (w *world) person(roles ...accounts.Role) accounts.Actor {
	w.t.Helper()
	name := fmt.Sprintf("person-%d", w.people.Add(1))
	a, err := w.accounts.Create(w.t.Context(), accounts.SignUp{Name: name, Handle: name}, "", roles)
	if err != nil {
		w.t.Fatal(err)
	}
	return accounts.As(a)
}

func (w *world) idea(by accounts.Actor) ideas.ID {
	w.t.Helper()
	idea, err := w.ideas.Propose(w.t.Context(), by, 0, ideas.Text{
		Title: fmt.Sprintf("A lamp that folds %d times", w.people.Add(1)), Story: "It folds flat and fits in every drawer of the house.", Accept: true,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return idea.ID
}

// entry is an idea in a challenge.
func (w *world) entry(in challenges.Challenge) ideas.ID {
	w.t.Helper()
	id := w.idea(w.person())
	w.db.MustExec(`UPDATE ideas SET challenge_id = $2 WHERE id = $1`, id, in.ID)
	return id
}

// challenge takes votes from an hour ago until an hour from now.
func (w *world) challenge(kind challenges.Kind, seal challenges.Seal) challenges.Challenge {
	w.t.Helper()
	now := time.Now()
	c, err := w.challenges.Create(w.t.Context(), challenges.Challenge{
		Slug: fmt.Sprintf("challenge-%d", w.people.Add(1)), Title: "A challenge", Ballot: kind, Sealed: seal, Dates: challenges.Dates{
			Announced: now.Add(-time.Hour), EntriesOpen: now.Add(-time.Hour), EntriesClose: now.Add(time.Hour),
			VotingOpen: now.Add(-time.Hour), VotingClose: now.Add(time.Hour), Results: now.Add(time.Hour),
		},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) cast(by accounts.Actor, on ideas.ID, buys bool) {
	w.t.Helper()
	if _, err := w.votes.Cast(w.t.Context(), by, on, votes.Choice{WouldBuy: buys}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) retract(by accounts.Actor, on ideas.ID) {
	w.t.Helper()
	if _, err := w.votes.Retract(w.t.Context(), by, on); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) decide(on ideas.ID, to ideas.Status) {
	w.t.Helper()
	d := ideas.Decision{To: to}
	if to.NeedsReason() {
		d.Answer, d.Reason = "Not now, because the season is over.", "timing"
	}
	if _, err := w.ideas.Decide(w.t.Context(), w.boss, on, d); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) merge(from, into ideas.ID) {
	w.t.Helper()
	if _, err := w.Merge(w.t.Context(), w.boss, from, into, ""); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) unmerge(from ideas.ID) {
	w.t.Helper()
	if err := w.Unmerge(w.t.Context(), w.boss, from); err != nil {
		w.t.Fatal(err)
	}
}

// figures is a tally's voters, who would buy, and staff.
func (w *world) figures(id ideas.ID) [3]int {
	w.t.Helper()
	t, err := w.votes.Tally(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return [3]int{t.Voters, t.WouldBuy, t.Staff}
}

func (w *world) status(id ideas.ID) ideas.Status {
	w.t.Helper()
	idea, err := w.ideas.ByID(w.t.Context(), w.boss, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return idea.Status
}

func (w *world) count(query string, args ...any) int {
	w.t.Helper()
	var n int
	if err := w.db.GetContext(w.t.Context(), &n, query, args...); err != nil {
		w.t.Fatal(err)
	}
	return n
}

// differing counts the tallies that do not equal their votes, in one snapshot.
const differing = `
	SELECT count(*) FROM tallies t FULL JOIN (
		SELECT idea_id, count(*) FILTER (WHERE counts AND NOT staff) AS voters,
		       count(*) FILTER (WHERE counts AND NOT staff AND would_buy) AS would_buy, count(*) FILTER (WHERE counts AND staff) AS staff
		FROM votes GROUP BY idea_id
	) AS c USING (idea_id)
	WHERE (t.voters, t.would_buy, t.staff) IS DISTINCT FROM (coalesce(c.voters, 0), coalesce(c.would_buy, 0), coalesce(c.staff, 0))`

// exact sees that tallies equal their votes and the ledger both.
func (w *world) exact() {
	w.t.Helper()
	if n := w.count(differing); n != 0 {
		w.t.Errorf("%d tallies differ from their votes", n)
	}
	found, err := w.votes.ReplayLedger(w.t.Context(), false, func(int, int) {})
	if err != nil || !found.Exact() {
		w.t.Errorf("the ledger differs: %+v (%v)", found, err)
	}
}

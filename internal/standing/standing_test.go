package standing_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/notices"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/products"
	"prosumer/internal/standing"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// world is a board of one test, with somebody of the product team.
type world struct {
	t        *testing.T
	db       *sqlx.DB
	accounts *accounts.Service
	ideas    *ideas.Service
	products *products.Service
	keeper   *standing.Keeper
	boss     accounts.Actor
	people   int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, db: pgtest.New(t)}
	w.accounts = accounts.NewService(w.db, accounts.Options{NoThrottle: true})
	w.ideas = ideas.NewService(w.db, media.New(w.db, t.TempDir(), media.Options{}), ideas.Options{ImageOf: media.IDOf})
	w.products = products.NewService(w.db, w.ideas, notices.NewService(w.db))
	w.keeper = standing.NewKeeper(w.db, slog.New(slog.DiscardHandler))
	w.boss = w.person(accounts.Team)
	return w
}

func (w *world) person(roles ...accounts.Role) accounts.Actor {
	w.t.Helper()
	w.people++
	name := fmt.Sprintf("person-%d", w.people)
	a, err := w.accounts.Create(w.t.Context(), accounts.SignUp{Name: name, Handle: name}, "", roles)
	if err != nil {
		w.t.Fatal(err)
	}
	return accounts.As(a)
}

// idea proposes one that so many customers voted for, and as many of staff.
func (w *world) idea(by accounts.Actor, voters int) ideas.ID {
	w.t.Helper()
	idea, err := w.ideas.Propose(w.t.Context(), by, 0, ideas.Text{Title: "A lamp", Story: "It folds flat and fits in every drawer.", Accept: true})
	if err != nil {
		w.t.Fatal(err)
	}
	w.db.MustExec(`INSERT INTO votes (idea_id, voter_id, staff) SELECT $1, n, n > $2 FROM generate_series(1, 2 * $2::integer) AS n`, idea.ID, voters)
	w.db.MustExec(`UPDATE tallies SET voters = $2, staff = $2 WHERE idea_id = $1`, idea.ID, voters)
	return idea.ID
}

func (w *world) decide(id ideas.ID, to ideas.Status) {
	w.t.Helper()
	if _, err := w.ideas.Decide(w.t.Context(), w.boss, id, ideas.Decision{To: to}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) adopt(id ideas.ID) string {
	w.t.Helper()
	p, err := w.products.Adopt(w.t.Context(), w.boss, id, products.Adoption{})
	if err != nil {
		w.t.Fatal(err)
	}
	return p.Slug
}

func (w *world) stage(slug string, to products.Stage) {
	w.t.Helper()
	if _, err := w.products.Change(w.t.Context(), w.boss, slug, products.Change{Stage: &to}); err != nil {
		w.t.Fatal(err)
	}
}

// row is one person's standing.
type row struct {
	Points   int `db:"points"`
	Month    int `db:"month_points"`
	Ideas    int `db:"ideas"`
	Adopted  int `db:"adopted"`
	Launched int `db:"launched"`
	Votes    int `db:"votes_received"`
}

func (w *world) has(who accounts.Actor, want row) {
	w.t.Helper()
	var got row
	const query = `SELECT coalesce(sum(points), 0) AS points, coalesce(sum(month_points), 0) AS month_points, coalesce(sum(ideas), 0) AS ideas,
		coalesce(sum(adopted), 0) AS adopted, coalesce(sum(launched), 0) AS launched, coalesce(sum(votes_received), 0) AS votes_received FROM standings WHERE account_id = $1`
	if err := w.db.Get(&got, query, who.ID); err != nil {
		w.t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("%s (-want +got):\n%s", who.Name, diff)
	}
}

func (w *world) all() {
	w.t.Helper()
	if err := w.keeper.All(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func TestPointsComeFromWhatWasUsed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	proposer, listed, adopted, maker, famous, helper := w.person(), w.person(), w.person(), w.person(), w.person(), w.person()
	w.idea(proposer, 0)
	w.idea(proposer, 9)
	w.decide(w.idea(listed, 25), ideas.Shortlisted)
	slug := w.adopt(w.idea(adopted, 0))
	shortlisted := w.idea(maker, 0)
	w.decide(shortlisted, ideas.Shortlisted)
	launched := w.adopt(shortlisted)
	w.stage(launched, products.StageMaking)
	w.stage(launched, products.StageLaunched)
	w.idea(famous, 5000)
	for _, credited := range []string{slug, launched} {
		if err := w.products.Credit(t.Context(), w.boss, credited, helper.ID, "the hinge"); err != nil {
			t.Fatal(err)
		}
	}
	w.all()
	points := func(n int) row { return row{Points: n, Month: n} }
	with := func(r row, ideas, adopted, launched, votes int) row {
		r.Ideas, r.Adopted, r.Launched, r.Votes = ideas, adopted, launched, votes
		return r
	}
	w.has(proposer, with(points(0), 2, 0, 0, 9))
	w.has(listed, with(points(standing.PointsShortlisted+25/standing.VotersPerPoint), 1, 0, 0, 25))
	w.has(adopted, with(points(standing.PointsAdopted), 1, 1, 0, 0))
	w.has(maker, with(points(standing.PointsShortlisted+standing.PointsAdopted+standing.PointsLaunched), 1, 1, 1, 0))
	w.has(famous, with(points(50), 1, 0, 0, 5000)) // all on one day, which has its cap
	w.has(helper, points(2*standing.PointsCoCreated))
}

func TestTheMonthForgetsWhatIsOlder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	slug := w.adopt(w.idea(ann, 40))
	if err := w.products.Credit(t.Context(), w.boss, slug, ben.ID, ""); err != nil {
		t.Fatal(err)
	}
	w.db.MustExec(`ALTER TABLE idea_history DISABLE TRIGGER idea_history_append_only;
		UPDATE idea_history SET at = at - interval '31 days'; UPDATE votes SET cast_at = cast_at - interval '31 days' WHERE voter_id > 20;
		UPDATE products SET created_at = created_at - interval '31 days'`)
	w.all()
	w.has(ann, row{Points: standing.PointsAdopted + 4, Month: 2, Ideas: 1, Adopted: 1, Votes: 40})
	w.has(ben, row{Points: standing.PointsCoCreated})
	w.stage(slug, products.StageLaunched)
	w.all()
	w.has(ann, row{Points: standing.PointsAdopted + standing.PointsLaunched + 4, Month: standing.PointsLaunched + 2, Ideas: 1, Adopted: 1, Launched: 1, Votes: 40})
}

func TestWhatIsHiddenOrTakenBackEarnsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.person()
	hidden, withdrawn, undone := w.idea(ann, 100), w.idea(ann, 100), w.idea(ann, 0)
	w.adopt(undone)
	w.all()
	w.has(ann, row{Points: standing.PointsAdopted + 20, Month: standing.PointsAdopted + 20, Ideas: 3, Adopted: 1, Votes: 200})
	w.db.MustExec(`UPDATE ideas SET hidden = true WHERE id = $1`, hidden)
	if err := w.ideas.Withdraw(t.Context(), ann, withdrawn); err != nil {
		t.Fatal(err)
	}
	if err := w.products.Undo(t.Context(), w.boss, undone); err != nil {
		t.Fatal(err)
	}
	w.all()
	w.has(ann, row{Ideas: 1})
}

func TestAChangedIdeaRefreshesThoseBehindIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben, eve := w.person(), w.person(), w.person()
	id := w.idea(ann, 0)
	w.idea(eve, 50)
	w.db.MustExec(`DELETE FROM standing_stale`) // as if eve's idea had been there for long
	slug := w.adopt(id)
	if err := w.products.Credit(t.Context(), w.boss, slug, ben.ID, ""); err != nil {
		t.Fatal(err)
	}
	w.keeper.Changed(id)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.keeper.Refresh(gone); err == nil {
		t.Error("refreshed without a database")
	}
	if err := w.keeper.Refresh(t.Context()); err != nil { // what failed is tried again
		t.Fatal(err)
	}
	w.has(ann, row{Points: standing.PointsAdopted, Month: standing.PointsAdopted, Ideas: 1, Adopted: 1})
	w.has(ben, row{Points: standing.PointsCoCreated, Month: standing.PointsCoCreated})
	w.has(eve, row{})
	w.db.MustExec(`DELETE FROM standings`)
	if err := w.keeper.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.has(ann, row{}) // nothing changed since
	w.keeper.Run(gone)
}

// TestSealedVotesEarnNothingUntilTheSealEnds holds that a standing tells no
// sealed tally, of all time or of the month, and all of it afterwards.
func TestSealedVotesEarnNothingUntilTheSealEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.person()
	sealed := w.idea(ann, 50)
	w.idea(ann, 20)
	w.db.MustExec(`WITH c AS (
			INSERT INTO challenges (slug, title, sealed, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
			SELECT 'bags', 'A bag for rain', 'until_close', n - interval '9 days', n - interval '8 days', n - interval '1 hour', n - interval '7 days', n + interval '1 day', n + interval '2 days'
			FROM now() AS n RETURNING id
		) UPDATE ideas SET challenge_id = c.id FROM c WHERE ideas.id = $1`, sealed)
	w.all()
	w.has(ann, row{Points: 2, Month: 2, Ideas: 2, Votes: 20})
	if err := w.keeper.Unseal(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.keeper.Changed(sealed)
	if err := w.keeper.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.has(ann, row{Points: 2, Month: 2, Ideas: 2, Votes: 20})
	w.db.MustExec(`UPDATE challenges SET voting_close_at = clock_timestamp()`)
	for range 2 {
		if err := w.keeper.Unseal(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := w.keeper.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.has(ann, row{Points: 7, Month: 7, Ideas: 2, Votes: 70})
	}
}

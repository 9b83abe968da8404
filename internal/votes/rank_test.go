package votes_test

import (
	"context"
	"log/slog"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

func (w *world) ranker() *votes.Ranker {
	return votes.NewRanker(w.db, slog.New(slog.DiscardHandler))
}

// at moves an idea, and the votes it has, into the past.
func (w *world) at(id ideas.ID, submitted time.Time, cast ...time.Time) {
	w.t.Helper()
	w.db.MustExec(`UPDATE ideas SET submitted_at = $2 WHERE id = $1`, id, submitted)
	for n, when := range cast {
		w.cast(accounts.As(accounts.Account{ID: accounts.ID(1_000_000 + n)}), id, false)
		w.db.MustExec(`UPDATE votes SET cast_at = $3 WHERE idea_id = $1 AND voter_id = $2`, id, 1_000_000+n, when)
	}
}

// weight is the formula in Go: votes that halve every three days, as of a
// moment near the newest.
func weight(now time.Time, moments []time.Time) float64 {
	sum := 0.0
	for _, at := range moments {
		sum += math.Exp2(-now.Sub(at).Hours() / 72)
	}
	return sum
}

func TestTrendingIsTheOrderOfVotesThatHalveEveryThreeDays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	now := time.Now().Truncate(time.Second)
	ago := func(hours ...float64) (list []time.Time) {
		for _, h := range hours {
			list = append(list, now.Add(-time.Duration(h*float64(time.Hour))))
		}
		return list
	}
	owner, sums := w.person(), map[ideas.ID]float64{}
	for _, moments := range [][]time.Time{
		ago(0), ago(5), ago(80), ago(400, 1), ago(400, 300, 200, 100), ago(90, 2, 2, 2), ago(30, 20, 10), ago(2000),
		ago(2000, 75, 75, 75, 75, 75), ago(24*365*2, 6), ago(24 * 365 * 2),
	} {
		id := w.idea(owner)
		w.at(id, moments[0], moments[1:]...)
		sums[id] = weight(now, moments)
	}
	if err := w.ranker().CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.db.MustExec(`UPDATE tallies SET revision = revision + 1`) // those without a vote, too
	if err := w.ranker().CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	var got, want []ideas.ID
	for id := range sums {
		want = append(want, id)
	}
	slices.SortFunc(want, func(a, b ideas.ID) int { return -compare(sums[a], sums[b]) })
	if err := w.db.Select(&got, `SELECT idea_id FROM ranks ORDER BY trending DESC`); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-formula +ranks):\n%s", diff)
	}
	for id, sum := range sums {
		var stored float64
		const query = `SELECT trending - ranks_weight($2) FROM ranks WHERE idea_id = $1`
		if err := w.db.Get(&stored, query, id, now); err != nil || math.Abs(stored-math.Log(sum)) > 1e-6 {
			t.Errorf("idea %d: logarithm %v (%v), want %v", id, stored, err, math.Log(sum))
		}
	}
}

func compare(a, b float64) int {
	if a < b {
		return -1
	}
	return 1
}

// TestAnIdeaOfLongAgoCanTrend holds an old import against the narrow range of
// exp: eleven years are more than two to the thousandth.
func TestAnIdeaOfLongAgoCanTrend(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.idea(w.person())
	now := time.Now()
	w.at(id, now.AddDate(-11, 0, 0), now, now)
	if err := w.ranker().CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := w.count(`SELECT count(*) FROM ranks WHERE voters = 2 AND abs(trending - ranks_weight(now()) - ln(2)) < 0.01`); n != 1 {
		t.Error("two fresh votes on an old idea do not weigh as two fresh votes")
	}
}

func TestANewIdeaStartsBesideOneThatJustGotAVote(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	now := time.Now()
	voted, yesterday, fresh := w.idea(w.person()), w.idea(w.person()), w.idea(w.person())
	w.at(voted, now.AddDate(-1, 0, 0), now)
	w.at(yesterday, now.AddDate(-1, 0, 0), now.AddDate(0, 0, -1))
	if err := w.ranker().CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	trending := func(id ideas.ID) (f float64) {
		if err := w.db.Get(&f, `SELECT trending FROM ranks WHERE idea_id = $1`, id); err != nil {
			t.Fatal(err)
		}
		return f
	}
	if d := math.Abs(trending(fresh) - trending(voted)); d > 0.01 {
		t.Errorf("%v apart", d)
	}
	if trending(fresh) <= trending(yesterday) {
		t.Error("the vote of yesterday weighs as much as the idea of today")
	}
}

func TestRanksFollowTheTalliesThatChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	noted, missed := w.idea(w.person()), w.idea(w.person())
	ranker := w.ranker()
	tally := w.cast(w.person(), noted, false)
	w.cast(w.person(accounts.Team), noted, false)
	w.cast(w.person(), missed, false)
	ranker.Changed([]votes.Tally{tally})
	voters := func(id ideas.ID) int { return w.count(`SELECT voters FROM ranks WHERE idea_id = $1`, id) }
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ranker.Refresh(gone); err == nil {
		t.Error("refreshed without a database")
	}
	if err := ranker.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if voters(noted) != 1 || voters(missed) != 0 {
		t.Errorf("%d and %d voters, want 1 and 0", voters(noted), voters(missed))
	}
	if err := ranker.CatchUp(t.Context()); err != nil || voters(missed) != 1 {
		t.Errorf("after catching up: %d (%v)", voters(missed), err)
	}
	ranker.Run(gone) // returns, because its time is over
}

package insights_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/insights"
	"prosumer/internal/media"
	"prosumer/internal/notices"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/products"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// world is a board of one test whose clock the test moves.
type world struct {
	*insights.Service
	t        *testing.T
	db       *sqlx.DB
	now      time.Time
	accounts *accounts.Service
	ideas    *ideas.Service
	products *products.Service
	boss     accounts.Actor
	people   int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, db: pgtest.New(t), now: time.Now()}
	w.accounts = accounts.NewService(w.db, accounts.Options{NoThrottle: true})
	w.ideas = ideas.NewService(w.db, media.New(w.db, t.TempDir(), media.Options{}), ideas.Options{ImageOf: media.IDOf})
	w.products = products.NewService(w.db, w.ideas, notices.NewService(w.db))
	w.Service = insights.NewService(w.db, time.UTC, func() time.Time { return w.now })
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

func (w *world) idea(by accounts.Actor) ideas.ID {
	w.t.Helper()
	idea, err := w.ideas.Propose(w.t.Context(), by, 0, ideas.Text{Title: "A bag that folds", Story: "It folds flat, and fits in every drawer there is.", Accept: true})
	if err != nil {
		w.t.Fatal(err)
	}
	return idea.ID
}

func (w *world) vote(by accounts.Actor, on ideas.ID, referrer string) {
	w.t.Helper()
	w.db.MustExec(`SELECT cast_ballots(ARRAY[$1::bigint], ARRAY[$2::bigint], '{0}'::smallint[], '{true}', '{false}', '{false}', '{0}', '{0}', '{""}', ARRAY[$3::text])`, on, by.ID, referrer)
}

func (w *world) report(days insights.Period) insights.Report {
	w.t.Helper()
	r, err := w.Report(w.t.Context(), w.boss, days)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func TestAFunnelCountsHowFarIdeasGot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	noor := w.person()
	list := make([]ideas.ID, 5)
	for i := range list {
		list[i] = w.idea(noor)
	}
	if _, err := w.ideas.Decide(t.Context(), w.boss, list[0], ideas.Decision{To: ideas.Shortlisted, Answer: "We look closer."}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.products.Adopt(t.Context(), w.boss, list[1], products.Adoption{Answer: "We make it."}); err != nil {
		t.Fatal(err)
	}
	if err := w.ideas.Answer(t.Context(), w.boss, list[2], "Good thinking."); err != nil {
		t.Fatal(err)
	}
	if _, err := w.ideas.SaveDraft(t.Context(), noor, 0, ideas.Text{Title: "Not yet"}); err != nil {
		t.Fatal(err)
	}

	want := insights.Funnel{Proposed: 5, Answered: 3, Shortlisted: 2, Adopted: 1}
	if diff := cmp.Diff(want, w.report(30).Funnel); diff != "" {
		t.Errorf("the funnel (-want +got):\n%s", diff)
	}
}

func TestDaysHaveAllTheirVotesAndSharesAddUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	noor, hours := w.person(), w.now.UTC().Hour()
	first, second := w.idea(noor), w.idea(noor)
	busy := w.person()
	w.vote(busy, first, "news.example.org")
	w.vote(busy, second, "news.example.org")
	w.vote(w.person(), first, "news.example.org")
	w.vote(w.person(), first, "")
	w.db.MustExec(`UPDATE accounts SET created_at = now() - interval '30 days' WHERE id = $1`, busy.ID)

	r := w.report(30)
	if len(r.Daily) != 30 {
		t.Fatalf("%d days, not 30", len(r.Daily))
	}
	if hours < 23 { // else midnight may have passed on the way
		today := r.Daily[29]
		if today.Ideas != 2 || today.Votes != 4 || !today.Day.Equal(w.now.UTC().Truncate(24*time.Hour)) {
			t.Errorf("today is %+v", today)
		}
	}
	want := insights.Spread{Voters: 3, Votes: 4, TopTenth: 0.5, TopIdeas: 0.75, Once: 2. / 3, Young: 0.5, TopReferrer: 0.75, Referrer: "news.example.org", Contributors: 1}
	if diff := cmp.Diff(want, r.Spread, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("the spread (-want +got):\n%s", diff)
	}
}

func TestAReportIsKeptForAnHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	noor := w.person()
	w.idea(noor)
	if got := w.report(90).Funnel.Proposed; got != 1 {
		t.Fatalf("%d ideas, not 1", got)
	}
	w.idea(noor)
	w.now = w.now.Add(59 * time.Minute)
	if got := w.report(90).Funnel.Proposed; got != 1 {
		t.Errorf("%d ideas within the hour, not the 1 that was kept", got)
	}
	w.now = w.now.Add(2 * time.Minute)
	if err := w.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := w.report(90).Funnel.Proposed; got != 2 {
		t.Errorf("%d ideas after the hour, not 2", got)
	}
}

func TestAReportIsForTheTeamAndOfAKnownPeriod(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.Report(t.Context(), w.person(), 30); !errors.Is(err, ideas.ErrTeamOnly) {
		t.Errorf("a member was answered with %v", err)
	}
	if _, err := w.Report(t.Context(), w.boss, 31); !errors.Is(err, insights.ErrPeriod) {
		t.Errorf("31 days were answered with %v", err)
	}
	empty := w.report(365)
	if len(empty.Daily) != 365 || empty.Spread.Votes != 0 || len(empty.Topics) != 0 {
		t.Errorf("an empty board reports %d days, %+v", len(empty.Daily), empty.Spread)
	}
}

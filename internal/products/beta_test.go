package products_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

func (w *world) call(slug string, places int) {
	w.t.Helper()
	closes := time.Now().Add(time.Hour)
	if err := w.CallTesters(w.t.Context(), w.boss, slug, products.Call{Words: "Who tries our lamp for a month?", ClosesAt: &closes, Places: places}); err != nil {
		w.t.Fatal(err)
	}
}

func TestPlacesOfATestHoldHoweverManyComeAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.idea(w.person(), "A lamp")
	p := w.adopt(id, products.Adoption{})
	w.call(p.Slug, 3)
	var testers []accounts.Actor
	for range 9 {
		a := w.person()
		w.vote(a, id)
		testers = append(testers, a)
	}
	var applied, accepted, full atomic.Int32
	var all sync.WaitGroup
	for _, a := range testers {
		all.Go(func() {
			if err := w.Apply(t.Context(), a, p.Slug, "I have a dark hall."); err != nil {
				t.Error(err)
				return
			}
			applied.Add(1)
			switch err := w.DecideTester(t.Context(), w.boss, p.Slug, a.Handle, true); {
			case err == nil:
				accepted.Add(1)
			case errors.Is(err, products.ErrFull):
				full.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if applied.Load() != 9 || accepted.Load() != 3 || full.Load() != 6 || w.count(`SELECT count(*) FROM beta_applications WHERE status = 'accepted'`) != 3 {
		t.Errorf("%d applied, %d accepted, %d found it full", applied.Load(), accepted.Load(), full.Load())
	}
	closes := time.Now().Add(time.Hour)
	err := w.CallTesters(t.Context(), w.boss, p.Slug, products.Call{Words: "Who tries our lamp?", ClosesAt: &closes, Places: 2})
	if fault.Of(err).Fields["places"] == "" {
		t.Errorf("fewer places than are taken: %v", err)
	}
}

func TestOnlyWhoHasASayAppliesAndOnlyWhileTheCallIsOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, voter, stranger := w.person(), w.person(), w.person()
	id := w.idea(ann, "A lamp")
	w.vote(voter, id)
	w.vote(w.boss, id)
	p := w.adopt(id, products.Adoption{})
	check := func(when string, by accounts.Actor, want error) {
		t.Helper()
		if err := w.Apply(t.Context(), by, p.Slug, "Please."); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", when, err, want)
		}
	}
	check("before the call", voter, products.ErrNoCall)
	for name, c := range map[string]products.Call{"in the past": {Words: "Who tries it?", ClosesAt: &p.CreatedAt, Places: 1}, "without a day": {Words: "Who tries it?", Places: 1}, "wordless": {ClosesAt: &p.CreatedAt, Places: 1}} {
		if err := w.CallTesters(t.Context(), w.boss, p.Slug, c); fault.Of(err).Kind != fault.Invalid {
			t.Errorf("a call %s: %v", name, err)
		}
	}
	w.call(p.Slug, 5)
	check("a visitor", accounts.Actor{}, accounts.ErrSignIn)
	check("a stranger", stranger, products.ErrNoSay)
	check("staff who voted", w.boss, products.ErrNoSay)
	check("a voter", voter, nil)
	check("again", voter, nil)
	check("the contributor", ann, nil)
	if err := w.DecideTester(t.Context(), w.boss, p.Slug, voter.Handle, false); err != nil {
		t.Fatal(err)
	}
	check("once declined", voter, products.ErrApplied)
	if err := w.CloseCall(t.Context(), w.boss, p.Slug); err != nil {
		t.Fatal(err)
	}
	check("after the close", ann, products.ErrCallClosed)
	if err := w.DecideTester(t.Context(), w.boss, p.Slug, stranger.Handle, true); !errors.Is(err, products.ErrNotApplied) {
		t.Errorf("who did not apply: %v", err)
	}
}

func TestOnlyAcceptedTestersReport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.person()
	p := w.adopt(w.idea(ann, "A lamp"), products.Adoption{})
	w.call(p.Slug, 1)
	if err := w.Apply(t.Context(), ann, p.Slug, ""); err != nil {
		t.Fatal(err)
	}
	said := products.Report{Rating: 4, Body: "It folds well.\r\n\r\n\r\nThe cord is short.", Public: true}
	if err := w.TellReport(t.Context(), ann, p.Slug, said); !errors.Is(err, products.ErrNotTester) {
		t.Errorf("before it is accepted: %v", err)
	}
	if err := w.DecideTester(t.Context(), w.boss, p.Slug, ann.Handle, true); err != nil {
		t.Fatal(err)
	}
	if err := w.TellReport(t.Context(), ann, p.Slug, products.Report{Rating: 6, Body: "x"}); len(fault.Of(err).Fields) != 2 {
		t.Errorf("a poor report: %v", err)
	}
	if err := errors.Join(w.TellReport(t.Context(), ann, p.Slug, said), w.TellReport(t.Context(), ann, p.Slug, said)); err != nil {
		t.Fatal(err)
	}
	if n := w.count(`SELECT count(*) FROM beta_reports WHERE rating = 4 AND public AND body = E'It folds well.\n\nThe cord is short.'`); n != 1 {
		t.Errorf("%d reports", n)
	}
	if err := w.DecideTester(t.Context(), w.boss, p.Slug, ann.Handle, false); !errors.Is(err, products.ErrReported) {
		t.Errorf("to send a tester away who reported: %v", err)
	}
}

func TestCustomersWithASayJudgeALaunchedProductOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p, id, ann := w.launched()
	voter, stranger := w.person(), w.person()
	w.vote(voter, id)
	early := w.adopt(w.idea(ann, "A later lamp"), products.Adoption{})
	for name, c := range map[string]struct {
		by   accounts.Actor
		slug string
		v    products.Verdict
		want error
	}{
		"visitor":     {accounts.Actor{}, p.Slug, products.KeptPromise, accounts.ErrSignIn},
		"stranger":    {stranger, p.Slug, products.KeptPromise, products.ErrNoSay},
		"too early":   {ann, early.Slug, products.KeptPromise, products.ErrNotLaunched},
		"no verdict":  {voter, p.Slug, "great", fault.New(fault.Invalid, "invalid", "")},
		"no product":  {voter, "none", products.Partly, products.ErrNotFound},
		"voter":       {voter, p.Slug, products.Partly, nil},
		"contributor": {ann, p.Slug, products.KeptPromise, nil},
	} {
		if err := w.Judge(t.Context(), c.by, c.slug, c.v, "As said."); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if err := w.Judge(t.Context(), voter, p.Slug, products.NotKept, ""); err != nil {
		t.Fatal(err)
	}
	if n := w.count(`SELECT count(*) FILTER (WHERE verdict = 'not') * 10 + count(*) FROM verdicts`); n != 12 {
		t.Errorf("verdicts %d", n)
	}
}

func TestMilestonesAreAddedChangedAndRemoved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.adopt(w.idea(w.person(), "A lamp"), products.Adoption{})
	on := time.Date(2026, 5, 6, 0, 0, 0, 0, time.UTC)
	if err := w.SaveMilestone(t.Context(), w.person(), p.Slug, products.Milestone{Title: "First shade", On: &on}); !errors.Is(err, ideas.ErrTeamOnly) {
		t.Errorf("a member: %v", err)
	}
	if err := w.SaveMilestone(t.Context(), w.boss, p.Slug, products.Milestone{Title: " "}); len(fault.Of(err).Fields) != 2 {
		t.Errorf("an empty one: %v", err)
	}
	if err := w.SaveMilestone(t.Context(), w.boss, p.Slug, products.Milestone{Title: "First shade", On: &on}); err != nil {
		t.Fatal(err)
	}
	id := int64(w.count(`SELECT id FROM product_milestones`))
	if err := w.SaveMilestone(t.Context(), w.boss, p.Slug, products.Milestone{ID: id, Title: "Second shade", On: &on}); err != nil || w.count(`SELECT count(*) FROM product_milestones WHERE title = 'Second shade'`) != 1 {
		t.Errorf("changed: %v", err)
	}
	other := w.adopt(w.idea(w.person(), "A hook"), products.Adoption{})
	if err := w.RemoveMilestone(t.Context(), w.boss, other.Slug, id); !errors.Is(err, products.ErrNotFound) {
		t.Errorf("of another product: %v", err)
	}
	if err := w.RemoveMilestone(t.Context(), w.boss, p.Slug, id); err != nil || w.count(`SELECT count(*) FROM product_milestones`) != 0 {
		t.Errorf("removed: %v", err)
	}
}

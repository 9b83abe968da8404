package shortlists_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"prosumer/internal/accounts"
	"prosumer/internal/shortlists"
)

func TestAReviewerIsBlindUntilTheirOwnCardIsIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	lamp, chair := w.idea("A lamp that folds"), w.idea("A chair that folds")
	id := w.list("Folding", lamp, chair)
	fit, cost := w.criteria(id)
	blind := func(who accounts.Actor, handedIn int) {
		t.Helper()
		r := w.entry(who, id, lamp).Review
		if r.Shown || r.Cards != nil || r.By != nil || r.Total != (shortlists.Spread{}) || r.Rank != 0 || r.HandedIn != handedIn {
			t.Errorf("%s sees %+v", who.Handle, r)
		}
	}
	w.must(w.SaveCard(ctx, w.ann, id, lamp, shortlists.Score{Marks: shortlists.Marks{fit: 2}, Note: " thin\nglass "}))
	blind(w.ann, 0)
	if mine := w.entry(w.ann, id, lamp).Review.Mine; mine == nil || !mine.Draft() || mine.Marks[fit] != 2 || mine.Note != "thin glass" {
		t.Errorf("the draft is %+v", mine)
	}
	if w.entry(w.bob, id, lamp).Review.Mine != nil {
		t.Error("a draft is seen by others")
	}
	w.must(w.HandIn(ctx, w.ann, id, lamp, shortlists.Score{Marks: shortlists.Marks{fit: 2, cost: 4}, Note: "Thin glass."}))
	blind(w.bob, 1)
	w.must(w.HandIn(ctx, w.bob, id, chair, shortlists.Score{Marks: shortlists.Marks{fit: 5, cost: 5}})) // another idea opens nothing
	w.must(w.SaveCard(ctx, w.bob, id, lamp, shortlists.Score{Marks: shortlists.Marks{fit: 5, cost: 5}}))
	blind(w.bob, 1)
	w.must(w.HandIn(ctx, w.bob, id, lamp, shortlists.Score{Marks: shortlists.Marks{fit: 5, cost: 4}}))

	r := w.entry(w.bob, id, lamp).Review
	if !r.Shown || len(r.Cards) != 2 || r.Cards[0].Note != "Thin glass." || r.HandedIn != 2 || !r.Apart() {
		t.Errorf("%+v", r)
	}
	want := []shortlists.Spread{{Mean: 3.5, Min: 2, Max: 5, Of: 2}, {Mean: 4, Min: 4, Max: 4, Of: 2}}
	if diff := cmp.Diff(want, r.By); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(shortlists.Spread{Mean: 3.625, Min: 2.5, Max: 4.75, Of: 2}, r.Total, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Error(diff)
	}
	if a, b := w.entry(w.bob, id, chair).Review.Rank, r.Rank; a != 1 || b != 2 {
		t.Errorf("ranks %d and %d", a, b)
	}
	if r := w.entry(w.ann, id, lamp).Review; r.Rank != 1 || w.entry(w.ann, id, chair).Review.Rank != 0 {
		t.Errorf("ann ranks what she has not scored: %+v", r)
	}
}

func TestACardStaysHandedInAndAChangeIsMarked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	lamp := w.idea("A lamp that folds")
	id := w.list("Folding", lamp)
	wantCode(t, w.HandIn(ctx, w.ann, id, lamp, shortlists.Score{}), shortlists.ErrNoCriteria)
	fit, cost := w.criteria(id)
	score := func(f, c int) shortlists.Score { return shortlists.Score{Marks: shortlists.Marks{fit: f, cost: c}} }
	wantField(t, w.HandIn(ctx, w.ann, id, lamp, shortlists.Score{Marks: shortlists.Marks{fit: 3}}), "marks", "shortlists.mark_missing")
	for _, mark := range []int{0, 6, -1} {
		wantField(t, w.SaveCard(ctx, w.ann, id, lamp, score(mark, 1)), "marks", "shortlists.mark_range")
	}
	wantCode(t, w.SaveCard(ctx, w.ann, id, lamp, shortlists.Score{Marks: shortlists.Marks{9999: 3}}), shortlists.ErrCriterion)
	wantCode(t, w.SaveCard(ctx, w.ann, id, w.idea("Another lamp"), score(1, 1)), shortlists.ErrNotOnList)
	w.must(w.HandIn(ctx, w.ann, id, lamp, score(2, 2)))
	w.must(w.HandIn(ctx, w.ann, id, lamp, score(2, 2))) // twice is once
	if c := w.entry(w.ann, id, lamp).Review.Mine; !c.Changed.IsZero() || c.HandedIn.IsZero() {
		t.Errorf("%+v", c)
	}
	wantField(t, w.SaveCard(ctx, w.ann, id, lamp, shortlists.Score{Marks: shortlists.Marks{fit: 5}}), "marks", "shortlists.mark_missing")
	w.must(w.SaveCard(ctx, w.ann, id, lamp, score(5, 2)))
	w.must(w.HandIn(ctx, w.ann, id, lamp, score(4, 2)))
	c := w.entry(w.ann, id, lamp).Review.Mine
	if c.Draft() || c.Changed.IsZero() || c.Marks[fit] != 4 {
		t.Errorf("%+v", c)
	}
	if diff := cmp.Diff(shortlists.Marks{fit: 2, cost: 2}, c.First); diff != "" {
		t.Error(diff)
	}
	if _, err := w.db.ExecContext(ctx, `UPDATE score_cards SET handed_in_at = NULL`); err == nil {
		t.Error("the database lets a card be taken back")
	}
	w.must(w.Take(ctx, w.ann, id, lamp))
	w.must(w.Put(ctx, w.ann, id, lamp))
	if w.entry(w.ann, id, lamp).Review.HandedIn != 1 {
		t.Error("a card was lost when its idea was taken off the list")
	}
}

func TestACriterionInUseIsNotRemoved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	lamp := w.idea("A lamp that folds")
	id := w.list("Folding", lamp)
	fit, cost := w.criteria(id)
	w.must(w.SaveCard(ctx, w.bob, id, lamp, shortlists.Score{Marks: shortlists.Marks{fit: 3}})) // a draft is use, too
	wantCode(t, w.RemoveCriterion(ctx, w.ann, id, fit), shortlists.ErrCriterionInUse)
	w.must(w.RemoveCriterion(ctx, w.ann, id, cost))
	wantCode(t, w.RemoveCriterion(ctx, w.ann, id, cost), shortlists.ErrCriterion)
	w.must(w.PutCriterion(ctx, w.ann, id, shortlists.Criterion{ID: fit, Name: "Fit with us", Weight: 0.5}))
	if got := w.sheet(w.ann, id).Criteria; len(got) != 1 || got[0] != (shortlists.Criterion{ID: fit, Name: "Fit with us", Weight: 0.5, Marks: 1}) {
		t.Errorf("%+v", got)
	}
	for _, weight := range []float64{0, -1, 0.001, 101, math.NaN(), math.Inf(1)} {
		wantField(t, w.PutCriterion(ctx, w.ann, id, shortlists.Criterion{Name: "Cost", Weight: weight}), "weight", "shortlists.weight_range")
	}
	wantField(t, w.PutCriterion(ctx, w.ann, id, shortlists.Criterion{Name: "FIT WITH US", Weight: 1}), "name", "shortlists.criterion_taken")
	wantField(t, w.PutCriterion(ctx, w.ann, id, shortlists.Criterion{Weight: 1}), "name", "shortlists.criterion_name")
	other := w.list("Other")
	wantCode(t, w.PutCriterion(ctx, w.ann, other, shortlists.Criterion{ID: fit, Name: "Theirs", Weight: 1}), shortlists.ErrCriterion)
}

func TestRemovingACriterionAndMarkingItAtOnceIsOneOfTheTwo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lamp := w.idea("A lamp that folds")
	id := w.list("Folding", lamp)
	fit, _ := w.criteria(id)
	removed, marked := make(chan error), make(chan error)
	go func() { removed <- w.RemoveCriterion(t.Context(), w.ann, id, fit) }()
	go func() {
		marked <- w.SaveCard(t.Context(), w.bob, id, lamp, shortlists.Score{Marks: shortlists.Marks{fit: 3}})
	}()
	switch a, b := <-removed, <-marked; {
	case a == nil:
		wantCode(t, b, shortlists.ErrCriterion)
	case b == nil:
		wantCode(t, a, shortlists.ErrCriterionInUse)
	default:
		t.Errorf("%v and %v", a, b)
	}
}

package products_test

import (
	"errors"
	"sync"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

func TestAnUndoneAdoptionTakesItsProductBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.idea(w.person(), "A lamp")
	p := w.adopt(id, products.Adoption{})
	if err := w.Undo(t.Context(), w.boss, id); err != nil {
		t.Fatal(err)
	}
	if _, err := w.BySlug(t.Context(), p.Slug); !errors.Is(err, products.ErrNotFound) || w.status(id) != ideas.Open {
		t.Errorf("product: %v, idea %s", err, w.status(id))
	}
	if n := w.count(`SELECT (SELECT count(*) FROM credits) + (SELECT count(*) FROM product_ideas)`); n != 0 {
		t.Errorf("%d rows left", n)
	}
	if err := w.Undo(t.Context(), w.boss, id); !errors.Is(err, ideas.ErrMove) {
		t.Errorf("undoing the undo: %v", err)
	}
	w.adopt(id, products.Adoption{})
}

func TestAnUndoneAdoptionLeavesTheOthersTheirProduct(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	first, second, third := w.idea(ann, "A lamp"), w.idea(ann, "A lamp that dims"), w.idea(ben, "A lamp that sings")
	p := w.adopt(first, products.Adoption{})
	if err := w.Credit(t.Context(), w.boss, p.Slug, ben.ID, "the switch"); err != nil {
		t.Fatal(err)
	}
	w.adopt(second, products.Adoption{Joins: p.Slug})
	w.adopt(third, products.Adoption{Joins: p.Slug})
	roles := func() (list []string) {
		for _, c := range w.credits(p) {
			list = append(list, c.Name+" "+c.Role)
		}
		return list
	}
	for _, step := range []struct {
		undo ideas.ID
		want []string
	}{
		{first, []string{"person-2 contributor", "person-3 contributor"}},
		{third, []string{"person-2 contributor", "person-3 co_creator"}},
		{second, nil},
	} {
		if err := w.Undo(t.Context(), w.boss, step.undo); err != nil {
			t.Fatal(err)
		}
		got := roles()
		if len(got) != len(step.want) || len(got) > 0 && (got[0] != step.want[0] || got[1] != step.want[1]) {
			t.Errorf("credits %v, want %v", got, step.want)
		}
	}
	if n := w.count(`SELECT count(*) FROM products`); n != 0 {
		t.Error("an empty product stays")
	}
}

func TestAnUndoneStageTakesTheWholeProductBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first, second := w.idea(w.person(), "A lamp"), w.idea(w.person(), "A lamp that dims")
	p := w.adopt(first, products.Adoption{})
	w.adopt(second, products.Adoption{Joins: p.Slug})
	if err := errors.Join(w.stage(p.Slug, products.StageMaking), w.stage(p.Slug, products.StageLaunched)); err != nil {
		t.Fatal(err)
	}
	if err := w.Undo(t.Context(), w.boss, second); err != nil {
		t.Fatal(err)
	}
	got, err := w.BySlug(t.Context(), p.Slug)
	if err != nil || got.Stage != products.StageMaking || w.status(first) != ideas.InProduction || w.status(second) != ideas.InProduction {
		t.Errorf("product %s, ideas %s and %s (%v)", got.Stage, w.status(first), w.status(second), err)
	}
}

func TestOnlyTheTeamUndoesAndOnlyWithinTheHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.idea(w.person(), "A lamp")
	p := w.adopt(id, products.Adoption{})
	for _, c := range []struct {
		by   accounts.Actor
		want error
	}{{accounts.Actor{}, accounts.ErrSignIn}, {w.person(), ideas.ErrTeamOnly}, {w.person(accounts.Moderator), ideas.ErrTeamOnly}} {
		if err := w.Undo(t.Context(), c.by, id); !errors.Is(err, c.want) {
			t.Errorf("%v, want %v", err, c.want)
		}
	}
	w.undoWithin(1) // a nanosecond
	if err := w.Undo(t.Context(), w.boss, id); !errors.Is(err, ideas.ErrUndoOver) {
		t.Errorf("after its time: %v", err)
	}
	if _, err := w.BySlug(t.Context(), p.Slug); err != nil || w.status(id) != ideas.Adopted {
		t.Errorf("product: %v, idea %s", err, w.status(id))
	}
}

func TestUndoingADeclineTouchesNoProduct(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.idea(w.person(), "A lamp")
	if _, err := w.ideas.Decide(t.Context(), w.boss, id, ideas.Decision{To: ideas.Declined, Answer: "No, sorry.", Reason: "timing"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Undo(t.Context(), w.boss, id); err != nil || w.status(id) != ideas.Open {
		t.Errorf("%v, idea %s", err, w.status(id))
	}
}

// TestUndoAndStageDoNotWaitForEachOther runs both on one product at once: they
// lock it in the same order, so that neither is a victim of a deadlock.
func TestUndoAndStageDoNotWaitForEachOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.idea(w.person(), "A lamp")
	for range 10 {
		p := w.adopt(id, products.Adoption{})
		var both sync.WaitGroup
		for _, do := range []func() error{
			func() error { return w.stage(p.Slug, products.StageMaking) },
			func() error { return w.Undo(t.Context(), w.boss, id) },
		} {
			both.Go(func() {
				if err := do(); err != nil && fault.Of(err).Kind == fault.Internal {
					t.Error(err)
				}
			})
		}
		both.Wait()
		for w.status(id) != ideas.Open {
			if err := w.Undo(t.Context(), w.boss, id); err != nil {
				return // the undo came second and took the stage back; the adoption stays
			}
		}
	}
}

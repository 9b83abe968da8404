package products_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

// dues are the credits of a product in short: who, as what, what for.
func (w *world) dues(p products.Product) (list []string) {
	w.t.Helper()
	for _, c := range w.credits(p) {
		list = append(list, c.Handle+" "+c.Role+" "+c.WhatFor)
	}
	return list
}

func TestCoCreatorsOfAnAdoptedIdeaAreCreditedUntilTheUndo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben, cas := w.person(), w.person(), w.person()
	first, second := w.idea(ann, "A lamp"), w.idea(ben, "A lamp that dims")
	const co = `INSERT INTO co_creators (idea_id, account_id, what_for) VALUES ($1, $2, $3)`
	w.exec(co, first, cas.ID, "the hinge")
	w.exec(co, first, ben.ID, "the shade")
	w.exec(co, second, cas.ID, "the knob")
	p := w.adopt(first, products.Adoption{})
	want := []string{"person-2 contributor ", "person-3 co_creator the shade", "person-4 co_creator the hinge"}
	if diff := cmp.Diff(want, w.dues(p)); diff != "" {
		t.Errorf("adopted (-want +got):\n%s", diff)
	}
	w.adopt(second, products.Adoption{Joins: p.Slug, WhatFor: "the dimmer"})
	if got := w.dues(p); len(got) != 3 || got[1] != "person-3 contributor the dimmer" {
		t.Errorf("joined: %v", got)
	}
	if err := w.Undo(t.Context(), w.boss, first); err != nil {
		t.Fatal(err)
	}
	want = []string{"person-3 contributor the dimmer", "person-4 co_creator the knob"}
	if diff := cmp.Diff(want, w.dues(p)); diff != "" {
		t.Errorf("undone (-want +got):\n%s", diff)
	}
}

func TestTheTeamCreditsChangesAndRemoves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	id := w.idea(ann, "A lamp")
	p := w.adopt(id, products.Adoption{})
	for name, c := range map[string]struct {
		by   accounts.Actor
		due  products.Due
		want error
	}{
		"member":     {ben, products.Due{Handle: "person-3", Role: "suggestion"}, ideas.ErrTeamOnly},
		"visitor":    {accounts.Actor{}, products.Due{Handle: "person-3", Role: "suggestion"}, accounts.ErrSignIn},
		"nobody":     {w.boss, products.Due{Handle: "no-such", Role: "suggestion"}, fault.New(fault.Invalid, "invalid", "")},
		"no sql":     {w.boss, products.Due{Handle: "a\x00", Role: "suggestion"}, fault.New(fault.Invalid, "invalid", "")},
		"false role": {w.boss, products.Due{Handle: "person-3", Role: "contributor"}, fault.New(fault.Invalid, "invalid", "")},
	} {
		if err := w.CreditAs(t.Context(), c.by, p.Slug, c.due); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for _, d := range []products.Due{
		{Handle: " @Person-3 ", Role: "co_creator", WhatFor: "the cord"},
		{Handle: "person-3", Role: "suggestion", WhatFor: "a longer cord"},
		{Handle: "person-2", Role: "suggestion", WhatFor: "the idea"}, // stays its contributor
	} {
		if err := w.CreditAs(t.Context(), w.boss, p.Slug, d); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"person-2 contributor the idea", "person-3 suggestion a longer cord"}, w.dues(p)); diff != "" {
		t.Errorf("credits (-want +got):\n%s", diff)
	}
	if err := w.Uncredit(t.Context(), w.boss, p.Slug, "person-2"); !errors.Is(err, products.ErrContributor) {
		t.Errorf("the contributor: %v", err)
	}
	if err := w.Uncredit(t.Context(), w.boss, p.Slug, "person-3"); err != nil || len(w.credits(p)) != 1 {
		t.Errorf("removed: %v", err)
	}
}

func TestOnlyTheCreditedAreRewardedAndAGivenRewardStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	id := w.idea(ann, "A lamp")
	p := w.adopt(id, products.Adoption{})
	on := time.Date(2026, 5, 6, 0, 0, 0, 0, time.UTC)
	gift := products.Reward{Handle: "person-2", Text: "A tenth of the first hundred", Amount: "250,5", Currency: "eur", On: &on}
	with := func(change func(*products.Reward)) products.Reward {
		r := gift
		change(&r)
		return r
	}
	invalid := fault.New(fault.Invalid, "invalid", "")
	for name, c := range map[string]struct {
		by   accounts.Actor
		r    products.Reward
		want error
	}{
		"member":       {ann, gift, ideas.ErrTeamOnly},
		"uncredited":   {w.boss, with(func(r *products.Reward) { r.Handle = "person-3" }), products.ErrNotCredited},
		"nobody":       {w.boss, with(func(r *products.Reward) { r.Handle = "nobody" }), invalid},
		"nothing":      {w.boss, with(func(r *products.Reward) { r.Text = " " }), invalid},
		"no currency":  {w.boss, with(func(r *products.Reward) { r.Currency = "" }), invalid},
		"no number":    {w.boss, with(func(r *products.Reward) { r.Amount = "1e9" }), invalid},
		"zero":         {w.boss, with(func(r *products.Reward) { r.Amount = "0.00" }), invalid},
		"too much":     {w.boss, with(func(r *products.Reward) { r.Amount = "12345678901" }), invalid},
		"without date": {w.boss, with(func(r *products.Reward) { r.On = nil }), invalid},
		"given":        {w.boss, gift, nil},
	} {
		if err := w.Give(t.Context(), c.by, p.Slug, c.r); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if n := w.count(`SELECT count(*) FROM rewards WHERE account_id = $1 AND amount = 250.50 AND currency = 'EUR'`, ann.ID); n != 1 {
		t.Errorf("%d rewards", n)
	}
	if err := w.Undo(t.Context(), w.boss, id); !errors.Is(err, products.ErrRewarded) || w.status(id) != ideas.Adopted {
		t.Errorf("undo of a rewarded adoption: %v, idea %s", err, w.status(id))
	}
	if err := errors.Join(w.CreditAs(t.Context(), w.boss, p.Slug, products.Due{Handle: ben.Handle, Role: "co_creator"}), w.Give(t.Context(), w.boss, p.Slug, products.Reward{Handle: ben.Handle, Text: "A lamp", On: &on})); err != nil {
		t.Fatal(err)
	}
	if err := w.Uncredit(t.Context(), w.boss, p.Slug, ben.Handle); !errors.Is(err, products.ErrRewarded) {
		t.Errorf("a rewarded credit: %v", err)
	}
}

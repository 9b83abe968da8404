package board_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
	"prosumer/internal/products"
	"prosumer/internal/standing"
)

func TestTheHallOfFameRanksThoseWithPoints(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	best, tied, alsoTied, none, hides := w.person(), w.person(), w.person(), w.person(), w.person()
	imported, err := accounts.Imported(t.Context(), pg.Q(w.db), "madrid", "7", "Someone")
	if err != nil {
		t.Fatal(err)
	}
	w.adopt(w.idea(best, ideas.Text{}), "Lamp", products.StageLaunched)
	for _, who := range []accounts.Actor{tied, alsoTied, hides, accounts.As(accounts.Account{ID: imported}), w.boss} {
		w.adopt(w.idea(who, ideas.Text{}), "Lamp", products.StageAdopted)
	}
	w.idea(none, ideas.Text{})
	w.db.MustExec(`UPDATE accounts SET visibility = 'hidden' WHERE id = $1`, hides.ID)
	w.db.MustExec(`UPDATE accounts SET visibility = 'name' WHERE id = $1`, tied.ID)
	w.stand()
	w.db.MustExec(`UPDATE standings SET month_points = 0 WHERE account_id = $1`, best.ID)
	show := func(month bool) (list []string) {
		page, err := w.People(t.Context(), month, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page.Items {
			list = append(list, fmt.Sprintf("%d %s %d %s", p.Rank, p.Handle, p.Standing, p.Bio))
		}
		return list
	}
	second := []string{fmt.Sprintf("%s %d ", tied.Handle, standing.PointsAdopted), fmt.Sprintf("%s %d About me.", alsoTied.Handle, standing.PointsAdopted)}
	first := fmt.Sprintf("1 %s %d About me.", best.Handle, standing.PointsAdopted+standing.PointsLaunched)
	if diff := cmp.Diff([]string{first, "2 " + second[0], "2 " + second[1]}, show(false)); diff != "" {
		t.Errorf("of all time:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1 " + second[0], "1 " + second[1]}, show(true)); diff != "" {
		t.Errorf("this month:\n%s", diff)
	}
	for handle, rank := range map[string]int{best.Handle: 1, alsoTied.Handle: 2, none.Handle: 0, w.boss.Handle: 0} {
		p, err := w.Profile(t.Context(), accounts.Actor{}, handle, "")
		if err != nil || p.Rank != rank || p.RankedOf != 3 {
			t.Errorf("%s: rank %d of %d (%v), want %d", handle, p.Rank, p.RankedOf, err, rank)
		}
	}
}

func TestAProfileShowsWhatItsOwnerLets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, other := w.person(), w.person()
	w.db.MustExec(`INSERT INTO images (id, owner_id, width, height, sizes, bytes) VALUES (repeat('a', 32), $1, 10, 10, '{10}', 5)`, ann.ID)
	w.db.MustExec(`UPDATE accounts SET links = '{https://example.org}', picture_id = repeat('a', 32) WHERE id = $1`, ann.ID)
	for _, c := range []struct {
		visibility accounts.Visibility
		by         accounts.Actor
		shown      bool
		full       bool
	}{
		{accounts.Full, accounts.Actor{}, true, true},
		{accounts.Name, accounts.Actor{}, true, false},
		{accounts.Hidden, accounts.Actor{}, false, false},
		{accounts.Hidden, other, false, false},
		{accounts.Hidden, ann, true, false},
		{accounts.Hidden, w.boss, true, false},
	} {
		w.db.MustExec(`UPDATE accounts SET visibility = $2 WHERE id = $1`, ann.ID, c.visibility)
		p, err := w.Profile(t.Context(), c.by, ann.Handle, "")
		if (err == nil) != c.shown || err != nil && !errors.Is(err, accounts.ErrNotFound) {
			t.Errorf("%s to %q: %v", c.visibility, c.by.Handle, err)
		}
		if full := p.Bio != "" && len(p.Links) == 1 && p.Picture != nil; full != c.full || !c.full && (p.Bio != "" || p.Links != nil || p.Picture != nil) {
			t.Errorf("%s to %q: %+v", c.visibility, c.by.Handle, p)
		}
	}
	for _, handle := range []string{"nobody", "a\x00b", "\xff", ""} {
		if err := second(w.Profile(t.Context(), w.boss, handle, "")); !errors.Is(err, accounts.ErrNotFound) {
			t.Errorf("%q: %v", handle, err)
		}
	}
}

func TestAProfileShowsTheAdoptedFirstAndPagesTheRest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	made := w.idea(ann, ideas.Text{Title: "Made"})
	p := w.adopt(made, "Lamp", products.StageLaunched)
	if err := w.products.Credit(t.Context(), w.boss, p.Slug, ben.ID, "the switch"); err != nil {
		t.Fatal(err)
	}
	var open []ideas.ID
	for range 26 {
		open = append([]ideas.ID{w.idea(ann, ideas.Text{})}, open...)
	}
	w.decide(open[3], ideas.Declined)
	w.vote(ben, made+1)
	w.stand()
	first, err := w.Profile(t.Context(), accounts.Actor{}, ann.Handle, "")
	if err != nil {
		t.Fatal(err)
	}
	rest, err := w.Profile(t.Context(), accounts.Actor{}, ann.Handle, first.Ideas.Next)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(open, append(idsOf(first.Ideas.Items), idsOf(rest.Ideas.Items)...)); diff != "" {
		t.Errorf("ideas:\n%s", diff)
	}
	if got := idsOf(first.Adopted); len(got) != 1 || got[0] != made || first.Launched != 1 || first.VotesReceived != 1 || first.Ranked.Ideas != 27 {
		t.Errorf("%v, %+v", got, first.Ranked)
	}
	co, err := w.Profile(t.Context(), accounts.Actor{}, ben.Handle, "")
	want := []board.PersonCredit{{Product: board.ProductLink{ID: int64(p.ID), Slug: "lamp", Name: "Lamp"}, Stage: "launched", WhatFor: "the switch", Role: "co_creator"}}
	if diff := cmp.Diff(want, co.Credits); diff != "" || err != nil {
		t.Errorf("credits (%v):\n%s", err, diff)
	}
}

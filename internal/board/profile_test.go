package board_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

func TestAProfileIsFoundByThoseItsOwnerLets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, other, trusted, moderator := w.person(), w.person(), w.person(accounts.Trusted), w.person(accounts.Moderator)
	w.db.MustExec(`INSERT INTO images (id, owner_id, width, height, sizes, bytes) VALUES (repeat('a', 32), $1, 10, 10, '{10}', 5)`, ann.ID)
	w.db.MustExec(`UPDATE accounts SET links = '{https://example.org}', picture_id = repeat('a', 32), cover_id = repeat('a', 32) WHERE id = $1`, ann.ID)
	for _, c := range []struct {
		visibility accounts.Visibility
		by         accounts.Actor
		shown      bool
	}{
		{accounts.Full, accounts.Actor{}, true},
		{accounts.Full, other, true},
		{accounts.Name, accounts.Actor{}, false},
		{accounts.Name, w.boss, false},
		{accounts.Hidden, accounts.Actor{}, false},
		{accounts.Hidden, other, false},
		{accounts.Hidden, trusted, false},
		{accounts.Hidden, w.boss, false},
		{accounts.Hidden, moderator, true},
		{accounts.Hidden, ann, true},
	} {
		w.db.MustExec(`UPDATE accounts SET visibility = $2 WHERE id = $1`, ann.ID, c.visibility)
		p, err := w.Profile(t.Context(), c.by, ann.Handle, "")
		if (err == nil) != c.shown || err != nil && !errors.Is(err, accounts.ErrNotFound) {
			t.Errorf("%s to %q: %v", c.visibility, c.by.Handle, err)
		}
		if whole := p.Bio != "" && !p.BioHTML.Empty() && len(p.Links) == 1 && p.Picture != nil && p.Cover != nil && p.Handle == ann.Handle; whole != c.shown {
			t.Errorf("%s to %q: %+v", c.visibility, c.by.Handle, p)
		}
	}
	for _, handle := range []string{"nobody", "a\x00b", "\xff", ""} {
		if err := second(w.Profile(t.Context(), w.boss, handle, "")); !errors.Is(err, accounts.ErrNotFound) {
			t.Errorf("%q: %v", handle, err)
		}
	}
}

func TestAProfileShowsWhatWasMadeAndPagesTheIdeas(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	made := w.idea(ann, ideas.Text{Title: "Made"})
	p := w.adopt(made, "Lamp", products.StageLaunched)
	if err := w.products.Credit(t.Context(), w.boss, p.Slug, ben.ID, "the switch"); err != nil {
		t.Fatal(err)
	}
	open := []ideas.ID{made}
	for range 26 {
		open = append([]ideas.ID{w.idea(ann, ideas.Text{})}, open...)
	}
	w.decide(open[3], ideas.Declined)
	w.hide(w.idea(ann, ideas.Text{}))
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
	due := board.PersonCredit{Product: board.ProductLink{ID: int64(p.ID), Slug: "lamp", Name: "Lamp"}, Stage: "launched", Role: "contributor"}
	if diff := cmp.Diff([]board.PersonCredit{due}, first.Made); diff != "" || len(first.Helped) != 0 {
		t.Errorf("made:\n%s", diff)
	}
	co, err := w.Profile(t.Context(), accounts.Actor{}, ben.Handle, "")
	due.Role, due.WhatFor = "co_creator", "the switch"
	if diff := cmp.Diff([]board.PersonCredit{due}, co.Helped); diff != "" || err != nil || len(co.Made) != 0 {
		t.Errorf("helped (%v):\n%s", err, diff)
	}
}

func TestAProfileShowsWhatWasSaidAndTakenUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben, cas := w.person(), w.person(), w.person()
	on, hidden := w.idea(ann, ideas.Text{Title: "A kettle"}), w.idea(ann, ideas.Text{Title: "Gone"})
	say := func(idea ideas.ID, words string) (id int64) {
		if err := w.db.Get(&id, `INSERT INTO comments (idea_id, author_id, kind, source, html, text) VALUES ($1, $2, 'suggestion', $3, $3, $3) RETURNING id`, idea, ben.ID, words); err != nil {
			t.Fatal(err)
		}
		return id
	}
	taken, undone, elsewhere, deleted := say(on, "A handle on the left"), say(on, "Blue"), say(hidden, "Red"), say(on, "Oops")
	for _, id := range []int64{taken, undone, elsewhere, deleted} {
		w.db.MustExec(`INSERT INTO thanks (comment_id, author_id, from_id, reason) VALUES ($1, $2, $3, 'useful')`, id, ben.ID, cas.ID)
		w.db.MustExec(`INSERT INTO taken_up (comment_id, idea_id, account_id, what_for, by_id) SELECT id, idea_id, author_id, 'the ' || text, $2 FROM comments WHERE id = $1`, id, ann.ID)
	}
	w.db.MustExec(`UPDATE taken_up SET undone_at = now(), undone_by = $2 WHERE comment_id IN ($1, $3)`, undone, ann.ID, deleted)
	w.db.MustExec(`UPDATE comments SET deleted_at = now(), source = '', html = '', text = '' WHERE id = $1`, deleted)
	w.hide(hidden)
	p, err := w.Profile(t.Context(), accounts.Actor{}, ben.Handle, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.TakenUp) != 1 || p.TakenUp[0].Comment != taken || p.TakenUp[0].WhatFor != "the A handle on the left" || p.TakenUp[0].Title != "A kettle" {
		t.Errorf("taken up: %+v", p.TakenUp)
	}
	if len(p.Thanked) != 2 || p.Thanked[0].Words != "Blue" || p.Thanked[1].Thanks != 1 {
		t.Errorf("thanked: %+v", p.Thanked)
	}
	if p.Figures.TakenUp != 1 || p.Figures.Thanks != 2 || p.Figures.Remarks != 2 {
		t.Errorf("%+v", p.Figures)
	}
	days, err := w.Activity(t.Context(), ben.ID, false, time.UTC)
	if err != nil || len(days) != 1 || days[0].N != 3 {
		t.Errorf("activity: %+v (%v)", days, err)
	}
}

func TestVotesShowOnlyWhenOpenedAndNeverWhileSealed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	plain, sealed, gone := w.idea(ann, ideas.Text{Title: "Plain"}), w.idea(ann, ideas.Text{Title: "Sealed"}), w.idea(ann, ideas.Text{Title: "Gone"})
	c := w.challenge("sealed", challenges.Support, challenges.UntilVoted)
	w.enter(sealed, c)
	for _, id := range []ideas.ID{plain, sealed, gone} {
		w.vote(ben, id)
	}
	w.hide(gone)
	votesTo := func(by accounts.Actor, open bool) ([]ideas.ID, int) {
		t.Helper()
		w.db.MustExec(`UPDATE accounts SET votes_open = $2 WHERE id = $1`, ben.ID, open)
		p, err := w.Profile(t.Context(), by, ben.Handle, "")
		if err != nil {
			t.Fatal(err)
		}
		days, err := w.Activity(t.Context(), ben.ID, p.VotesOpen, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, d := range days {
			n += d.N
		}
		return idsOf(p.Votes), n
	}
	for _, by := range []accounts.Actor{{}, ann, ben, w.boss} {
		if got, n := votesTo(by, false); len(got) != 0 || n != 0 {
			t.Errorf("closed, to %q: %v, %d", by.Handle, got, n)
		}
		if got, n := votesTo(by, true); len(got) != 1 || got[0] != plain || n != 1 {
			t.Errorf("open, to %q: %v, %d", by.Handle, got, n)
		}
	}
	w.db.MustExec(`UPDATE challenges SET voting_close_at = now() - interval '1 minute', voting_open_at = now() - interval '1 day', entries_close_at = now() - interval '2 days', entries_open_at = now() - interval '3 days' WHERE id = $1`, c.ID)
	if got, _ := votesTo(accounts.Actor{}, true); len(got) != 2 {
		t.Errorf("unsealed: %v", got)
	}
}

package votes_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/votes"
)

func TestRecountFindsAndMendsWhatDiffers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	right, wrong, lost := w.idea(w.person()), w.idea(w.person()), w.idea(w.person())
	w.cast(w.person(), right, true)
	w.cast(w.person(), wrong, true)
	w.cast(w.person(accounts.Team), wrong, true)
	w.cast(w.person(), lost, false)
	w.db.MustExec(`UPDATE tallies SET voters = 7, staff = 0 WHERE idea_id = $1`, wrong)
	w.db.MustExec(`DELETE FROM tallies WHERE idea_id = $1`, lost)
	w.db.MustExec(`INSERT INTO votes (idea_id, voter_id) VALUES (987654, 1)`)

	want := []votes.Difference{
		{Idea: wrong, Says: votes.Figures{Voters: 7, WouldBuy: 1}, Right: votes.Figures{Voters: 1, WouldBuy: 1, Staff: 1}},
		{Idea: lost, Right: votes.Figures{Voters: 1}},
	}
	var done, total int
	progress := func(d, t int) { done, total = d, t }
	for _, repair := range []bool{false, true} {
		got, err := w.votes.Recount(t.Context(), repair, progress)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Fatalf("repair %v: %v (-want +got):\n%s", repair, err, diff)
		}
		if done != 3 || total != 3 {
			t.Errorf("progress %d of %d", done, total)
		}
	}
	if got, err := w.votes.Recount(t.Context(), false, progress); len(got) != 0 || err != nil {
		t.Errorf("after mending: %+v (%v)", got, err)
	}
	if n := w.count(`SELECT count(*) FROM tallies t JOIN ranks r USING (idea_id, revision, voters)`); n < 2 {
		t.Errorf("%d ranks agree with their mended tallies", n)
	}
	if n, err := w.votes.Orphans(t.Context()); n != 1 || err != nil {
		t.Errorf("%d orphans (%v), want 1", n, err)
	}
}

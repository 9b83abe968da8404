package board_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
)

func (w *world) deck(actor accounts.Actor, q board.DeckQuery) board.DeckPage {
	w.t.Helper()
	page, err := w.Deck(w.t.Context(), actor, q)
	if err != nil {
		w.t.Fatalf("%+v: %v", q, err)
	}
	return page
}

// up is the entry that is up, 0 for none.
func up(page board.DeckPage) ideas.ID {
	if page.Entry == nil {
		return 0
	}
	return page.Entry.ID
}

// entries makes so many ideas of somebody in a challenge for scores.
func (w *world) entries(c challenges.Challenge, by accounts.Actor, n int) (all []ideas.ID) {
	w.t.Helper()
	for range n {
		id := w.idea(by, ideas.Text{})
		w.enter(id, c)
		all = append(all, id)
	}
	return all
}

func TestADeckGoesThroughEveryEntryOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.challenge("bags", challenges.Score, challenges.UntilClose)
	all := w.entries(c, w.boss, 9)
	ann := w.person()
	own := w.entries(c, ann, 1)
	gone, hidden := w.entries(c, w.boss, 1)[0], w.entries(c, w.boss, 1)[0]
	w.decide(gone, ideas.Parked)
	w.hide(hidden)
	w.titled("In no challenge")

	q := board.DeckQuery{Challenge: c.ID}
	var met []ideas.ID
	for n := range len(all) {
		page := w.deck(ann, q)
		want := board.DeckPage{Entry: page.Entry, Total: len(all), Own: len(own), Scored: n}
		if diff := cmp.Diff(want.Total, page.Total); page.Entry == nil || diff != "" || page.Scored != n || page.Own != 1 || page.Skipped != 0 {
			t.Fatalf("after %d: %+v", n, page)
		}
		if again := up(w.deck(ann, q)); again != up(page) {
			t.Errorf("asked again, entry %d is up rather than %d", again, up(page))
		}
		if ahead := up(w.deck(ann, board.DeckQuery{Challenge: c.ID, Without: []ideas.ID{up(page)}})); ahead == up(page) {
			t.Error("the script is given what it has")
		}
		if tally := page.Entry.Tally; tally.Voters != 0 || tally.Seal == "" {
			t.Errorf("a sealed entry tells %+v", tally)
		}
		met = append(met, up(page))
		w.score(ann, up(page), 4)
	}
	if page := w.deck(ann, q); page.Entry != nil || page.Scored != len(all) {
		t.Errorf("at the end: %+v", page)
	}
	slices.Sort(met)
	if diff := cmp.Diff(all, met); diff != "" {
		t.Error(diff)
	}
	if page := w.deck(w.person(), board.DeckQuery{Challenge: c.ID, Over: true}); page.Entry != nil || page.Total != len(all)+2 {
		t.Errorf("when it is over: %+v", page)
	}
}

func TestADeckGivesTheUnseenFirstAndTheSkippedNotAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.challenge("bags", challenges.Score, challenges.Unsealed)
	all := w.entries(c, w.boss, 6)
	ann, q := w.person(), board.DeckQuery{Challenge: c.ID}
	if err := w.ideas.MarkSeen(t.Context(), ann, all[:4]); err != nil {
		t.Fatal(err)
	}
	var order []ideas.ID
	for range all {
		next := up(w.deck(ann, q))
		order = append(order, next)
		if err := w.ideas.Skip(t.Context(), ann, next); err != nil {
			t.Fatal(err)
		}
	}
	if first := slices.Sorted(slices.Values(order[:2])); !slices.Equal(first, all[4:]) {
		t.Errorf("%v came first, %v are unseen", order[:2], all[4:])
	}
	page := w.deck(ann, q)
	if page.Entry != nil || page.Skipped != 6 || page.Scored != 0 {
		t.Errorf("all skipped: %+v", page)
	}
	if asked := up(w.deck(ann, board.DeckQuery{Challenge: c.ID, Entry: order[3]})); asked != order[3] {
		t.Errorf("one skipped that is asked for: %d", asked)
	}
	w.score(ann, order[0], 3)
	if page = w.deck(ann, q); page.Skipped != 5 || page.Scored != 1 {
		t.Errorf("one of them scored: %+v", page)
	}
	if asked := up(w.deck(ann, board.DeckQuery{Challenge: c.ID, Entry: order[0]})); asked != 0 {
		t.Errorf("one that is scored is asked for, and %d is up", asked)
	}
	if err := w.ideas.UnskipAll(t.Context(), ann, int64(c.ID)); err != nil {
		t.Fatal(err)
	}
	if page = w.deck(ann, q); page.Entry == nil || page.Skipped != 0 {
		t.Errorf("taken back: %+v", page)
	}
}

// TestEveryEntryIsAsOftenTheFirst looks at the first entry of many members.
func TestEveryEntryIsAsOftenTheFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.now = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	c := w.challenge("bags", challenges.Score, challenges.Unsealed)
	const size, members = 12, 360
	all := w.entries(c, w.boss, size)
	first := map[ideas.ID]int{}
	for n := range members {
		first[up(w.deck(accounts.As(accounts.Account{ID: accounts.ID(1_000_000 + n)}), board.DeckQuery{Challenge: c.ID}))]++
	}
	const mean = members / size
	for _, id := range all {
		if first[id] < mean/4 || first[id] > mean*3 {
			t.Errorf("entry %d is first for %d of %d members, the mean is %d", id, first[id], members, mean)
		}
	}
}

func TestAVoteThatWaitsIsOutOfTheDeck(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.challenge("bags", challenges.Score, challenges.Unsealed)
	all := w.entries(c, w.boss, 2)
	ann := w.person()
	w.db.MustExec(`INSERT INTO waiting_votes (voter_id, idea_id, score) VALUES ($1, $2, 4)`, ann.ID, all[0])
	if page := w.deck(ann, board.DeckQuery{Challenge: c.ID}); up(page) != all[1] || page.Scored != 1 || page.Total != 2 {
		t.Errorf("%+v", page)
	}
	if page := w.deck(accounts.Actor{}, board.DeckQuery{Challenge: c.ID}); page.Entry == nil || page.Total != 2 || page.Scored != 0 {
		t.Errorf("a visitor: %+v", page)
	}
}

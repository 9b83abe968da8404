package shortlists_test

import (
	"slices"
	"strings"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/shortlists"
)

func (w *world) order(id shortlists.ID) []ideas.ID {
	w.t.Helper()
	var list []ideas.ID
	for _, e := range w.sheet(w.ann, id).Entries {
		list = append(list, e.Idea)
	}
	return list
}

func TestOnlyTheTeamHasShortlists(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	idea := w.idea("A lamp that folds")
	id := w.list("Lamps", idea)
	ctx := t.Context()
	for name, c := range map[string]struct {
		who  accounts.Actor
		want error
	}{"visitor": {accounts.Actor{}, accounts.ErrSignIn}, "member": {w.noor, ideas.ErrTeamOnly}, "moderator": {w.person(accounts.Moderator), ideas.ErrTeamOnly}} {
		_, lists := w.Lists(ctx, c.who)
		_, open := w.Open(ctx, c.who)
		_, created := w.Create(ctx, c.who, "Mine", "")
		_, sheet := w.Sheet(ctx, c.who, id, "UTC")
		_, found := w.Candidates(ctx, c.who, id, "lamp")
		_, _, published := w.Publish(ctx, c.who, id, 0)
		_, top := w.PutTop(ctx, c.who, id, 1)
		for what, err := range map[string]error{
			"lists": lists, "open": open, "create": created, "sheet": sheet, "candidates": found, "publish": published, "top": top,
			"put": w.Put(ctx, c.who, id, idea), "take": w.Take(ctx, c.who, id, idea), "shift": w.Shift(ctx, c.who, id, idea, 1), "close": w.Close(ctx, c.who, id),
			"criterion": w.PutCriterion(ctx, c.who, id, shortlists.Criterion{Name: "Fit", Weight: 1}), "card": w.HandIn(ctx, c.who, id, idea, shortlists.Score{}),
			"prepare": w.Prepare(ctx, c.who, id, shortlists.Prepared{Idea: idea, To: ideas.Shortlisted}), "arrange": w.Arrange(ctx, c.who, id, nil),
		} {
			if err == nil || err.Error() != c.want.Error() {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
	}
}

func TestAListHasANameOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.list("Everyday tools")
	_, err := w.Create(t.Context(), w.ann, " everyday  TOOLS ", "")
	wantField(t, err, "name", "shortlists.name_taken")
	for _, name := range []string{"", " x ", strings.Repeat("x", 81)} {
		_, err := w.Create(t.Context(), w.ann, name, "")
		wantField(t, err, "name", "shortlists.name_length")
	}
	_, err = w.Create(t.Context(), w.ann, "Bags", "no-such")
	wantField(t, err, "challenge", challenges.ErrNotFound.Code)
	other := w.list("Lamps")
	wantField(t, w.Rename(t.Context(), w.ann, other, "Everyday tools"), "name", "shortlists.name_taken")
	w.must(w.Rename(t.Context(), w.ann, id, "EVERYDAY tools"))
	wantCode(t, w.Rename(t.Context(), w.ann, 9999, "None"), shortlists.ErrNotFound)
	if l, err := w.ByID(t.Context(), w.bob, id); err != nil || l.Name != "EVERYDAY tools" || l.Maker != w.ann.Name {
		t.Errorf("%+v (%v)", l, err)
	}
}

func TestAnIdeaIsOnAListOnceAndOnlyWhileItTakesVotes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	a, parked := w.idea("A lamp that folds"), w.idea("A chair that folds")
	if _, err := w.ideas.Decide(ctx, w.ann, parked, ideas.Decision{To: ideas.Parked, Answer: "Later.", Reason: "timing"}); err != nil {
		t.Fatal(err)
	}
	id := w.list("Folding", a)
	wantCode(t, w.Put(ctx, w.bob, id, a), shortlists.ErrOnList)
	wantCode(t, w.Put(ctx, w.bob, id, parked), shortlists.ErrNotVotable)
	wantCode(t, w.Put(ctx, w.bob, id, 9999), ideas.ErrNotFound)
	wantCode(t, w.Put(ctx, w.bob, 9999, a), shortlists.ErrNotFound)
	if w.status(a) != ideas.Open {
		t.Error("putting an idea on a list moved it")
	}
	b := w.idea("A table that folds")
	w.must(w.PutMoving(ctx, w.bob, id, b))
	if w.status(b) != ideas.Shortlisted {
		t.Errorf("the idea is %s", w.status(b))
	}
	wantCode(t, w.PutMoving(ctx, w.bob, id, a), shortlists.ErrOnList)
	w.must(w.Take(ctx, w.ann, id, a))
	wantCode(t, w.Take(ctx, w.ann, id, a), shortlists.ErrNotOnList)

	w.must(w.Close(ctx, w.ann, id))
	wantCode(t, w.Put(ctx, w.ann, id, a), shortlists.ErrClosed)
	if open, err := w.Open(ctx, w.ann); err != nil || len(open) != 0 {
		t.Errorf("open: %+v (%v)", open, err)
	}
	w.must(w.Reopen(ctx, w.ann, id))
	w.must(w.Put(ctx, w.ann, id, a))
	if got := w.order(id); !slices.Equal(got, []ideas.ID{b, a}) {
		t.Errorf("order %v", got)
	}
	lists, err := w.Lists(ctx, w.bob)
	if err != nil || len(lists) != 1 || lists[0].Ideas != 2 {
		t.Errorf("%+v (%v)", lists, err)
	}
}

func TestTheTeamsOrderSurvivesWhatOthersDoMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	var made []ideas.ID
	for _, name := range []string{"One lamp", "Two lamps", "Three lamps", "Four lamps"} {
		made = append(made, w.idea(name))
	}
	a, b, c, d := made[0], made[1], made[2], made[3]
	id := w.list("Lamps", a, b, c)
	w.must(w.Shift(ctx, w.ann, id, c, -1))
	w.must(w.Shift(ctx, w.ann, id, a, -5)) // already first
	w.must(w.Shift(ctx, w.ann, id, a, 1<<40))
	if got := w.order(id); !slices.Equal(got, []ideas.ID{c, b, a}) {
		t.Errorf("shifted: %v", got)
	}
	w.must(w.Put(ctx, w.bob, id, d))
	w.must(w.Take(ctx, w.bob, id, b))
	w.must(w.Arrange(ctx, w.ann, id, []ideas.ID{a, b, c, a, 9999})) // as the page knew it
	if got := w.order(id); !slices.Equal(got, []ideas.ID{a, c, d}) {
		t.Errorf("arranged: %v", got)
	}
	wantCode(t, w.Shift(ctx, w.ann, id, b, 1), shortlists.ErrNotOnList)
}

func TestPeopleAtOnceLeaveOneOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var made []ideas.ID
	for range 6 {
		made = append(made, w.idea("A lamp that folds"))
	}
	id := w.list("Lamps")
	done := make(chan error)
	for i, idea := range made {
		go func() { done <- w.Put(t.Context(), w.ann, id, idea) }()
		go func() { done <- w.Arrange(t.Context(), w.bob, id, slices.Concat(made[i:], made[:i])) }()
	}
	for range 2 * len(made) {
		w.must(<-done)
	}
	if n := w.count(`SELECT count(DISTINCT position) FROM shortlist_entries WHERE shortlist_id = $1`, id); n != len(made) {
		t.Errorf("%d places", n)
	}
}

func TestAListOfAChallengeTakesItsBest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	bags := w.challenge("bags")
	id, err := w.Create(ctx, w.ann, "Bags", "bags")
	w.must(err)
	_, err = w.PutTop(ctx, w.ann, id, 3)
	wantCode(t, err, shortlists.ErrNoEntries)
	low, high, out, free := w.idea("A low bag"), w.idea("A high bag"), w.idea("A bag that is out"), w.idea("A lamp")
	w.exec(`UPDATE ideas SET challenge_id = $1 WHERE id IN ($2, $3, $4)`, bags, low, high, out)
	w.exec(`DELETE FROM ranks WHERE idea_id IN ($1, $2, $3)`, low, high, out)
	w.exec(`INSERT INTO ranks (idea_id, score) VALUES ($1, 2.5), ($2, 4.5), ($3, 4.9)`, low, high, out)
	w.must(w.ideas.Withdraw(ctx, w.noor, out))
	wantCode(t, w.Put(ctx, w.ann, id, free), shortlists.ErrOtherChallenge)
	for _, step := range []struct{ n, added int }{{1, 1}, {2, 1}, {50, 0}} {
		if added, err := w.PutTop(ctx, w.ann, id, step.n); err != nil || added != step.added {
			t.Errorf("top %d: %d (%v)", step.n, added, err)
		}
	}
	if got := w.order(id); !slices.Equal(got, []ideas.ID{high, low}) {
		t.Errorf("order %v", got)
	}
	for _, n := range []int{0, -1, 51} {
		_, err := w.PutTop(ctx, w.ann, id, n)
		wantField(t, err, "n", "shortlists.top_range")
	}
	_, err = w.PutTop(ctx, w.ann, w.list("Free"), 3)
	wantCode(t, err, shortlists.ErrNoChallenge)
}

func TestCandidatesAreFoundByTitleAndNumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lamp, chair := w.idea("A lámp of 100% oak"), w.idea("A chair that folds")
	id := w.list("All", chair)
	for q, want := range map[string][]ideas.ID{"LAMP": {lamp}, "100%": {lamp}, "50%": nil, lamp.String(): {lamp}, "#" + lamp.String(): {lamp}, "chair": nil, "": nil, "lamp oak": {lamp}} {
		found, err := w.Candidates(t.Context(), w.ann, id, q)
		w.must(err)
		var got []ideas.ID
		for _, c := range found {
			got = append(got, c.Idea)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", q, got, want)
		}
	}
}

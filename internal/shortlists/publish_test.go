package shortlists_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"prosumer/internal/ideas"
	"prosumer/internal/products"
	"prosumer/internal/shortlists"
)

func (w *world) prepare(id shortlists.ID, p shortlists.Prepared) {
	w.t.Helper()
	w.must(w.Prepare(w.t.Context(), w.ann, id, p))
}

func (w *world) revision(id shortlists.ID) int64 {
	w.t.Helper()
	l, err := w.ByID(w.t.Context(), w.ann, id)
	w.must(err)
	return l.Revision
}

func TestPreparedDecisionsArePublishedAtOneMoment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	yes, also, no, kept, told, none := w.idea("A lamp"), w.idea("A dimmer"), w.idea("A chair"), w.idea("A table"), w.idea("A stool"), w.idea("A rug")
	id := w.list("Folding", none, kept, no, also, yes, told)
	w.prepare(id, shortlists.Prepared{Idea: yes, To: ideas.Adopted, Answer: "We make it.", ProductName: "Folding lamp"})
	w.prepare(id, shortlists.Prepared{Idea: also, To: ideas.Adopted, Answer: "Together with the lamp.", Joins: "folding-lamp"})
	w.prepare(id, shortlists.Prepared{Idea: no, To: ideas.Parked})
	w.prepare(id, shortlists.Prepared{Idea: no, To: ideas.Declined, Answer: "<p>Too <b>dear</b>.</p>", Reason: "too_costly"})
	w.prepare(id, shortlists.Prepared{Idea: kept, To: ideas.Shortlisted})
	w.prepare(id, shortlists.Prepared{Idea: told, To: ideas.Open, Answer: "Next year, we think."})
	if w.status(yes) != ideas.Open || w.count(`SELECT count(*) FROM outbox WHERE topic = $1 AND payload->>'From' <> 'draft'`, ideas.TopicMoved) != 0 {
		t.Fatal("preparing published something")
	}

	done, problems, err := w.Publish(t.Context(), w.bob, id, w.revision(id))

	if err != nil || len(problems) != 0 || !slices.Equal(done, []ideas.ID{yes, also, no, kept, told}) {
		t.Fatalf("%v %v (%v)", done, problems, err)
	}
	for idea, want := range map[ideas.ID]ideas.Status{yes: ideas.Adopted, also: ideas.Adopted, no: ideas.Declined, kept: ideas.Shortlisted, told: ideas.Open, none: ideas.Open} {
		if got := w.status(idea); got != want {
			t.Errorf("idea %d is %s, want %s", idea, got, want)
		}
	}
	if n := w.count(`SELECT count(*) FROM product_ideas p JOIN products q ON q.id = p.product_id WHERE q.slug = 'folding-lamp'`); n != 2 {
		t.Errorf("%d ideas in the product", n)
	}
	if n := w.count(`SELECT count(*) FROM idea_history WHERE idea_id = $1 AND kind = 'answer'`, told); n != 1 {
		t.Errorf("%d answers without a move", n)
	}
	if n := w.count(`SELECT count(DISTINCT at) FROM idea_history WHERE actor_id = $1`, w.bob.ID); n != 1 {
		t.Errorf("published at %d moments", n)
	}
	l, err := w.ByID(t.Context(), w.ann, id)
	if err != nil || l.Prepared != 0 || l.PublishedBy == nil || *l.PublishedBy != w.bob.Name {
		t.Errorf("%+v (%v)", l, err)
	}
	_, _, err = w.Publish(t.Context(), w.bob, id, l.Revision)
	wantCode(t, err, shortlists.ErrNothing)
}

func TestAnInvalidDecisionHoldsAllBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	good, withdrawn, moved, mute, lost := w.idea("A good lamp"), w.idea("A withdrawn lamp"), w.idea("A moved lamp"), w.idea("A mute lamp"), w.idea("A lost lamp")
	id := w.list("Lamps", good, withdrawn, moved, mute, lost)
	for _, idea := range []ideas.ID{good, withdrawn, moved} {
		w.prepare(id, shortlists.Prepared{Idea: idea, To: ideas.Adopted, Answer: "We make it."})
	}
	w.prepare(id, shortlists.Prepared{Idea: mute, To: ideas.Declined, Answer: "<p><br></p>", Reason: "timing"})
	w.prepare(id, shortlists.Prepared{Idea: lost, To: ideas.Adopted, Answer: "With the other.", Joins: "no-such-product"})
	w.must(w.ideas.Withdraw(ctx, w.noor, withdrawn))
	if _, err := w.ideas.Decide(ctx, w.bob, moved, ideas.Decision{To: ideas.Parked, Answer: "Later.", Reason: "timing"}); err != nil {
		t.Fatal(err)
	}
	publish := func(want map[ideas.ID]error) {
		t.Helper()
		seen := w.revision(id)
		done, problems, err := w.Publish(ctx, w.ann, id, seen)
		wantCode(t, err, shortlists.ErrUnready)
		got := map[ideas.ID]error{}
		for _, p := range problems {
			got[p.Idea] = p.Why
		}
		for idea, why := range want {
			if !errors.Is(got[idea], why) {
				t.Errorf("idea %d: %v, want %v", idea, got[idea], why)
			}
		}
		if len(got) != len(want) || done != nil || w.status(good) != ideas.Open || w.revision(id) != seen {
			t.Errorf("problems %v, published %v", problems, done)
		}
		if n := w.count(`SELECT (SELECT count(*) FROM products) + (SELECT count(*) FROM prepared_decisions WHERE published_at IS NOT NULL)`); n != 0 {
			t.Errorf("%d things were done by half", n)
		}
	}
	publish(map[ideas.ID]error{withdrawn: shortlists.ErrWithdrawn, moved: shortlists.ErrMoved, mute: shortlists.ErrNoAnswer})
	if list := w.sheet(w.ann, id).Problems(); len(list) != 3 {
		t.Errorf("the preview tells of %v", list)
	}
	for _, idea := range []ideas.ID{withdrawn, moved, mute} {
		w.must(w.Drop(ctx, w.ann, id, idea))
	}
	publish(map[ideas.ID]error{lost: products.ErrNotFound}) // known only once the good one was carried out
	wantCode(t, w.Drop(ctx, w.ann, id, mute), shortlists.ErrNotPrepared)
	wantField(t, w.Prepare(ctx, w.ann, id, shortlists.Prepared{Idea: withdrawn, To: ideas.Adopted}), "status", shortlists.ErrMoved.Code)
	wantField(t, w.Prepare(ctx, w.ann, id, shortlists.Prepared{Idea: good, To: ideas.Launched}), "status", "shortlists.outcome")
}

func TestOfTwoWhoPublishAtOnceOneDoes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var list []ideas.ID
	for range 4 {
		list = append(list, w.idea("A lamp that folds"))
	}
	id := w.list("Lamps", list...)
	for _, idea := range list {
		w.prepare(id, shortlists.Prepared{Idea: idea, To: ideas.Adopted, Answer: "We make it."})
	}
	seen, results := w.revision(id), make(chan error)
	for range 6 {
		go func() {
			_, _, err := w.Publish(context.WithoutCancel(t.Context()), w.ann, id, seen)
			results <- err
		}()
	}
	done := 0
	for range 6 {
		if err := <-results; err == nil {
			done++
		} else {
			wantCode(t, err, shortlists.ErrPublished)
		}
	}
	if n := w.count(`SELECT count(*) FROM products`); done != 1 || n != len(list) {
		t.Errorf("%d published, %d products", done, n)
	}
}

func TestWhoPublishesAndWhoMovesOneIdeaAtOnceDoNotBothWin(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 5 {
		a, b := w.idea("A lamp that folds"), w.idea("A chair that folds")
		id := w.list("List "+a.String(), b, a)
		for _, idea := range []ideas.ID{a, b} {
			w.prepare(id, shortlists.Prepared{Idea: idea, To: ideas.Adopted, Answer: "We make it."})
		}
		seen, moved := w.revision(id), make(chan error)
		go func() {
			_, err := w.ideas.Decide(context.WithoutCancel(t.Context()), w.bob, b, ideas.Decision{To: ideas.Parked, Answer: "Later.", Reason: "timing"})
			moved <- err
		}()
		_, problems, err := w.Publish(t.Context(), w.ann, id, seen)
		if late := <-moved; err == nil {
			wantCode(t, late, ideas.ErrMove)
		} else {
			wantCode(t, err, shortlists.ErrUnready)
			if late != nil || len(problems) != 1 || w.status(a) != ideas.Open {
				t.Errorf("moved: %v, problems %v", late, problems)
			}
		}
	}
}

func TestWhatChangedSinceItWasLookedAtIsNotPublished(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lamp := w.idea("A lamp that folds")
	id := w.list("Lamps", lamp)
	w.prepare(id, shortlists.Prepared{Idea: lamp, To: ideas.Adopted, Answer: "We make it."})
	seen := w.revision(id)
	w.prepare(id, shortlists.Prepared{Idea: lamp, To: ideas.Declined, Answer: "After all not.", Reason: "timing"})
	_, _, err := w.Publish(t.Context(), w.bob, id, seen)
	wantCode(t, err, shortlists.ErrChanged)
	if w.status(lamp) != ideas.Open {
		t.Error("it was published")
	}
}

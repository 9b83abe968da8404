package ideas_test

import (
	"strings"
	"sync"
	"testing"

	"prosumer/internal/ideas"
)

func TestAnEditKeepsWhatWasSaid(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.propose(t)
	in := text()
	in.Title, in.Story = "A kettle that sings", "Plain words now, and enough of them."

	revised, err := b.Revise(t.Context(), b.ann, idea.ID, idea.Version, in)
	if err != nil || revised.Version != 2 || revised.Title != in.Title || revised.Slug != "a-kettle-that-sings" || revised.Status != ideas.Open {
		t.Fatalf("%+v (%v)", revised, err)
	}
	_, err = b.Revise(t.Context(), b.ann, idea.ID, 1, text())
	wantCode(t, err, ideas.ErrMoved)
	in.Tags = []string{"other"}
	if same, err := b.Revise(t.Context(), b.ann, idea.ID, 2, in); err != nil || same.Version != 2 {
		t.Errorf("other tags made version %d (%v)", same.Version, err)
	}
	if third, err := b.Revise(t.Context(), b.ann, idea.ID, 0, text()); err != nil || third.Version != 3 {
		t.Errorf("%+v (%v)", third, err)
	}

	versions, err := b.Versions(t.Context(), b.visitor, idea.ID)
	if err != nil || len(versions) != 2 || versions[0].Number != 2 || versions[0].Title != in.Title || versions[1].Number != 1 || versions[1].Title != idea.Title || versions[1].Story != idea.Story {
		t.Errorf("%+v (%v)", versions, err)
	}
}

func TestOfTwoEditsAtOnceOneWins(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.propose(t)
	results := make(chan error, 8)
	var editors sync.WaitGroup
	for i := range 8 {
		editors.Go(func() {
			in := text()
			in.Title += strings.Repeat("!", i+1)
			_, err := b.Revise(t.Context(), b.ann, idea.ID, 1, in)
			results <- err
		})
	}
	editors.Wait()
	close(results)
	done := 0
	for err := range results {
		if err == nil {
			done++
			continue
		}
		wantCode(t, err, ideas.ErrMoved)
	}
	if done != 1 || b.see(t, b.ann, idea.ID).Version != 2 {
		t.Errorf("%d edits won", done)
	}
}

func TestReworkedIdeasAreOpenAgain(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.at(t, ideas.NeedsWork)
	in := text()
	in.Title = "ab"
	_, err := b.Revise(t.Context(), b.ann, idea.ID, 0, in)
	wantField(t, err, "title", "ideas.title_short")
	_, err = b.Revise(t.Context(), b.bob, idea.ID, 0, text())
	wantCode(t, err, ideas.ErrNotYours)
	if got, err := b.Revise(t.Context(), b.ann, idea.ID, 0, text()); err != nil || got.Status != ideas.Open {
		t.Errorf("%+v (%v)", got, err)
	}
	parked := b.at(t, ideas.Parked)
	if got, err := b.Revise(t.Context(), b.ann, parked.ID, 0, text()); err != nil || got.Status != ideas.Parked {
		t.Errorf("%+v (%v)", got, err)
	}
}

func TestWhatWasDecidedStaysAsItIs(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	for _, status := range []ideas.Status{ideas.Adopted, ideas.InProduction, ideas.Launched, ideas.Declined} {
		idea := b.at(t, status)
		_, err := b.Revise(t.Context(), b.ann, idea.ID, 0, ideas.Text{})
		wantCode(t, err, ideas.ErrFrozen)
		wantCode(t, b.Withdraw(t.Context(), b.ann, idea.ID), ideas.ErrFrozen)
	}
}

func TestADraftIsRevisedUnfinishedAndWithdrawnForGood(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	draft := b.at(t, ideas.Draft)
	if got, err := b.Revise(t.Context(), b.ann, draft.ID, 1, ideas.Text{Title: "x"}); err != nil || got.Version != 1 {
		t.Errorf("%+v (%v)", got, err)
	}
	wantCode(t, b.Withdraw(t.Context(), b.bob, draft.ID), ideas.ErrNotFound)
	if err := b.Withdraw(t.Context(), b.ann, draft.ID); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"ideas", "idea_history", "idea_tags", "idea_versions"} {
		if n := b.count(t, `SELECT count(*) FROM `+table); n != 0 {
			t.Errorf("%d rows left in %s", n, table)
		}
	}
	idea := b.propose(t)
	wantCode(t, b.Withdraw(t.Context(), b.bob, idea.ID), ideas.ErrNotYours)
	wantCode(t, b.Withdraw(t.Context(), b.visitor, idea.ID), ideas.ErrSignIn)
	if err := b.Withdraw(t.Context(), b.ann, idea.ID); err != nil {
		t.Fatal(err)
	}
	_, err := b.ByID(t.Context(), b.bob, idea.ID)
	wantCode(t, err, ideas.ErrNotFound)
	wantCode(t, b.Withdraw(t.Context(), b.ann, idea.ID), ideas.ErrFrozen)
}

package milestones_test

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/ideas"
	"prosumer/internal/milestones"
	"prosumer/internal/pg"
	"prosumer/internal/votes"
)

func TestAMilestoneIsReachedOnceHoweverManyLook(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.idea(t)
	b.voters(t, id, 3)
	var all sync.WaitGroup
	for range 6 {
		other := b.another()
		other.Changed([]votes.Tally{{Idea: id, Voters: 3}})
		all.Go(func() {
			if err := other.Look(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	b.look(t)
	if err := b.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}

	if diff := cmp.Diff([]string{"milestone:" + id.String() + ":3"}, b.told(t)); diff != "" {
		t.Error(diff)
	}
	b.voters(t, id, 1) // votes that were taken back take nothing back, and give nothing anew
	b.look(t)
	b.voters(t, id, 4)
	b.look(t)
	if told := b.told(t); len(told) != 1 {
		t.Errorf("told of %v", told)
	}
}

func TestOfSeveralReachedAtOnceTheHighestIsToldAndTheLastPutsItUnderReview(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.idea(t)
	b.voters(t, id, 6)
	b.look(t)
	if s := b.status(t, id); s != ideas.Open {
		t.Fatalf("it is %s", s)
	}
	b.voters(t, id, 9)
	b.look(t)

	if s := b.status(t, id); s != ideas.UnderReview {
		t.Errorf("it is %s", s)
	}
	if diff := cmp.Diff([]string{"milestone:" + id.String() + ":5", "milestone:" + id.String() + ":8"}, b.told(t)); diff != "" {
		t.Error(diff)
	}
	history, err := b.ideas.History(t.Context(), b.ann, id)
	if err != nil {
		t.Fatal(err)
	}
	last := history[len(history)-1]
	if last.To != ideas.UnderReview || last.ByName != "Prosumer" || last.Actor == b.ann.ID {
		t.Errorf("the history ends with %+v", last)
	}
}

func TestWhileSealedNothingIsReachedAndAtItsEndAllOfItIs(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.idea(t)
	b.seal(t, id)
	if err := b.Unseal(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.voters(t, id, 9)
	b.look(t)
	if err := b.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if told := b.told(t); len(told) > 0 || b.status(t, id) != ideas.Open {
		t.Fatalf("under a seal %v was told", told)
	}

	b.exec(t, `UPDATE challenges SET voting_close_at = clock_timestamp(), entries_close_at = voting_open_at + interval '1 microsecond'`)
	if err := b.Unseal(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.look(t)

	if diff := cmp.Diff([]string{"milestone:" + id.String() + ":8"}, b.told(t)); diff != "" {
		t.Error(diff)
	}
	if s := b.status(t, id); s != ideas.UnderReview {
		t.Errorf("it is %s", s)
	}
}

func TestAHiddenOrDecidedIdeaReachesNothing(t *testing.T) {
	t.Parallel()
	b := open(t)
	hidden, declined := b.idea(t), b.idea(t)
	b.exec(t, `UPDATE ideas SET hidden = true WHERE id = $1`, hidden)
	if _, err := b.ideas.Decide(t.Context(), b.eva, declined, ideas.Decision{To: ideas.Declined, Answer: "No.", Reason: "timing"}); err != nil {
		t.Fatal(err)
	}
	b.voters(t, hidden, 9)
	b.voters(t, declined, 9)
	b.look(t)
	if told := b.told(t); len(told) > 0 {
		t.Errorf("told of %v", told)
	}
}

func TestWhatStandsAlreadyIsSettledSilently(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.idea(t)
	b.voters(t, id, 9)
	if err := b.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.look(t)
	var p milestones.Progress
	err := pg.Together(t.Context(), b.db, b.Part(id, &p))
	if err != nil {
		t.Fatal(err)
	}
	if told := b.told(t); len(told) > 0 || len(p.Reached) != 3 || p.Next != nil || b.status(t, id) != ideas.Open {
		t.Errorf("told of %v, reached %+v", told, p)
	}
}

package votes_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// budgeted is a challenge of so many votes for each voter, with entries.
func (w *world) budgeted(votes, entries int) (list []ideas.ID) {
	w.t.Helper()
	in := w.challenge(challenges.Support, "", -time.Hour, time.Hour)
	w.db.MustExec(`UPDATE challenges SET vote_budget = $2 WHERE id = $1`, in, votes)
	for range entries {
		list = append(list, w.entry(in))
	}
	return list
}

func TestABudgetEndsWithItsLastVoteAndComesBackWithAVote(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	list, elsewhere := w.budgeted(2, 5), w.idea(w.person())
	ann, ben, boss := w.person(), w.person(), w.person("team")
	refused := func(on ideas.ID) {
		t.Helper()
		if _, err := w.votes.Cast(t.Context(), ann, on, votes.Choice{}); !errors.Is(err, votes.ErrBudget) {
			t.Errorf("over the budget: %v", err)
		}
	}
	w.cast(ann, list[0], false)
	w.cast(ann, list[1], false)
	refused(list[2])
	w.cast(ann, list[1], true) // a change is no new vote
	w.cast(ann, elsewhere, true)
	w.cast(ben, list[2], true) // each has their own
	if _, err := w.votes.Retract(t.Context(), ann, list[0]); err != nil {
		t.Fatal(err)
	}
	w.cast(ann, list[2], false)
	refused(list[0])
	w.decide(boss, list[1], ideas.Declined) // decided: the vote is free again
	w.cast(ann, list[3], false)
	refused(list[4])
	if n := w.count(`SELECT count(*) FROM votes WHERE voter_id = $1`, ann.ID); n != 4 {
		t.Errorf("%d votes", n)
	}
	w.exact()
}

func TestABudgetHoldsForVotesCastAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	list := w.budgeted(3, 12)
	other := votes.NewService(w.db, w.newWriter(w.db))
	var all sync.WaitGroup
	for range 6 {
		voter := w.person()
		for n, id := range list {
			for range 2 {
				all.Go(func() {
					_, err := []*votes.Service{w.votes, other}[n%2].Cast(t.Context(), voter, id, votes.Choice{})
					if err != nil && !errors.Is(err, votes.ErrBudget) {
						t.Errorf("vote: %v", err)
					}
				})
			}
		}
	}
	all.Wait()
	if n := w.count(`SELECT count(*) FROM (SELECT FROM votes GROUP BY voter_id HAVING count(*) = 3) AS v`); n != 6 {
		t.Errorf("%d of 6 voters have just their 3 votes", n)
	}
	w.exact()
}

package merges_test

import (
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/merges"
	"prosumer/internal/votes"
)

// TestTalliesEqualTheirVotesWhileIdeasAreMerged has people vote through two
// servers while two of the team merge ideas and take them apart at random. What
// is left once all is taken apart is what everybody was told.
func TestTalliesEqualTheirVotesWhileIdeasAreMerged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Service = merges.NewService(w.db, w.ideas, w.notices, func([]votes.Tally) {})
	servers := []*votes.Service{w.votes, w.server()}
	const size, voters = 12, 24
	turns := int64(60)
	if testing.Short() {
		turns = 15
	}
	var list []ideas.ID
	for range size {
		list = append(list, w.idea(w.person()))
	}
	deadlocks := w.count(`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`)

	told := make([]map[ideas.ID]bool, voters)
	over := make(chan struct{})
	var around, team sync.WaitGroup
	for n := range voters {
		actor := accounts.As(accounts.Account{ID: accounts.ID(1_000_000 + n)})
		around.Go(func() {
			told[n] = map[ideas.ID]bool{}
			for {
				select {
				case <-over:
					return
				default:
				}
				on, server, takes := list[rand.IntN(size)], servers[rand.IntN(2)], rand.IntN(3) == 0
				var err error
				if takes {
					_, err = server.Retract(t.Context(), actor, on)
				} else {
					_, err = server.Cast(t.Context(), actor, on, votes.Choice{WouldBuy: rand.IntN(2) == 0})
				}
				switch {
				case err == nil:
					told[n][on] = !takes
				case !errors.Is(err, votes.ErrMerged):
					t.Errorf("vote: %v (%s)", err, fault.Of(err).Code)
				}
			}
		})
	}
	around.Go(func() {
		for {
			select {
			case <-over:
				return
			default:
			}
			if n := w.count(differing); n != 0 {
				t.Errorf("%d tallies differ from their votes", n)
			}
		}
	})
	var merged, unmerged atomic.Int64
	for range 2 {
		team.Go(func() {
			for merged.Load()+unmerged.Load() < turns {
				from, into := list[rand.IntN(size)], list[rand.IntN(size)]
				_, err := w.Merge(t.Context(), w.boss, from, into, "")
				if err == nil {
					merged.Add(1)
				} else if fault.Of(err).Kind != fault.Conflict {
					t.Errorf("merge: %v", err)
				}
				if err := w.Unmerge(t.Context(), w.boss, list[rand.IntN(size)]); err == nil {
					unmerged.Add(1)
				} else if fault.Of(err).Kind != fault.Conflict {
					t.Errorf("unmerge: %v", err)
				}
			}
		})
	}
	team.Wait()
	close(over)
	around.Wait()
	t.Logf("%d merges and %d unmerges", merged.Load(), unmerged.Load())

	for left := 1; left > 0; {
		left = 0
		for _, id := range list {
			if err := w.Unmerge(t.Context(), w.boss, id); errors.Is(err, merges.ErrMovedOn) {
				left++
			} else if err != nil && !errors.Is(err, merges.ErrNotMerged) {
				t.Fatal(err)
			}
		}
	}
	w.exact()
	for n := range voters {
		for on, has := range told[n] {
			if got := w.count(`SELECT count(*) FROM votes WHERE idea_id = $1 AND voter_id = $2`, on, 1_000_000+n) == 1; got != has {
				t.Errorf("voter %d on idea %d: stored %v, was told %v", n, on, got, has)
			}
		}
	}
	if n := w.count(`SELECT count(*) FROM votes WHERE via IS NOT NULL`) + w.count(`SELECT count(*) FROM merge_replaced`); n != 0 {
		t.Errorf("%d rows of merges left", n)
	}
	if now := w.count(`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`); now != deadlocks {
		t.Errorf("%d deadlocks", now-deadlocks)
	}
}

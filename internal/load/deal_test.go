package load

import (
	"testing"

	"pgregory.net/rapid"

	"prosumer/internal/votes"
)

func TestEveryMemberGetsOneBallotAtMostAndEveryScoreIsDealt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var s votes.Scores
		for i := range s {
			s[i] = rapid.IntRange(0, 60).Draw(t, "count")
		}
		s[2]++
		members := s.Count() + rapid.IntRange(0, 100).Draw(t, "more members")
		d := newDeal(rapid.String().Draw(t, "name"), s, members)

		seen, got := map[int]bool{}, votes.Scores{}
		for j := range d.n {
			member, score := d.ballot(j)
			if member < 0 || member >= members || seen[member] {
				t.Fatalf("ballot %d goes to member %d of %d", j, member, members)
			}
			seen[member] = true
			got[score-1]++
			if back, dealt := d.of(member); back != j || !dealt {
				t.Fatalf("member %d has ballot %d, %v; want %d", member, back, dealt, j)
			}
		}
		if got != s {
			t.Fatalf("dealt %v, want %v", got, s)
		}
		for member := range members {
			if _, dealt := d.of(member); dealt != seen[member] {
				t.Fatalf("member %d: %v, want %v", member, dealt, seen[member])
			}
		}
	})
}

func TestAMixDrawsEverySlotAsOftenAsItWeighs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 40).Draw(t, "weights")
		m := newMix(len(weights))
		for i, w := range weights {
			m.add(i, w+1)
			m.add(i, -1)
		}
		got := make([]int, len(weights))
		for ticket := range m.total {
			got[m.at(ticket)]++
		}
		for i, w := range weights {
			if got[i] != w {
				t.Fatalf("slot %d was drawn %d times, want %d", i, got[i], w)
			}
		}
	})
}

package merges_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/merges"
	"prosumer/internal/votes"
)

// modelVote is one of the votes that one voter could have on one idea: their
// own, or a copy by a merge of the idea named.
type modelVote struct {
	at   int
	buys bool
	via  ideas.ID // 0 for their own
}

// modelIdea is an idea as it should be. Of several votes of a voter the last of
// the list counts; they stand in order of time.
type modelIdea struct {
	id    ideas.ID
	owner accounts.Actor
	into  *modelIdea // nil unless merged
	votes map[accounts.ID][]modelVote
}

func (m *modelIdea) figures() (f [3]int) {
	for _, list := range m.votes {
		if len(list) > 0 {
			f[0]++
			if list[len(list)-1].buys {
				f[1]++
			}
		}
	}
	return f
}

// take is the merge of other: a copy of each voter's vote finds its place by
// its time, but never beneath the voter's own.
func (m *modelIdea) take(other *modelIdea) {
	for voter, list := range other.votes {
		if len(list) == 0 || voter == m.owner.ID {
			continue
		}
		carry := list[len(list)-1]
		carry.via = other.id
		mine := m.votes[voter]
		at := len(mine)
		for at > 0 && mine[at-1].at >= carry.at {
			at--
		}
		if at < len(mine) && mine[at].via == 0 {
			continue
		}
		m.votes[voter] = slices.Insert(slices.Clone(mine), at, carry)
	}
	other.into = m
}

func (m *modelIdea) giveBack(other *modelIdea) {
	for voter, list := range m.votes {
		m.votes[voter] = slices.DeleteFunc(slices.Clone(list), func(v modelVote) bool { return v.via == other.id })
	}
	other.into = nil
}

func TestAnySequenceOfMergesAndVotesEndsAsTheModelSays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owners := []accounts.Actor{w.person(), w.person()}
	voters := append(slices.Clone(owners), w.person(), w.person(), w.person())
	rapid.Check(t, func(r *rapid.T) {
		var list []*modelIdea
		for n := range 4 {
			owner := owners[n%2]
			list = append(list, &modelIdea{id: w.idea(owner), owner: owner, votes: map[accounts.ID][]modelVote{}})
		}
		for now := range rapid.IntRange(1, 40).Draw(r, "steps") {
			idea := rapid.SampledFrom(list).Draw(r, "idea")
			other := rapid.SampledFrom(list).Draw(r, "other")
			voter := rapid.SampledFrom(voters).Draw(r, "voter")
			var err, want error
			switch what := rapid.SampledFrom([]string{"cast", "cast", "cast", "retract", "merge", "merge", "unmerge"}).Draw(r, "what"); what {
			case "cast", "retract":
				var own []modelVote
				if what == "cast" {
					buys := rapid.Bool().Draw(r, "buys")
					own = []modelVote{{at: now, buys: buys}}
					if had := idea.votes[voter.ID]; len(had) > 0 && had[len(had)-1].via == 0 && had[len(had)-1].buys == buys {
						own = had // nothing changes, so it keeps its time
					}
					_, err = w.votes.Cast(t.Context(), voter, idea.id, votes.Choice{WouldBuy: buys})
				} else {
					_, err = w.votes.Retract(t.Context(), voter, idea.id)
				}
				switch {
				case idea.into != nil:
					want = votes.ErrMerged
				case voter.ID == idea.owner.ID:
					want = votes.ErrOwnIdea
				default:
					idea.votes[voter.ID] = own
				}
			case "merge":
				_, err = w.Merge(t.Context(), w.boss, idea.id, other.id, "")
				switch {
				case idea == other:
					want = merges.ErrItself
				case idea.into != nil:
					want = merges.ErrFromMerged
				case other.into != nil:
					want = merges.ErrIntoMerged
				default:
					other.take(idea)
				}
			case "unmerge":
				err = w.Unmerge(t.Context(), w.boss, idea.id)
				switch {
				case idea.into == nil:
					want = merges.ErrNotMerged
				case idea.into.into != nil:
					want = merges.ErrMovedOn
				default:
					idea.into.giveBack(idea)
				}
			}
			if !errors.Is(err, want) {
				r.Fatalf("got %v (%s), want %v", err, fault.Of(err).Code, want)
			}
			for _, m := range list {
				if got := w.figures(m.id); got != m.figures() {
					r.Fatalf("idea %d has %v, want %v", m.id, got, m.figures())
				}
			}
		}
	})
	w.exact()
}

package votes_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// modelled is what one idea's votes should be.
type modelled struct {
	id       ideas.ID
	open     bool
	revision int64
	votes    map[accounts.ID]modelVote
}

type modelVote struct{ buys, staff bool }

func (m *modelled) tally() votes.Tally {
	t := votes.Tally{Idea: m.id, Revision: m.revision}
	for _, v := range m.votes {
		switch {
		case v.staff:
			t.Staff++
		case v.buys:
			t.WouldBuy++
			fallthrough
		default:
			t.Voters++
		}
	}
	return t
}

func TestAnySequenceOfBallotsEndsAsTheModelSays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner, boss := w.person(), w.person(accounts.Team)
	rapid.Check(t, func(r *rapid.T) {
		board := []*modelled{
			{id: w.idea(owner), open: true, votes: map[accounts.ID]modelVote{}},
			{id: w.idea(owner), open: true, votes: map[accounts.ID]modelVote{}},
		}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			idea := rapid.SampledFrom(board).Draw(r, "idea")
			voter := accounts.Account{ID: accounts.ID(rapid.IntRange(1_000_000, 1_000_003).Draw(r, "voter"))}
			if rapid.Bool().Draw(r, "staff") {
				voter.RoleNames = []string{"moderator"}
			}
			buys := rapid.Bool().Draw(r, "buys")
			var got votes.Tally
			var err error
			before, voted := idea.votes[voter.ID]
			after := modelVote{buys: buys, staff: voter.Staff()}
			switch rapid.SampledFrom([]string{"cast", "cast", "cast", "retract", "move"}).Draw(r, "what") {
			case "move":
				if idea.open {
					w.decide(boss, idea.id, ideas.Parked)
				} else {
					w.decide(boss, idea.id, ideas.Open)
				}
				idea.open = !idea.open
				continue
			case "cast":
				got, err = w.votes.Cast(t.Context(), accounts.As(voter), idea.id, votes.Choice{WouldBuy: buys})
				if idea.open && (!voted || before != after) {
					idea.votes[voter.ID] = after
					idea.revision++
				}
			case "retract":
				got, err = w.votes.Retract(t.Context(), accounts.As(voter), idea.id)
				if idea.open && voted {
					delete(idea.votes, voter.ID)
					idea.revision++
				}
			}
			if !idea.open {
				if !errors.Is(err, votes.ErrClosed) {
					r.Fatalf("closed: %v", err)
				}
				got, err = w.votes.Tally(t.Context(), idea.id)
			}
			if err != nil || got != idea.tally() {
				r.Fatalf("got %+v (%v), want %+v", got, err, idea.tally())
			}
		}
	})
	w.exact()
}

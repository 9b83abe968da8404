package votes

import (
	"slices"

	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
)

// verdict tells one voter what became of a ballot, by what the statement sal.
func verdict(b Ballot, results map[ideas.ID]result) answer {
	r, found := results[b.Idea]
	switch {
	case !found || r.State == unseen:
		return answer{err: ideas.ErrNotFound}
	case r.State != open:
		return answer{err: closings[r.State]}
	case r.Contributor == b.Voter:
		return answer{err: ErrOwnIdea}
	case slices.Contains(r.Barred, int64(b.Voter)):
		return answer{err: ErrBarred}
	case !b.Retract && r.Kind == challenges.Score && b.Choice.Score == 0:
		return answer{err: ErrScoreWanted.With("score", ErrScoreWanted.Code)}
	case !b.Retract && r.Kind != challenges.Score && b.Choice.Score != 0:
		return answer{err: ErrNoScore.With("score", ErrNoScore.Code)}
	case r.overspent(b):
		return answer{err: ErrBudget}
	default:
		return answer{tally: r.Tally}
	}
}

// overspent says whether the ballot would have been one vote more than its
// challenge gives.
func (r result) overspent(b Ballot) bool {
	half := len(r.Overspent) / 2
	for i, idea := range r.Overspent[:half] {
		if idea == int64(b.Idea) && r.Overspent[half+i] == int64(b.Voter) {
			return !b.Retract
		}
	}
	return false
}

// closings says why an idea takes no votes.
var closings = map[state]error{closed: ErrClosed, early: ErrEarly, late: ErrLate, merged: ErrMerged, withdrawn: ErrWithdrawn}

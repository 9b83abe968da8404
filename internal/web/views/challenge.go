package views

import (
	"slices"
	"time"
)

// Challenge is a question with a beginning and an end. A card and a vote box
// know its name, ballot and voting; the board knows all of it.
type Challenge struct {
	Slug, Title  string
	Score        bool   // its ballot asks for a score
	Seal         string // who may see the tallies now: "", "until_close" or "until_voted"
	Phase        string
	EntriesOpen  time.Time
	EntriesClose time.Time
	VotingOpen   time.Time
	VotingClose  time.Time
	Results      time.Time
}

// UsualOrder is how its entries are sorted unless asked otherwise: by score once
// there are scores to see. What is sealed has only the orders that tell nothing.
func (c Challenge) UsualOrder() string {
	switch {
	case c.Seal != "":
		return "newest"
	case c.Score && slices.Contains([]string{"voting", "judging", "results"}, c.Phase):
		return "score"
	case c.Score:
		return "newest"
	default:
		return "trending"
	}
}

func (c Challenge) orders() []string {
	switch {
	case c.Seal != "":
		return []string{"newest", "unseen"}
	case c.Score:
		return []string{"score", "rising", "newest", "votes", "unseen"}
	default:
		return Orders
	}
}

// challengePhase says how far it is and what comes next.
func (s Shell) challengePhase(c Challenge) string {
	return s.T("views.challenge.phase."+c.Phase, "Open", s.DateTime(c.EntriesOpen), "Close", s.DateTime(c.EntriesClose),
		"Voting", s.DateTime(c.VotingOpen), "End", s.DateTime(c.VotingClose), "Results", s.DateTime(c.Results))
}

func (s Shell) challengeBallot(c Challenge) string {
	if c.Score {
		return s.T("views.challenge.ballot.score")
	}
	return s.T("views.challenge.ballot.support")
}

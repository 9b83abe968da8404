package shortlists

import (
	"math"

	"prosumer/internal/votes"
)

// TrendDays is how many days a trend line goes back, today included.
const TrendDays = 30

// What makes a share of an idea's votes conspicuous. It proves nothing: it is
// where to look twice. Of fewer than minConcentrated voters every share says
// more about chance than about them.
const (
	youngShare      = 1.0 / 3
	loneShare       = 1.0 / 2
	hostShare       = 1.0 / 2
	minConcentrated = 10
)

// Share is a part of an idea's voters, staff left out.
type Share struct {
	Part, Of    int
	Conspicuous bool
}

// Rate is the share as a number, and false of nobody.
func (s Share) Rate() (float64, bool) {
	if s.Of == 0 {
		return 0, false
	}
	return float64(s.Part) / float64(s.Of), true
}

func share(part, of int, from float64) Share {
	return Share{Part: part, Of: of, Conspicuous: of >= minConcentrated && float64(part) >= from*float64(of)}
}

// Figures are the crowd's, as the team sees them: sealed ones too.
type Figures struct {
	Voters   int
	Staff    int // their votes stand beside the count
	WouldBuy Share
	Support  Share // of the members who saw the idea
	Scores   votes.Scores
	Score    *Estimate // nil while nobody scored it
	Trend    [TrendDays]int

	Young Share  // voters whose account was younger than a week when they voted
	Lone  Share  // voters who voted on nothing else
	Host  Share  // voters whom one host elsewhere led here
	From  string // that host; empty for none
}

// Estimate is a shrunk score with its interval.
type Estimate struct {
	Value, Low, High float64
	Mean             float64 // as it was given
	Of               int
}

// prior is what is known of a challenge's scores before an idea has any: their
// mean and variance, and how many scores that knowledge is worth.
type prior struct{ mean, variance, weight float64 }

// z95 spans nineteen of twenty.
const z95 = 1.96

// estimate shrinks scores toward the challenge's (votes.Shrunk), and says how
// far off that may be. The interval is the normal approximation of what is known
// after the votes, with the challenge's spread counting as weight scores of its
// own: the posterior of a multinomial with a Dirichlet prior, as E. Miller uses
// it for star ratings. So both the value and its spread are shrunk alike, and an
// idea with two equal scores does not seem certain.
func estimate(s votes.Scores, p prior) *Estimate {
	value, ok := votes.Shrunk(s, p.mean, p.weight)
	if !ok {
		return nil
	}
	own, _ := s.Mean()
	n := float64(s.Count())
	squares := p.weight * (p.variance + p.mean*p.mean)
	for i, count := range s {
		squares += float64(count * (i + 1) * (i + 1))
	}
	variance := max(squares/(p.weight+n)-value*value, 0)
	half := z95 * math.Sqrt(variance/(p.weight+n+1))
	return &Estimate{Value: value, Low: max(value-half, 1), High: min(value+half, 5), Mean: own, Of: s.Count()}
}

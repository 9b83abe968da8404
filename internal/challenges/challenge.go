package challenges

import "time"

// ID names a challenge.
type ID int64

// Kind is what a challenge asks of a voter.
type Kind string

// The kinds of ballot. An idea in no challenge takes support.
const (
	Support Kind = "support" // a vote without a score
	Score   Kind = "score"   // a vote with a score of 1 to 5
)

// Seal says who may see a tally while voting goes on. The empty one hides
// nothing.
type Seal string

// The seals.
const (
	Unsealed   Seal = ""
	UntilClose Seal = "until_close" // nobody, until voting closes
	UntilVoted Seal = "until_voted" // who has voted on the idea, and everybody once voting closes
)

// Challenge is a clear question with a beginning and an end.
type Challenge struct {
	ID           ID
	Slug         string
	Title        string
	Question     string
	Ballot       Kind
	Sealed       Seal // while voting goes on; SealAt says what holds at a moment
	Dates        Dates
	Budget       int  // open votes of one member; 0: no limit
	Premoderated bool // what is proposed for it first waits for a moderator
	Terms        int  // version of the terms in force; 0: none
	Revision     int  // grows with every change
	Created      time.Time
}

// Dates are the six moments of a challenge, in this order; entering and voting
// may overlap.
type Dates struct {
	Announced    time.Time `db:"announced_at"`
	EntriesOpen  time.Time `db:"entries_open_at"`
	EntriesClose time.Time `db:"entries_close_at"`
	VotingOpen   time.Time `db:"voting_open_at"`
	VotingClose  time.Time `db:"voting_close_at"`
	Results      time.Time `db:"results_at"`
}

// Phase is how far a challenge has got.
type Phase string

// The phases. Where entering and voting overlap it is Voting.
const (
	Coming    Phase = "coming" // not even announced
	Announced Phase = "announced"
	Entering  Phase = "entering"
	Waiting   Phase = "waiting" // entries closed, voting not yet open
	Voting    Phase = "voting"
	Judging   Phase = "judging"
	Results   Phase = "results"
)

// Phase says how far it is at a moment. A moment belongs to the phase it opens.
func (d Dates) Phase(at time.Time) Phase {
	switch {
	case !at.Before(d.Results):
		return Results
	case !at.Before(d.VotingClose):
		return Judging
	case !at.Before(d.VotingOpen):
		return Voting
	case !at.Before(d.EntriesClose):
		return Waiting
	case !at.Before(d.EntriesOpen):
		return Entering
	case !at.Before(d.Announced):
		return Announced
	default:
		return Coming
	}
}

// Entering reports whether ideas may be entered at a moment; that may overlap
// with voting.
func (d Dates) Entering(at time.Time) bool {
	return !at.Before(d.EntriesOpen) && at.Before(d.EntriesClose)
}

// Next is the moment that the phase at a moment lasts until; the zero time once
// there are results.
func (d Dates) Next(at time.Time) time.Time {
	for _, m := range []time.Time{d.Announced, d.EntriesOpen, d.EntriesClose, d.VotingOpen, d.VotingClose, d.Results} {
		if at.Before(m) && d.Phase(m) != d.Phase(at) {
			return m
		}
	}
	return time.Time{}
}

// inOrder mirrors the constraint challenges_dates_in_order.
func (d Dates) inOrder() bool {
	return !d.EntriesOpen.Before(d.Announced) && d.EntriesClose.After(d.EntriesOpen) && !d.VotingClose.Before(d.EntriesClose) &&
		!d.VotingOpen.Before(d.EntriesOpen) && d.VotingClose.After(d.VotingOpen) && !d.Results.Before(d.VotingClose)
}

// SealAt says who may see its tallies at a moment.
func (c Challenge) SealAt(at time.Time) Seal {
	if at.Before(c.Dates.VotingClose) {
		return c.Sealed
	}
	return Unsealed
}

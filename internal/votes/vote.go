package votes

import (
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// Choice is what a member says of an idea on a support ballot.
type Choice struct {
	WouldBuy bool // the tick beside the vote
}

// Vote is one member's current choice on one idea.
type Vote struct {
	Idea     ideas.ID  `db:"idea_id"`
	WouldBuy bool      `db:"would_buy"`
	CastAt   time.Time `db:"cast_at"`
}

// Ballot is a vote on its way to the database.
type Ballot struct {
	Idea    ideas.ID
	Voter   accounts.ID
	Staff   bool // stands beside the count, not in it
	Choice  Choice
	Retract bool // remove the vote instead
}

package votes

import (
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// Choice is what a member says of an idea: support or a score, as the idea's
// ballot asks, and whether they would buy it.
type Choice struct {
	Score    int // 1 to 5, or 0 for support
	WouldBuy bool
	From     Origin
}

// MaxScore is the best score; 1 is the worst.
const MaxScore = 5

// Vote is one member's current choice on one idea.
type Vote struct {
	Idea     ideas.ID  `db:"idea_id"`
	Score    int       `db:"score"` // 0 on a support ballot
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

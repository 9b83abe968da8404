package standing

// Kind is what an entry of the ledger is for.
type Kind string

// The kinds of entries. Being used weighs most; proposing by itself weighs
// nothing, and votes only a little and only up to a bound for each idea, so that
// campaigning does not pay.
const (
	Shortlisted Kind = "shortlisted" // an idea that was shortlisted
	Adopted     Kind = "adopted"     // an idea that was adopted
	Launched    Kind = "launched"    // on top, when its product is launched
	CoCreated   Kind = "co_created"  // a credit on a product of somebody else's idea
	TakenUp     Kind = "taken_up"    // a suggestion that went into an idea
	Merged      Kind = "merged"      // an idea that went on in another, with credit
	BuiltOn     Kind = "built_on"    // an idea that an adopted one builds on
	Thanked     Kind = "thanked"     // thanks for a comment
	Scored      Kind = "scored"      // every idea of a challenge
	Tested      Kind = "tested"      // a beta, with a report
	Votes       Kind = "votes"       // of customers, on one's ideas
)

// The points that the table standing_points begins with.
const (
	PointsShortlisted = 20
	PointsAdopted     = 100
	PointsLaunched    = 150
	PointsCoCreated   = 60
	PointsTakenUp     = 30
	PointsMerged      = 15
	PointsBuiltOn     = 20
	PointsThanked     = 2
	PointsScored      = 10
	PointsTested      = 15
	VotersPerPoint    = 10
	MaxVotePoints     = 100 // of one idea
)

// Worth is one row of the table of points.
type Worth struct {
	Kind   Kind `db:"kind"`
	Points int  `db:"points"`
	Per    int  `db:"per"`     // for each so many
	Most   *int `db:"most"`    // for one source; nil for no bound
	DayCap *int `db:"day_cap"` // in one day; nil for no bound
}

// badgeRule gives a badge for the nth entry of a kind that stands.
type badgeRule struct {
	badge string
	kind  Kind
	n     int64
}

// firstIdea is no entry of the ledger: proposing earns no points.
const firstIdea Kind = "idea"

var badgeRules = []badgeRule{
	{"first_idea", firstIdea, 1},
	{"adopted_1", Adopted, 1},
	{"adopted_5", Adopted, 5},
	{"launched_1", Launched, 1},
	{"co_creator", CoCreated, 1},
	{"critic_1", TakenUp, 1},
	{"critic_5", TakenUp, 5},
	{"critic_15", TakenUp, 15},
	{"joined_forces", Merged, 1},
	{"built_on", BuiltOn, 1},
	{"scored_whole", Scored, 1},
	{"tested_beta", Tested, 1},
	{"thanked_10", Thanked, 10},
	{"thanked_50", Thanked, 50},
}

// BadgeNames lists every badge there is, the first to be had first.
func BadgeNames() []string {
	list := make([]string, len(badgeRules))
	for i, r := range badgeRules {
		list[i] = r.badge
	}
	return list
}

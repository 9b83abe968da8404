package notices

import "time"

// About is what kinds of notices have in common, which is what people choose by:
// whether it stands in the inbox, and when it comes by mail.
type About string

// The groups of kinds.
const (
	Personal   About = "personal"   // it concerns the reader alone
	Decisions  About = "decisions"  // what the team made of an idea, and the results of a round
	Talk       About = "talk"       // comments
	Progress   About = "progress"   // milestones and time
	NewThings  About = "new_things" // of people and topics that one follows
	Challenges About = "challenges" // opens, closes
	Teamwork   About = "teamwork"   // for the team
)

// Abouts lists the groups, as the settings do.
var Abouts = []About{Personal, Decisions, Talk, Progress, NewThings, Challenges, Teamwork}

// When is when something comes by mail.
type When string

// The times.
const (
	Now    When = "now"
	Daily  When = "daily"
	Weekly When = "weekly"
	Never  When = "never"
)

// Whens lists them, the soonest first.
var Whens = []When{Now, Daily, Weekly, Never}

// usual is when each group comes by mail unless its reader chose otherwise: what
// concerns them alone or was decided at once, the rest once a day.
var usual = map[About]When{Personal: Now, Decisions: Now, Talk: Daily, Progress: Daily, NewThings: Daily, Challenges: Daily, Teamwork: Now}

// about is the group of each kind; one that is not here is Personal.
var about = map[Kind]About{
	Decided: Decisions, StageReached: Decisions, BetaCalled: Decisions, VerdictAsked: Decisions, Merged: Decisions, Unmerged: Decisions, ResultsOut: Decisions,
	BetaAccepted: Personal, Rewarded: Personal, NamedInTalk: Personal, Replied: Personal, TakenUp: Personal, CoCreatorJoined: Personal, Invited: Personal, Remixed: Personal,
	Commented:        Talk,
	MilestoneReached: Progress, Changed: Progress, ExpiresSoon: Progress, Expired: Progress,
	NewIdea: NewThings, PersonCredited: NewThings,
	EntriesOpen: Challenges, VotingOpen: Challenges, ClosesSoon: Challenges, BudgetBack: Challenges,
	Mentioned: Teamwork, Assigned: Teamwork,
}

// About is the group that the kind belongs to.
func (k Kind) About() About {
	if a, ok := about[k]; ok {
		return a
	}
	return Personal
}

// Grace is how long the mail about a decision waits: it may be taken back within
// the hour, and mostly is within minutes.
const Grace = 5 * time.Minute

// grace is how long the mail of a kind waits.
func (s *Service) grace(k Kind) time.Duration {
	if k == Decided || k == StageReached {
		return s.wait
	}
	return 0
}

// of lists the kinds of a group.
func (a About) of() []string {
	var list []string
	for _, k := range Kinds {
		if k.About() == a {
			list = append(list, string(k))
		}
	}
	return list
}

package milestones

import "slices"

// Step is one milestone.
type Step struct {
	Voters int
	Days   int  // how much longer the idea stays open
	Review bool // it goes under review
}

// Ladder is every milestone, the lowest first.
type Ladder []Step

// least is how many voters the first milestone takes, and false without any.
func (l Ladder) least() (int, bool) {
	if len(l) == 0 {
		return 0, false
	}
	return l[0].Voters, true
}

// next is the lowest step that was not reached, and false past the last.
func (l Ladder) next(reached []Reached) (Step, bool) {
	for _, s := range l {
		if !slices.ContainsFunc(reached, func(r Reached) bool { return r.Voters == s.Voters }) {
			return s, true
		}
	}
	return Step{}, false
}

// columns are voters and days of each step, for the database.
func (l Ladder) columns() (voters, days []int64) {
	for _, s := range l {
		voters, days = append(voters, int64(s.Voters)), append(days, int64(s.Days))
	}
	return voters, days
}

package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Milestone is one of MILESTONES: what so many voters give an idea.
type Milestone struct {
	Voters int
	Days   int  // how much longer it stays open
	Review bool // it goes under review
}

// The most a setting may say: more is a slip.
const (
	maxMilestones = 20
	maxVoters     = 1_000_000_000
	maxDays       = 36_500
)

// Ladder reads MILESTONES, the lowest first: voters and days with a colon
// between, or the word review for the days; "none" for no milestones at all.
func (c *Config) Ladder() ([]Milestone, error) {
	if text := strings.TrimSpace(c.Milestones); text == "" || text == "none" {
		return nil, nil
	}
	var ladder []Milestone
	for part := range strings.SplitSeq(c.Milestones, ",") {
		part = strings.TrimSpace(part)
		m, ok := milestone(part)
		if !ok {
			return nil, fmt.Errorf("MILESTONES: %q is not voters:days or voters:review, e.g. 100:365", part)
		}
		ladder = append(ladder, m)
	}
	slices.SortFunc(ladder, func(a, b Milestone) int { return cmp.Compare(a.Voters, b.Voters) })
	once := slices.CompactFunc(slices.Clone(ladder), func(a, b Milestone) bool { return a.Voters == b.Voters })
	if len(once) != len(ladder) || len(ladder) > maxMilestones {
		return nil, fmt.Errorf("MILESTONES: each number of voters once, and at most %d of them", maxMilestones)
	}
	return ladder, nil
}

func milestone(text string) (Milestone, bool) {
	before, after, _ := strings.Cut(text, ":")
	voters, err := strconv.Atoi(before)
	if err != nil || voters < 1 || voters > maxVoters {
		return Milestone{}, false
	}
	if after == "review" {
		return Milestone{Voters: voters, Review: true}, true
	}
	days, err := strconv.Atoi(after)
	return Milestone{Voters: voters, Days: days}, err == nil && days >= 0 && days <= maxDays
}

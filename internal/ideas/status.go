package ideas

import (
	"slices"
)

// Status is where an idea is in its life.
type Status string

// The states, in the order of that life.
const (
	Draft        Status = "draft"
	Held         Status = "held"
	Open         Status = "open"
	UnderReview  Status = "under_review"
	Shortlisted  Status = "shortlisted"
	Adopted      Status = "adopted"
	InProduction Status = "in_production"
	Launched     Status = "launched"
	Declined     Status = "declined"
	NeedsWork    Status = "needs_work"
	Parked       Status = "parked"
	Merged       Status = "merged"
	Withdrawn    Status = "withdrawn"
)

// Statuses lists every state.
var Statuses = []Status{Draft, Held, Open, UnderReview, Shortlisted, Adopted, InProduction, Launched, Declined, NeedsWork, Parked, Merged, Withdrawn}

// Public lists the states that everybody may see.
var Public = []Status{Open, UnderReview, Shortlisted, Adopted, InProduction, Launched, Declined, NeedsWork, Parked}

// Who may make a move, besides the rights it asks for elsewhere.
type mover int

const (
	byContributor mover = 1 << iota // the one who proposed it
	byTeam                          // the product team
	byModerator
	byProduct // follows the product's stage; nobody picks it by hand
	byUndo    // the team, within the hour
	byMerge   // merging and unmerging, which come with their own rules
	byBoard   // nobody: a milestone was reached, or its time is over
)

// moves is the one table of the life of an idea: from, to, who. The database
// holds the same pairs in idea_moves; a test compares them.
var moves = map[Status]map[Status]mover{
	Draft:        {Open: byContributor, Held: byContributor},
	Held:         {Open: byModerator | byTeam, Declined: byModerator | byTeam, Withdrawn: byContributor},
	Open:         {UnderReview: byTeam | byBoard, Shortlisted: byTeam, Adopted: byTeam, Declined: byTeam, NeedsWork: byTeam, Parked: byTeam | byBoard, Merged: byMerge, Withdrawn: byContributor},
	UnderReview:  {Shortlisted: byTeam, Adopted: byTeam, Declined: byTeam, NeedsWork: byTeam, Parked: byTeam, Merged: byMerge, Withdrawn: byContributor, Open: byUndo},
	Shortlisted:  {Adopted: byTeam, Declined: byTeam, NeedsWork: byTeam, Parked: byTeam, Merged: byMerge, Withdrawn: byContributor, Open: byUndo, UnderReview: byUndo},
	NeedsWork:    {Open: byContributor | byTeam, Withdrawn: byContributor, UnderReview: byUndo, Shortlisted: byUndo},
	Parked:       {Open: byTeam, Withdrawn: byContributor, UnderReview: byUndo, Shortlisted: byUndo},
	Declined:     {Open: byTeam, UnderReview: byUndo, Shortlisted: byUndo},
	Merged:       {Open: byMerge, UnderReview: byMerge, Shortlisted: byMerge},
	Adopted:      {InProduction: byProduct, Launched: byProduct, Open: byUndo, UnderReview: byUndo, Shortlisted: byUndo},
	InProduction: {Launched: byProduct, Adopted: byUndo},
	Launched:     {Adopted: byUndo, InProduction: byUndo},
	Withdrawn:    {},
}

// may reports whether the table has the move for any of these movers.
func may(from, to Status, by mover) bool { return moves[from][to]&by != 0 }

// Next lists the states the team may choose for an idea, in order of life.
func Next(from Status) []Status {
	return slices.DeleteFunc(slices.Clone(Statuses), func(to Status) bool { return !may(from, to, byTeam) })
}

// Public reports whether everybody may see an idea in this state.
func (s Status) Public() bool { return slices.Contains(Public, s) }

// Votable reports whether an idea in this state takes votes. The batch of
// internal/votes holds the same list in SQL.
func (s Status) Votable() bool { return s == Open || s == UnderReview || s == Shortlisted }

// NeedsReason reports whether a move into this state must give a reason code.
func (s Status) NeedsReason() bool { return s == Declined || s == NeedsWork || s == Parked }

// Known reports whether s is a state at all.
func (s Status) Known() bool { return slices.Contains(Statuses, s) }

// Reason is the code of why the team said no, or not yet.
type Reason string

// Reasons lists the codes that the team may give, as the database knows them.
var Reasons = []Reason{"too_costly", "not_feasible", "not_our_business", "duplicate_effort", "safety", "needs_detail", "needs_prototype", "timing", "house_rules", "expired", "other"}

// Known reports whether r is a code of the list.
func (r Reason) Known() bool { return slices.Contains(Reasons, r) }

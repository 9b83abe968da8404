package shortlists

import "prosumer/internal/fault"

// The refusals of this package.
var (
	ErrNotFound       = fault.New(fault.NotFound, "shortlists.not_found", "There is no such shortlist.")
	ErrClosed         = fault.New(fault.Conflict, "shortlists.closed", "This shortlist is closed. Open it again to change it.")
	ErrTaken          = fault.New(fault.Invalid, "shortlists.name_taken", "There is already a shortlist with this name.")
	ErrOnList         = fault.New(fault.Conflict, "shortlists.on_list", "This idea is on the list already.")
	ErrNotOnList      = fault.New(fault.Conflict, "shortlists.not_on_list", "This idea is not on the list, or no longer.")
	ErrNotVotable     = fault.New(fault.Conflict, "shortlists.not_votable", "Only ideas that take votes can be put on a shortlist.")
	ErrOtherChallenge = fault.New(fault.Conflict, "shortlists.other_challenge", "This list is for the entries of one challenge, and the idea is none of them.")
	ErrFull           = fault.New(fault.Conflict, "shortlists.full", "A shortlist holds 200 ideas at most.")
	ErrNoChallenge    = fault.New(fault.Conflict, "shortlists.no_challenge", "Only a list of a challenge can take its best entries.")
	ErrNoEntries      = fault.New(fault.Conflict, "shortlists.no_entries", "The challenge has no entries that could be put on the list.")
	ErrCriterion      = fault.New(fault.NotFound, "shortlists.criterion_not_found", "There is no such criterion on this list.")
	ErrCriterionInUse = fault.New(fault.Conflict, "shortlists.criterion_in_use", "Marks were given for this criterion, so it cannot be removed. It can be renamed, or weigh less.")
	ErrNoCriteria     = fault.New(fault.Conflict, "shortlists.no_criteria", "This list has no criteria to score by yet.")
	ErrNotPrepared    = fault.New(fault.NotFound, "shortlists.not_prepared", "No decision is prepared for this idea.")
	ErrNothing        = fault.New(fault.Conflict, "shortlists.nothing_prepared", "No decision of this list waits to be published.")
	ErrPublished      = fault.New(fault.Conflict, "shortlists.published", "Somebody published the decisions of this list a moment ago.")
	ErrChanged        = fault.New(fault.Conflict, "shortlists.changed", "A prepared decision changed since you looked. Look at them again, then publish.")
	ErrUnready        = fault.New(fault.Conflict, "shortlists.unready", "Nothing was published, because some decisions cannot be carried out as they are.")
	ErrMoved          = fault.New(fault.Conflict, "shortlists.idea_moved", "The idea is somewhere else by now, from where it cannot go there.")
	ErrWithdrawn      = fault.New(fault.Conflict, "shortlists.idea_withdrawn", "Its contributor withdrew the idea.")
	ErrMerged         = fault.New(fault.Conflict, "shortlists.idea_merged", "The idea was merged into another.")
	ErrNoAnswer       = fault.New(fault.Conflict, "shortlists.answer_missing", "The answer is still to be written.")
	ErrCompare        = fault.New(fault.Conflict, "shortlists.compare", "Choose two to five ideas of the list to compare.")

	errInvalid = fault.New(fault.Invalid, "invalid", "Some fields need another look.")
)

package merges

import "prosumer/internal/fault"

// The refusals of this package.
var (
	ErrItself     = fault.New(fault.Conflict, "merges.itself", "An idea cannot be merged into itself.")
	ErrFromMerged = fault.New(fault.Conflict, "merges.from_merged", "This idea was merged already. Undo that first.")
	ErrIntoMerged = fault.New(fault.Conflict, "merges.into_merged", "The other idea was merged itself. Choose the one it went into.")
	ErrFromClosed = fault.New(fault.Conflict, "merges.from_closed", "Only an idea that is open for votes can be merged.")
	ErrIntoClosed = fault.New(fault.Conflict, "merges.into_closed", "The other idea takes no votes, so nothing can be merged into it.")
	ErrBallot     = fault.New(fault.Conflict, "merges.ballot", "One of the two asks for a score and the other for support. Such votes cannot be added up.")
	ErrSealed     = fault.New(fault.Conflict, "merges.sealed", "The votes of this challenge are sealed. Wait until voting has closed.")
	ErrChallenge  = fault.New(fault.Conflict, "merges.challenge", "The two are not in the same challenge, so their votes were not asked for the same thing.")
	ErrResults    = fault.New(fault.Conflict, "merges.results", "The results of this challenge are out, so its votes stay as they are.")
	ErrNotMerged  = fault.New(fault.Conflict, "merges.not_merged", "This idea is not merged.")
	ErrMovedOn    = fault.New(fault.Conflict, "merges.moved_on", "The idea that it went into was merged itself. Undo that first.")
	ErrMade       = fault.New(fault.Conflict, "merges.made", "The idea that it went into was adopted, with these votes. So it stays there.")

	errInvalid = fault.New(fault.Invalid, "invalid", "Some fields need another look.")
)

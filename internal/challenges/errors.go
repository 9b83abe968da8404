package challenges

import "prosumer/internal/fault"

// The refusals of this package.
var (
	ErrNotFound   = fault.New(fault.NotFound, "challenges.not_found", "There is no such challenge.")
	ErrTaken      = fault.New(fault.Conflict, "challenges.slug_taken", "Another challenge has this address. Choose another.")
	ErrTeamOnly   = fault.New(fault.Forbidden, "challenges.team_only", "Only the product team may plan challenges.")
	ErrChanged    = fault.New(fault.Conflict, "challenges.changed", "Somebody else changed this challenge a moment ago. Look at it as it is now.")
	ErrHasEntries = fault.New(fault.Conflict, "challenges.has_entries", "Ideas were entered into this challenge, so it stays.")
	ErrInUse      = fault.New(fault.Conflict, "challenges.in_use", "Something of the studio, such as a shortlist, still speaks of this challenge.")
	ErrJuryEarly  = fault.New(fault.Conflict, "challenges.jury_early", "The jury speaks once voting has closed.")
	ErrNoTemplate = fault.New(fault.NotFound, "challenges.no_template", "This challenge has no file to start from.")
	ErrNoTerms    = fault.New(fault.NotFound, "challenges.no_terms", "This challenge has no such terms.")

	errInvalid = fault.New(fault.Invalid, "invalid", "Some fields need another look.")
)

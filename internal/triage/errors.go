package triage

import "prosumer/internal/fault"

// The refusals of this package.
var (
	ErrNotTeam      = fault.New(fault.Invalid, "triage.not_team", "Only somebody of the product team can look after an idea.")
	ErrNoteNotFound = fault.New(fault.NotFound, "triage.note_not_found", "There is no such note.")
	ErrNoteNotYours = fault.New(fault.Forbidden, "triage.note_not_yours", "Only its author may change or remove a note.")
	ErrSettled      = fault.New(fault.Conflict, "triage.settled", "Somebody else took care of this idea a moment ago.")

	errInvalid = fault.New(fault.Invalid, "invalid", "Some fields need another look.")
)

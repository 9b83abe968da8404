package cocreation

import "prosumer/internal/fault"

// The refusals of this package.
var (
	ErrNotFound = fault.New(fault.NotFound, "cocreation.not_found", "This is not here, or no longer.")
	ErrNotYours = fault.New(fault.Forbidden, "cocreation.not_yours", "Only the contributor of the idea, or the team, may do this.")
	ErrFrozen   = fault.New(fault.Conflict, "cocreation.frozen", "This idea was decided, so its text and its co-creators stay as they are. The team can credit people on the product.")
	ErrOwn      = fault.New(fault.Conflict, "cocreation.own", "Nobody takes up their own suggestion.")
	ErrKind     = fault.New(fault.Conflict, "cocreation.kind", "A suggestion, a critique or a question can be taken up; this is none of them.")
	ErrTaken    = fault.New(fault.Conflict, "cocreation.taken", "This was taken up already.")
	ErrNotTaken = fault.New(fault.Conflict, "cocreation.not_taken", "This is not taken up, or no longer.")
	ErrInvited  = fault.New(fault.Conflict, "cocreation.invited", "This person was invited already, and may still answer.")
	ErrWithUs   = fault.New(fault.Conflict, "cocreation.with_us", "This person is a co-creator of the idea already.")
	ErrDeclined = fault.New(fault.Conflict, "cocreation.declined", "This person declined before, and is not asked again.")
	ErrMany     = fault.New(fault.TooMany, "cocreation.many", "There are several invitations that nobody answered yet. Wait for those, or take one back.")
	ErrAnswered = fault.New(fault.Conflict, "cocreation.answered", "This invitation was answered or taken back already.")
	ErrStays    = fault.New(fault.Conflict, "cocreation.stays", "Your own idea went on in this one, so your name stays with it. Ask the team to take the ideas apart.")

	errInvalid = fault.New(fault.Invalid, "invalid", "Some fields need another look.")
)

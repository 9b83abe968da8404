package votes

import "prosumer/internal/fault"

// The refusals of this package.
var (
	ErrSignIn      = fault.New(fault.SignIn, "votes.sign_in", "Sign in to vote. Your choice is kept.")
	ErrOwnIdea     = fault.New(fault.Forbidden, "votes.own_idea", "This is your own idea, so your vote does not count on it.")
	ErrClosed      = fault.New(fault.Conflict, "votes.closed", "Voting on this idea has closed.")
	ErrUnconfirmed = fault.New(fault.Forbidden, "votes.unconfirmed", "Confirm your e-mail address and your vote counts. We have kept it.")
	ErrNoScore     = fault.New(fault.Invalid, "votes.no_score", "This idea asks for your support, not for a score.")
	ErrBusy        = fault.New(fault.Busy, "votes.busy", "Very many people are voting right now. Try again in a moment.")
	ErrStopping    = fault.New(fault.Busy, "votes.stopping", "The server is restarting. Try again in a moment.")
)

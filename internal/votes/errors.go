package votes

import "prosumer/internal/fault"

// The refusals of this package.
var (
	ErrSignIn      = fault.New(fault.SignIn, "votes.sign_in", "Sign in to vote. Your choice is kept.")
	ErrOwnIdea     = fault.New(fault.Forbidden, "votes.own_idea", "This is your own idea, so your vote does not count on it.")
	ErrUnconfirmed = fault.New(fault.Forbidden, "votes.unconfirmed", "Confirm your e-mail address and your vote counts. We have kept it.")
	ErrBarred      = fault.New(fault.Forbidden, "votes.barred", "A moderator has suspended your voting for now. The message you got says why and until when.")
	ErrClosed      = fault.New(fault.Conflict, "votes.closed", "Voting on this idea has closed.")
	ErrEarly       = fault.New(fault.Conflict, "votes.early", "Voting in this challenge has not opened yet. Come back when it does.")
	ErrLate        = fault.New(fault.Conflict, "votes.late", "Voting in this challenge has closed.")
	ErrBudget      = fault.New(fault.Conflict, "votes.budget", "You have used all your votes in this challenge. Take one back first.")
	ErrMerged      = fault.New(fault.Conflict, "votes.merged", "This idea was merged into another. Vote on that one.")
	ErrWithdrawn   = fault.New(fault.Conflict, "votes.withdrawn", "Its contributor has withdrawn this idea.")
	ErrScoreRange  = fault.New(fault.Invalid, "votes.score_range", "A score is a whole number from 1 to 5.")
	ErrNoScore     = fault.New(fault.Invalid, "votes.no_score", "This idea asks for your support, not for a score.")
	ErrScoreWanted = fault.New(fault.Invalid, "votes.score_wanted", "This idea asks for a score from 1 to 5.")
	ErrBusy        = fault.New(fault.Busy, "votes.busy", "Very many people are voting right now. Try again in a moment.")
	ErrStopping    = fault.New(fault.Busy, "votes.stopping", "The server is restarting. Try again in a moment.")
)

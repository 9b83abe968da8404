package comments

import "prosumer/internal/fault"

// The refusals of this package.
var (
	ErrNotFound    = fault.New(fault.NotFound, "comments.not_found", "This comment does not exist, or you may not see it.")
	ErrSignIn      = fault.New(fault.SignIn, "comments.sign_in", "Sign in to join the talk. What you typed is kept.")
	ErrUnconfirmed = fault.New(fault.Forbidden, "comments.unconfirmed", "Confirm your e-mail address first, and then join the talk.")
	ErrClosed      = fault.New(fault.Conflict, "comments.closed", "This idea is not public, so nothing can be said about it.")
	ErrLocked      = fault.New(fault.Conflict, "comments.locked", "The talk about this idea was closed. You can read it, and no longer add to it.")
	ErrGone        = fault.New(fault.Conflict, "comments.gone", "This comment was taken away a moment ago, so it can no longer be answered or changed.")
	ErrNotYours    = fault.New(fault.Forbidden, "comments.not_yours", "Only who wrote a comment may change it.")
	ErrModerators  = fault.New(fault.Forbidden, "comments.moderators_only", "Only moderators and the team may do this.")
	ErrTeamOnly    = fault.New(fault.Forbidden, "comments.team_only", "Only the product team may put a comment on top.")
	ErrNotHead     = fault.New(fault.Conflict, "comments.not_head", "Only a comment that begins a thread can be put on top.")
	ErrNoQuestion  = fault.New(fault.Conflict, "comments.no_question", "This comment is not a question.")
	ErrNotAsker    = fault.New(fault.Forbidden, "comments.not_asker", "Only who asked, the contributor and the team can say that a question has its answer.")
	ErrOwnThanks   = fault.New(fault.Forbidden, "comments.own_thanks", "You cannot thank yourself. Thank somebody who helped you.")
	ErrEdited      = fault.New(fault.Conflict, "comments.edited", "This comment was changed elsewhere since you opened it. Look at it as it is now.")
	ErrCursor      = fault.New(fault.Invalid, "comments.cursor", "This link to the next comments does not work. Begin again at the first.")

	errInvalid = fault.New(fault.Invalid, "invalid", "Some fields need another look.")
)

package ideas

import "prosumer/internal/fault"

// The refusals of this package.
var (
	ErrNotFound      = fault.New(fault.NotFound, "ideas.not_found", "This idea does not exist, or you may not see it.")
	ErrSignIn        = fault.New(fault.SignIn, "ideas.sign_in", "Sign in to propose an idea. What you typed is kept.")
	ErrNotYours      = fault.New(fault.Forbidden, "ideas.not_yours", "Only the contributor may change this idea.")
	ErrTeamOnly      = fault.New(fault.Forbidden, "ideas.team_only", "Only the product team may answer and decide.")
	ErrFrozen        = fault.New(fault.Conflict, "ideas.frozen", "This idea was decided, so its text stays as it is.")
	ErrMergedStill   = fault.New(fault.Conflict, "ideas.merged_still", "One of these ideas is merged with another. Undo that merge first.")
	ErrMove          = fault.New(fault.Conflict, "ideas.move", "The idea cannot go there from where it is now.")
	ErrMoved         = fault.New(fault.Conflict, "ideas.moved", "Somebody else changed this idea a moment ago. Look at it as it is now.")
	ErrUndoOver      = fault.New(fault.Conflict, "ideas.undo_over", "A decision can be undone within an hour, and that hour is over.")
	ErrNotDraft      = fault.New(fault.Conflict, "ideas.not_draft", "This idea was submitted already.")
	ErrUnconfirmed   = fault.New(fault.Forbidden, "ideas.unconfirmed", "Confirm your e-mail address first; your draft is kept.")
	ErrTemplate      = fault.New(fault.NotFound, "ideas.template_not_found", "There is no such template.")
	ErrTemplateTaken = fault.New(fault.Invalid, "ideas.template_taken", "There is already a template with this name.")
	ErrTooMany       = fault.New(fault.TooMany, "ideas.too_many_drafts", "You have very many drafts. Submit or delete some first.")

	errInvalid = fault.New(fault.Invalid, "invalid", "Some fields need another look.")
)

package accounts

import (
	"prosumer/internal/fault"
)

// The refusals of this package.
var (
	ErrEmailTaken    = fault.New(fault.Conflict, "accounts.email_taken", "There is already an account with this e-mail address. Sign in instead.")
	ErrHandleTaken   = fault.New(fault.Invalid, "accounts.handle_taken", "Somebody already has this handle. Choose another.")
	ErrWrong         = fault.New(fault.Invalid, "accounts.wrong", "This e-mail address and password do not go together.")
	ErrTooMany       = fault.New(fault.TooMany, "accounts.too_many", "Too many attempts. Wait a little and try again.")
	ErrHashingBusy   = fault.New(fault.Busy, "accounts.hashing_busy", "Many people are signing in right now. Try again in a moment.")
	ErrNotFound      = fault.New(fault.NotFound, "accounts.not_found", "There is no such person here.")
	ErrLinkUsed      = fault.New(fault.Conflict, "accounts.link_used", "This link was used already or has run out. Ask for a new one.")
	ErrSignIn        = fault.New(fault.SignIn, "accounts.sign_in", "Sign in first.")
	ErrForbidden     = fault.New(fault.Forbidden, "accounts.forbidden", "This is for people with another role.")
	ErrScope         = fault.New(fault.Forbidden, "accounts.scope", "This token does not have the scope that this asks for.")
	ErrToken         = fault.New(fault.SignIn, "accounts.token", "This token is unknown, has run out or was revoked.")
	ErrClosed        = fault.New(fault.Forbidden, "accounts.sign_up_closed", "New accounts are not open here.")
	ErrLastAdmin     = fault.New(fault.Conflict, "accounts.last_admin", "There must always be one admin.")
	ErrTokenNotFound = fault.New(fault.NotFound, "accounts.token_not_found", "There is no such token.")

	errInvalid = fault.New(fault.Invalid, "invalid", "Some fields need another look.")
)

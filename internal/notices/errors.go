package notices

import "prosumer/internal/fault"

// The refusals of this package.
var (
	ErrSignIn = fault.New(fault.SignIn, "notices.sign_in", "Sign in to follow ideas and to read your notices.")
	ErrLink   = fault.New(fault.NotFound, "notices.link", "This link does not work. Sign in and change what you get by mail in your settings.")
	ErrTarget = fault.New(fault.NotFound, "notices.target", "There is nothing here to follow.")
	ErrGone   = fault.New(fault.NotFound, "notices.gone", "This notice is not here any more.")
	ErrMute   = fault.New(fault.Invalid, "notices.mute", "This cannot be muted.")
	ErrChoice = fault.New(fault.Invalid, "notices.choice", "This is no choice of what comes when.")
	ErrAdmin  = fault.New(fault.Forbidden, "notices.admin", "Only an administrator looks after the mails.")
)

package notices

import "prosumer/internal/fault"

// The refusals of this package.
var (
	ErrSignIn = fault.New(fault.SignIn, "notices.sign_in", "Sign in to follow ideas and to read your notices.")
	ErrLink   = fault.New(fault.NotFound, "notices.link", "This link does not work. Sign in and change what you get by mail in your settings.")
)

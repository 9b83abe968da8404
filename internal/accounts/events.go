package accounts

// The facts this package announces through the outbox.
const (
	TopicLinkWanted = "accounts.link_wanted"
	TopicConfirmed  = "accounts.confirmed"
	TopicErasing    = "accounts.erasing"
)

// LinkWanted asks for a link by mail. It is written for known and unknown
// addresses alike, so that asking takes the same time; the link itself is made
// when the fact is delivered and is never stored in clear.
type LinkWanted struct {
	EmailKey string
	Purpose  Purpose
	Next     string
	Browser  []byte // hash of the asking browser's secret
}

// Confirmed says that an account's address was reached for the first time.
type Confirmed struct{ Account ID }

// Erasing says that somebody asked to be erased, and may still think again. The
// package owndata writes it.
type Erasing struct{ Account ID }

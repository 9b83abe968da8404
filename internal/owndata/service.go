package owndata

import (
	"log/slog"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/comments"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/votes"
)

// The refusals of this package.
var (
	ErrBusy   = fault.New(fault.Busy, "owndata.busy", "Others are fetching their data right now. Try again in a minute.")
	ErrHandle = fault.New(fault.Invalid, "owndata.handle", "Type your own handle, so that this does not happen by mistake.").With("handle", "owndata.handle")
)

// Parts are the services that an erasure goes through.
type Parts struct {
	Accounts *accounts.Service
	Ideas    *ideas.Service
	Votes    *votes.Service
	Comments *comments.Service
	Pictures *media.Service
	Log      *slog.Logger
}

// Grace is how long somebody who asked to be erased may think again.
const Grace = 7 * 24 * time.Hour

// exports is how many ZIPs are made at once.
const exports = 2

// Service gathers and forgets.
type Service struct {
	db    *sqlx.DB
	parts Parts
	grace time.Duration
	turns chan struct{}
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, parts Parts) *Service {
	if parts.Log == nil {
		parts.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{db: db, parts: parts, grace: Grace, turns: make(chan struct{}, exports)}
}

// WithGrace sets how long somebody may think again: for tests.
func (s *Service) WithGrace(d time.Duration) *Service {
	s.grace = d
	return s
}

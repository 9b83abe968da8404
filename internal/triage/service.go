package triage

import (
	"github.com/jmoiron/sqlx"

	"prosumer/internal/ideas"
	"prosumer/internal/notices"
)

// Options says how long the team has.
type Options struct {
	AnswerDays   int // working days until a first answer is due
	DecisionDays int // days until a decision is due
}

// Service is the team's work on ideas.
type Service struct {
	db      *sqlx.DB
	ideas   *ideas.Service
	notices *notices.Service
	opts    Options
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, i *ideas.Service, n *notices.Service, opts Options) *Service {
	return &Service{db: db, ideas: i, notices: n, opts: opts}
}

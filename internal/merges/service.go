package merges

import (
	"github.com/jmoiron/sqlx"

	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/votes"
)

// Service merges ideas.
type Service struct {
	db      *sqlx.DB
	ideas   *ideas.Service
	notices *notices.Service
	changed func([]votes.Tally) // hears of tallies after the commit
}

// NewService makes the service over db; changed hears of every tally that a
// merge or unmerge moved, once it is committed.
func NewService(db *sqlx.DB, i *ideas.Service, n *notices.Service, changed func([]votes.Tally)) *Service {
	return &Service{db: db, ideas: i, notices: n, changed: changed}
}

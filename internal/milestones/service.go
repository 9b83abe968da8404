package milestones

import (
	"github.com/jmoiron/sqlx"

	"prosumer/internal/ideas"
	"prosumer/internal/notices"
)

// Service looks after the milestones of ideas.
type Service struct {
	db      *sqlx.DB
	ideas   *ideas.Service
	notices *notices.Service
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, i *ideas.Service, n *notices.Service) *Service {
	return &Service{db: db, ideas: i, notices: n}
}

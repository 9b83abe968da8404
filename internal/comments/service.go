package comments

import (
	"github.com/jmoiron/sqlx"

	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// Service keeps the talk.
type Service struct {
	db      *sqlx.DB
	talks   *pg.Prepared
	ideas   *ideas.Service
	notices *notices.Service
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, list *ideas.Service, people *notices.Service) *Service {
	return &Service{db: db, talks: pg.NewPrepared(db), ideas: list, notices: people}
}

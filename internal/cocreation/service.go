package cocreation

import (
	"github.com/jmoiron/sqlx"

	"prosumer/internal/comments"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
)

// Service takes up suggestions and gives the credit for them.
type Service struct {
	db       *sqlx.DB
	ideas    *ideas.Service
	comments *comments.Service
	notices  *notices.Service
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, list *ideas.Service, talk *comments.Service, people *notices.Service) *Service {
	return &Service{db: db, ideas: list, comments: talk, notices: people}
}

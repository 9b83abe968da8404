package owndata

import (
	"github.com/jmoiron/sqlx"

	"prosumer/internal/media"
)

// Service gathers and forgets.
type Service struct {
	db       *sqlx.DB
	pictures *media.Service
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, pictures *media.Service) *Service {
	return &Service{db: db, pictures: pictures}
}

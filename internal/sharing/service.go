package sharing

import "github.com/jmoiron/sqlx"

// Service knows who shared what.
type Service struct{ db *sqlx.DB }

// NewService makes the service over db.
func NewService(db *sqlx.DB) *Service { return &Service{db: db} }

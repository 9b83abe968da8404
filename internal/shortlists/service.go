package shortlists

import (
	"github.com/jmoiron/sqlx"

	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

// Service is what the team does with shortlists.
type Service struct {
	db       *sqlx.DB
	ideas    *ideas.Service
	products *products.Service
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, i *ideas.Service, p *products.Service) *Service {
	return &Service{db: db, ideas: i, products: p}
}

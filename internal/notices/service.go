package notices

import "github.com/jmoiron/sqlx"

// Service tells people.
type Service struct {
	db       *sqlx.DB
	pageSize int
	silent   bool
}

// pageSize is how many readers are told in one transaction.
const pageSize = 1000

// NewService makes the service over db.
func NewService(db *sqlx.DB) *Service { return &Service{db: db, pageSize: pageSize} }

// Silent makes a service that tells nobody: for what is made up, such as the
// demo data.
func Silent(db *sqlx.DB) *Service { return &Service{db: db, pageSize: pageSize, silent: true} }

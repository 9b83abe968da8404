package notices

import (
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// Service tells people.
type Service struct {
	db       *sqlx.DB
	badges   *pg.Prepared // what every page of a member asks
	pageSize int
	silent   bool
	wait     time.Duration
	told     func([]accounts.ID)
}

// pageSize is how many readers are told in one transaction.
const pageSize = 1000

// NewService makes the service over db.
func NewService(db *sqlx.DB) *Service {
	return &Service{db: db, badges: pg.NewPrepared(db), pageSize: pageSize, wait: Grace, told: func([]accounts.ID) {}}
}

// Silent makes a service that tells nobody: for what is made up, such as the
// demo data.
func Silent(db *sqlx.DB) *Service {
	s := NewService(db)
	s.silent = true
	return s
}

// WithGrace sets how long the mail about a decision waits; 0 for not at all.
func (s *Service) WithGrace(wait time.Duration) *Service {
	s.wait = wait
	return s
}

// OnTold has somebody hear, after the commit, whose inbox has changed. It must
// not block.
func (s *Service) OnTold(told func([]accounts.ID)) { s.told = told }

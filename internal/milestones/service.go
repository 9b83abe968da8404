package milestones

import (
	"log/slog"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/votes"
)

// Options says what votes count for.
type Options struct {
	Days   int // an open idea's time; 0: it never runs out
	Ladder Ladder
	Now    func() time.Time // a test's clock; nil for the database's own
	Log    *slog.Logger
}

// Service looks after the milestones of ideas.
type Service struct {
	db      *sqlx.DB
	ideas   *ideas.Service
	notices *notices.Service
	opts    Options

	mu       sync.Mutex
	dirty    map[ideas.ID]bool
	unsealed time.Time // by the database's clock: seals that ended before are known
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, i *ideas.Service, n *notices.Service, opts Options) *Service {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{db: db, ideas: i, notices: n, opts: opts, dirty: map[ideas.ID]bool{}}
}

// Changed notes the ideas whose tallies changed and could have reached one.
func (s *Service) Changed(changed []votes.Tally) {
	least, any := s.opts.Ladder.least()
	if !any {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range changed {
		if t.Voters >= least {
			s.dirty[t.Idea] = true
		}
	}
}

// take gives what was noted, and forgets it.
func (s *Service) take() []ideas.ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]ideas.ID, 0, len(s.dirty))
	for id := range s.dirty {
		list = append(list, id)
	}
	clear(s.dirty)
	return list
}

// putBack notes again what could not be looked at.
func (s *Service) putBack(list []ideas.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range list {
		s.dirty[id] = true
	}
}

// Rules are an open idea's days, 0 for no end, and its milestones.
func (s *Service) Rules() (days int, ladder Ladder) { return s.opts.Days, s.opts.Ladder }

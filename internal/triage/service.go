package triage

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
)

// Options says how long the team has, and where its days begin.
type Options struct {
	AnswerDays   int              // working days until a first answer is due
	DecisionDays int              // days until a decision is due
	Zone         *time.Location   // of the site; UTC when nil
	Now          func() time.Time // time.Now when nil
}

// Service is the team's work on ideas.
type Service struct {
	db      *sqlx.DB
	ideas   *ideas.Service
	notices *notices.Service
	opts    Options
	now     func() time.Time

	mu   sync.Mutex
	kept map[int64]keptDuty // by the day it counts from
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, i *ideas.Service, n *notices.Service, opts Options) *Service {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	return &Service{db: db, ideas: i, notices: n, opts: opts, now: opts.Now, kept: map[int64]keptDuty{}}
}

// Terms is the answer duty as it is set.
func (s *Service) Terms() Terms {
	return Terms{AnswerDays: s.opts.AnswerDays, DecisionDays: s.opts.DecisionDays, Zone: s.opts.Zone}
}

// Colleague is somebody of the product team.
type Colleague struct {
	ID     accounts.ID `db:"id"`
	Name   string      `db:"name"`
	Handle string      `db:"handle"`
	Face   *string     `db:"picture_id"`
}

// teamRoles are the roles of those who decide, as SQL.
const teamRoles = `'{team,admin}'`

// Team lists those who can look after an idea, by name; for the team alone.
func (s *Service) Team(ctx context.Context, actor accounts.Actor) ([]Colleague, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return nil, err
	}
	var list []Colleague
	const query = `SELECT id, name, handle, picture_id FROM accounts WHERE roles && ` + teamRoles + ` ORDER BY lower(name), id`
	if err := s.db.SelectContext(ctx, &list, query); err != nil {
		return nil, fmt.Errorf("the team: %w", err)
	}
	return list, nil
}

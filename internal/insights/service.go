package insights

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
)

// ErrPeriod refuses a period that is not on offer.
var ErrPeriod = fault.New(fault.NotFound, "insights.period", "There is no report of that period.")

// keepFor is how long a report is shown before it is made anew.
const keepFor = time.Hour

// Service makes reports.
type Service struct {
	db   *sqlx.DB
	zone *time.Location
	now  func() time.Time
}

// NewService makes the service over db; days begin and end by zone.
func NewService(db *sqlx.DB, zone *time.Location, now func() time.Time) *Service {
	return &Service{db: db, zone: zone, now: now}
}

// Report gives the report of a period, at most an hour old; for the product
// team. It returns ErrPeriod for a period that is not on offer. One that must be
// made first costs a pass over the period's votes.
func (s *Service) Report(ctx context.Context, actor accounts.Actor, days Period) (Report, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return Report{}, err
	}
	if !days.Known() {
		return Report{}, ErrPeriod
	}
	kept, err := s.kept(ctx, days)
	if err != nil || s.now().Sub(kept.At) < keepFor {
		return kept, err
	}
	return s.make(ctx, days)
}

// Refresh makes the reports anew that are older than an hour, so that no page
// waits for them.
func (s *Service) Refresh(ctx context.Context) error {
	for _, days := range Periods {
		kept, err := s.kept(ctx, days)
		if err != nil {
			return err
		}
		if s.now().Sub(kept.At) < keepFor {
			continue
		}
		if _, err := s.make(ctx, days); err != nil {
			return err
		}
	}
	return nil
}

// kept is the report as it was last made; its time is zero when there is none.
func (s *Service) kept(ctx context.Context, days Period) (Report, error) {
	var raw []byte
	err := s.db.GetContext(ctx, &raw, `SELECT report FROM insights WHERE days = $1`, days)
	if errors.Is(err, sql.ErrNoRows) {
		return Report{}, nil
	}
	if err != nil {
		return Report{}, fmt.Errorf("report of %d days: %w", days, err)
	}
	var r Report
	if err := json.Unmarshal(raw, &r); err != nil {
		return Report{}, nil // written by another version: made anew
	}
	return r, nil
}

func (s *Service) make(ctx context.Context, days Period) (Report, error) {
	r := Report{Days: days, At: s.now()}
	local := r.At.In(s.zone)
	from := time.Date(local.Year(), local.Month(), local.Day()-int(days)+1, 0, 0, 0, 0, s.zone)
	for _, part := range []func(context.Context, *Report, time.Time) error{s.funnel, s.daily, s.topics, s.spread} {
		if err := part(ctx, &r, from); err != nil {
			return Report{}, err
		}
	}
	raw, err := json.Marshal(r)
	if err != nil {
		return Report{}, fmt.Errorf("write report: %w", err)
	}
	const keep = `INSERT INTO insights (days, report, at) VALUES ($1, $2, $3) ON CONFLICT (days) DO UPDATE SET report = excluded.report, at = excluded.at`
	if _, err := s.db.ExecContext(ctx, keep, days, raw, r.At); err != nil {
		return Report{}, fmt.Errorf("keep report: %w", err)
	}
	return r, nil
}

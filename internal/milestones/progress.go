package milestones

import (
	"time"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Reached is a milestone that an idea has behind it.
type Reached struct {
	Voters int       `db:"voters"`
	Days   int       `db:"days"`
	At     time.Time `db:"at"`
}

// Progress is how far votes have brought an idea. It holds no figure of its
// tally.
type Progress struct {
	Reached []Reached
	Next    *Step      // nil past the last
	Until   *time.Time // when its time is over; nil where it does not run
}

type progressRow struct {
	Status  ideas.Status `db:"status"`
	Opened  time.Time    `db:"opened_at"`
	Entered bool         `db:"entered"`
	Voters  *int         `db:"voters"`
	Days    *int         `db:"days"`
	At      *time.Time   `db:"at"`
}

// Part says how far votes have brought an idea.
func (s *Service) Part(id ideas.ID, into *Progress) pg.Part {
	const query = `
		SELECT i.status, i.opened_at, i.challenge_id IS NOT NULL AS entered, m.voters, m.days, m.at
		FROM ideas i LEFT JOIN milestones_reached m ON m.idea_id = i.id WHERE i.id = $1 ORDER BY m.voters`
	return pg.Ask(func(rows []progressRow) { *into = s.progress(rows) }, query, id)
}

func (s *Service) progress(rows []progressRow) Progress {
	var p Progress
	days := s.opts.Days
	for _, r := range rows {
		if r.Voters != nil {
			p.Reached = append(p.Reached, Reached{Voters: *r.Voters, Days: *r.Days, At: *r.At})
			days += *r.Days
		}
	}
	if step, ok := s.opts.Ladder.next(p.Reached); ok {
		p.Next = &step
	}
	if len(rows) > 0 && rows[0].Status == ideas.Open && !rows[0].Entered && s.opts.Days > 0 {
		until := rows[0].Opened.Add(time.Duration(days) * 24 * time.Hour)
		p.Until = &until
	}
	return p
}

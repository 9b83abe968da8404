package triage

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Duty says how well the answer duty is kept. It is public: it counts only ideas
// that everybody could see, and names nobody.
type Duty struct {
	Since      time.Time     // ideas that came from then on; zero: all
	Ideas      int           // that got an answer, or wait for one
	Answered   int           // of them
	MedianDays float64       // working days to the first answer, of those answered
	Median     time.Duration // the same by the clock, nights and weekends in it
	InTime     int           // answered by the day it was due
	Late       int           // answered after it, or not yet though it is past
	Waiting    int           // without an answer now, whenever they came
	Overdue    int           // of those: the day is past
	Undecided  int           // answered, and their decision overdue
}

// InTimeShare is the share that was answered in time, among those whose answer
// came or should have come; false where there is none of these.
func (d Duty) InTimeShare() (float64, bool) {
	if d.InTime+d.Late == 0 {
		return 0, false
	}
	return float64(d.InTime) / float64(d.InTime+d.Late), true
}

type keptDuty struct {
	duty Duty
	at   time.Time
}

// dutyKept is how old the figures may be: they are on a public page.
const dutyKept = 5 * time.Minute

// Duty counts ideas that came since a moment, by its day at the site; the zero
// time counts all. The figures may be five minutes old.
func (s *Service) Duty(ctx context.Context, since time.Time) (Duty, error) {
	terms, now := s.Terms(), s.now()
	key := int64(0)
	if !since.IsZero() {
		since = terms.start(terms.day(since))
		key = since.Unix()
	}
	s.mu.Lock()
	kept, ok := s.kept[key]
	s.mu.Unlock()
	if ok && now.Sub(kept.at) < dutyKept {
		return kept.duty, nil
	}
	d, err := s.count(ctx, terms, now, since)
	if err != nil {
		return Duty{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, old := range s.kept { // days that nobody asks for again
		if now.Sub(old.at) >= dutyKept {
			delete(s.kept, k)
		}
	}
	s.kept[key] = keptDuty{d, now}
	return d, nil
}

// counted are the ideas of the figures: those that were public, and either have
// an answer or wait for one.
const counted = `
	FROM ideas i WHERE i.submitted_at IS NOT NULL AND ` + came + ` >= $1 AND (i.answered_at IS NOT NULL OR ` + votable + `)
	  AND EXISTS (SELECT 1 FROM idea_history h WHERE h.idea_id = i.id AND h.kind = 'move' AND h.to_status = 'open')`

func (s *Service) count(ctx context.Context, terms Terms, now, since time.Time) (Duty, error) {
	d := Duty{Since: since}
	var days []struct { // ideas that came on one day and were answered on another
		Came     time.Time  `db:"came"`
		Answered *time.Time `db:"answered"`
		N        int        `db:"n"`
	}
	const byDay = `SELECT (` + came + ` AT TIME ZONE $2)::date AS came, (i.answered_at AT TIME ZONE $2)::date AS answered, count(*) AS n` + counted + ` GROUP BY 1, 2`
	if err := s.db.SelectContext(ctx, &days, byDay, since, terms.zone().String()); err != nil {
		return Duty{}, fmt.Errorf("answer duty: %w", err)
	}
	took, today := map[int]int{}, terms.day(now)
	for _, g := range days {
		came := dateOf(g.Came)
		due := addWorkingDays(came, terms.AnswerDays)
		d.Ideas += g.N
		switch {
		case g.Answered != nil:
			d.Answered += g.N
			took[workingDaysBetween(came, dateOf(*g.Answered))] += g.N
			if dateOf(*g.Answered).After(due) {
				d.Late += g.N
			} else {
				d.InTime += g.N
			}
		case due.Before(today):
			d.Late += g.N
		}
	}
	d.MedianDays = median(took)
	var seconds float64
	const clock = `SELECT coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(extract(epoch FROM i.answered_at - ` + came + `), 0)), 0)` + counted + ` AND i.answered_at IS NOT NULL`
	if err := s.db.GetContext(ctx, &seconds, clock, since); err != nil {
		return Duty{}, fmt.Errorf("median answer time: %w", err)
	}
	d.Median = time.Duration(seconds * float64(time.Second))
	const open = `
		SELECT count(*) FILTER (WHERE ` + unsaid + `), count(*) FILTER (WHERE ` + unsaid + ` AND ` + came + ` < $3),
		       count(*) FILTER (WHERE i.answered_at IS NOT NULL AND ` + undecide + `)
		FROM ideas i WHERE ` + votable
	row := s.db.QueryRowxContext(ctx, open, terms.decisionBefore(now), today.Format(time.DateOnly), terms.answerBefore(now))
	if err := row.Scan(&d.Waiting, &d.Overdue, &d.Undecided); err != nil {
		return Duty{}, fmt.Errorf("open answers: %w", err)
	}
	return d, nil
}

// median is the middle of values of which there are so many each; of an even
// number the mean of the two in the middle.
func median(counts map[int]int) float64 {
	values, total := make([]int, 0, len(counts)), 0
	for v, n := range counts {
		values = append(values, v)
		total += n
	}
	if total == 0 {
		return 0
	}
	slices.Sort(values)
	at := func(rank int) int {
		for _, v := range values {
			if rank -= counts[v]; rank < 0 {
				return v
			}
		}
		return 0
	}
	return float64(at((total-1)/2)+at(total/2)) / 2
}

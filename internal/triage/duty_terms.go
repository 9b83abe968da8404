package triage

import (
	"time"

	"prosumer/internal/ideas"
)

// Terms is the answer duty: how long the team has, and in which zone its days
// begin and end. This is the one place that says when something is due.
type Terms struct {
	AnswerDays   int            // working days until a first answer is due
	DecisionDays int            // days until a decision is due
	Zone         *time.Location // of the site; UTC when nil
}

// Waiting is an idea as far as the duty is concerned.
type Waiting struct {
	Status      ideas.Status
	SubmittedAt *time.Time
	ImportedAt  *time.Time // an imported idea counts from here
	AnsweredAt  *time.Time // nil until there is a first answer
	DecideBy    *time.Time // a day set by hand, as PostgreSQL gives a date; nil for none
}

// Answer says when the first answer is due: at the end of a day. Zero once there
// is one, and where none is due.
func (t Terms) Answer(w Waiting) time.Time {
	if w.AnsweredAt != nil || w.SubmittedAt == nil || !w.Status.Votable() {
		return time.Time{}
	}
	return t.endOf(addWorkingDays(t.day(w.from()), t.AnswerDays))
}

// Decision says when the decision is due: on the day set by hand, else, for an
// idea that has its answer, so many days after it came. Zero where none is due.
func (t Terms) Decision(w Waiting) time.Time {
	switch {
	case w.SubmittedAt == nil || !w.Status.Votable():
		return time.Time{}
	case w.DecideBy != nil:
		return t.endOf(dateOf(*w.DecideBy))
	case w.AnsweredAt == nil:
		return time.Time{}
	default:
		return t.endOf(t.day(w.from()).AddDate(0, 0, t.DecisionDays))
	}
}

func (w Waiting) from() time.Time {
	if w.ImportedAt != nil {
		return *w.ImportedAt
	}
	return *w.SubmittedAt
}

func (t Terms) zone() *time.Location {
	if t.Zone == nil {
		return time.UTC
	}
	return t.Zone
}

// day is the calendar day of a moment at the site, written as midnight UTC, so
// that days can be counted without the hours that clocks are moved by.
func (t Terms) day(at time.Time) time.Time { return dateOf(at.In(t.zone())) }

// Today is the calendar day at the site, as midnight UTC.
func (t Terms) Today(now time.Time) time.Time { return t.day(now) }

func dateOf(at time.Time) time.Time {
	y, m, d := at.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// start and endOf are the first and the last second of a day at the site.
func (t Terms) start(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.zone())
}

func (t Terms) endOf(day time.Time) time.Time { return t.start(day.AddDate(0, 0, 1)).Add(-time.Second) }

// answerBefore is the moment before which an idea came that should have had its
// answer by now: what a query compares with.
func (t Terms) answerBefore(now time.Time) time.Time {
	today := t.day(now)
	day := today
	for !addWorkingDays(day, t.AnswerDays).Before(today) {
		day = day.AddDate(0, 0, -1)
	}
	return t.start(day.AddDate(0, 0, 1))
}

// decisionBefore is the same for decisions.
func (t Terms) decisionBefore(now time.Time) time.Time {
	return t.start(t.day(now).AddDate(0, 0, -t.DecisionDays))
}

func working(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// addWorkingDays gives the day that is so many working days after another.
func addWorkingDays(day time.Time, days int) time.Time {
	for days > 0 {
		day = day.AddDate(0, 0, 1)
		if working(day) {
			days--
		}
	}
	return day
}

// workingDaysBetween counts the working days after one day, up to another: what
// addWorkingDays would add to come there.
func workingDaysBetween(from, to time.Time) int {
	if !from.Before(to) {
		return 0
	}
	days := int(to.Sub(from) / (24 * time.Hour))
	n := days / 7 * 5
	for day := from.AddDate(0, 0, days/7*7); day.Before(to); {
		if day = day.AddDate(0, 0, 1); working(day) {
			n++
		}
	}
	return n
}

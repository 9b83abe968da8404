package triage

import (
	"context"
	"fmt"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// EventKind is what somebody of the team did about an idea.
type EventKind string

// The kinds of events.
const (
	Assigned    EventKind = "assigned"
	DueSet      EventKind = "decide_by"
	Noted       EventKind = "note"
	NoteEdited  EventKind = "note_edited"
	NoteRemoved EventKind = "note_removed"
	Snoozed     EventKind = "snoozed"
	Woken       EventKind = "woken"
	Entered     EventKind = "entered"
)

// Event is one row of the private history of an idea.
type Event struct {
	ID    int64       `db:"id"`
	Kind  EventKind   `db:"kind"`
	By    accounts.ID `db:"actor_id"`
	Name  string      `db:"by_name"`
	About *string     `db:"about_name"` // assigned: the owner's name; nil for nobody
	Day   *time.Time  `db:"day"`
	At    time.Time   `db:"at"`
}

// Events gives what the team did about an idea, in order; for the team alone.
func (s *Service) Events(ctx context.Context, actor accounts.Actor, idea ideas.ID) ([]Event, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return nil, err
	}
	const query = `
		SELECT e.id, e.kind, e.actor_id, a.name AS by_name, o.name AS about_name, e.day, e.at
		FROM triage_events e JOIN accounts a ON a.id = e.actor_id LEFT JOIN accounts o ON o.id = e.about_id
		WHERE e.idea_id = $1 ORDER BY e.id`
	var list []Event
	if err := s.db.SelectContext(ctx, &list, query, idea); err != nil {
		return nil, fmt.Errorf("events of idea %d: %w", idea, err)
	}
	return list, nil
}

// note writes an event in the caller's transaction and gives its number.
func note(ctx context.Context, tx pg.Q, idea ideas.ID, kind EventKind, by accounts.ID, about *accounts.ID, day *time.Time) (id int64, err error) {
	const query = `INSERT INTO triage_events (idea_id, kind, actor_id, about_id, day) VALUES ($1, $2, $3, $4, $5) RETURNING id`
	if err := tx.QueryRowxContext(ctx, query, idea, kind, by, about, sqlDay(day)).Scan(&id); err != nil {
		return 0, fmt.Errorf("note %s of idea %d: %w", kind, idea, err)
	}
	return id, nil
}

// sqlDay writes a day as PostgreSQL reads a date, whatever the zone of the session.
func sqlDay(day *time.Time) *string {
	if day == nil {
		return nil
	}
	written := day.Format(time.DateOnly)
	return &written
}

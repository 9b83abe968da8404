package notices

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"prosumer/internal/accounts"
)

// Scope is what somebody wants to hear no more of.
type Scope string

// The scopes, each with the name that it takes.
const (
	MuteIdea   Scope = "idea"   // its number; what concerns its reader alone still comes
	MuteThread Scope = "thread" // the number of the comment it begins with
	MuteKind   Scope = "kind"   // of notices
)

// Mute is one thing that somebody wants to hear no more of.
type Mute struct {
	Scope Scope  `db:"scope"`
	Name  string `db:"name"`
	Title string `db:"title"` // of the idea that it is, or that the thread is about
	Idea  int64  `db:"idea"`
}

var number = regexp.MustCompile(`^[1-9][0-9]{0,17}$`)

func (m Mute) valid() bool {
	if m.Scope == MuteKind {
		return slices.Contains(Kinds, Kind(m.Name))
	}
	return (m.Scope == MuteIdea || m.Scope == MuteThread) && number.MatchString(m.Name)
}

// Mute has the actor told no more of it. Muting twice is muting.
func (s *Service) Mute(ctx context.Context, actor accounts.Actor, m Mute) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	if !m.valid() {
		return ErrMute
	}
	const query = `INSERT INTO notice_mutes (account_id, scope, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
	if _, err := s.db.ExecContext(ctx, query, actor.ID, m.Scope, m.Name); err != nil {
		return fmt.Errorf("mute %s %s: %w", m.Scope, m.Name, err)
	}
	return nil
}

// Unmute takes that back.
func (s *Service) Unmute(ctx context.Context, actor accounts.Actor, m Mute) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	if !m.valid() {
		return ErrMute
	}
	if _, err := s.db.ExecContext(ctx, `DELETE FROM notice_mutes WHERE account_id = $1 AND scope = $2 AND name = $3`, actor.ID, m.Scope, m.Name); err != nil {
		return fmt.Errorf("unmute %s %s: %w", m.Scope, m.Name, err)
	}
	return nil
}

// Mutes lists what the actor muted, the latest first.
func (s *Service) Mutes(ctx context.Context, actor accounts.Actor) ([]Mute, error) {
	if actor.Visitor() {
		return nil, ErrSignIn
	}
	const query = `
		SELECT m.scope, m.name, coalesce(i.title, '') AS title, coalesce(i.id, 0) AS idea
		FROM notice_mutes m
		LEFT JOIN comments k ON m.scope = 'thread' AND k.id = CASE WHEN m.scope = 'thread' THEN m.name::bigint END
		LEFT JOIN ideas i ON i.id = CASE m.scope WHEN 'idea' THEN m.name::bigint WHEN 'thread' THEN k.idea_id END
		  AND (i.contributor_id = $1 OR NOT i.hidden AND i.status NOT IN ('draft', 'held', 'withdrawn'))
		WHERE m.account_id = $1 ORDER BY m.at DESC LIMIT 200`
	var list []Mute
	if err := s.db.SelectContext(ctx, &list, query, actor.ID); err != nil {
		return nil, fmt.Errorf("mutes of account %d: %w", actor.ID, err)
	}
	return list, nil
}

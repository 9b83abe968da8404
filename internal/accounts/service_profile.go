package accounts

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/lib/pq"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

// Profile is what a person says of themselves.
type Profile struct {
	Name, Handle, Bio, Lang string
	Links                   []string
	Visibility              Visibility
	PictureID               *string
}

// Lengths of a profile's fields, as the database holds them.
const (
	maxName  = 80
	maxBio   = 500
	maxLinks = 5
)

// Check tidies the profile and names what is wrong with it.
func (p *Profile) Check() error {
	var c fault.Check
	p.Name = clean.Line(p.Name)
	p.Handle = strings.ToLower(strings.TrimSpace(p.Handle))
	p.Bio = strings.TrimSpace(strings.ReplaceAll(p.Bio, "\r\n", "\n"))
	c.Need(clean.ValidText(p.Bio), "bio", "accounts.text_broken")
	c.Need(p.Name != "", "name", "accounts.name_missing")
	c.Need(len([]rune(p.Name)) <= maxName, "name", "accounts.name_long")
	c.Need(len([]rune(p.Bio)) <= maxBio, "bio", "accounts.bio_long")
	c.Need(validHandle(p.Handle), "handle", "accounts.handle_shape")
	p.Links = slices.DeleteFunc(p.Links, func(l string) bool { return strings.TrimSpace(l) == "" })
	c.Need(len(p.Links) <= maxLinks, "links", "accounts.links_many")
	for i, l := range p.Links {
		p.Links[i] = strings.TrimSpace(l)
		u, err := url.Parse(p.Links[i])
		ok := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && len(l) <= 300 && clean.ValidText(l)
		c.Need(ok, "links", "accounts.link_shape")
	}
	switch p.Visibility {
	case Full, Name, Hidden:
	default:
		p.Visibility = Full
	}
	if p.Lang != "nl" {
		p.Lang = "en"
	}
	return c.Err()
}

// SetProfile stores the actor's own profile. A taken handle is ErrHandleTaken.
func (s *Service) SetProfile(ctx context.Context, actor Actor, p Profile) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	if err := p.Check(); err != nil {
		return err
	}
	const query = `
		UPDATE accounts SET name = $2, handle = $3, bio = $4, lang = $5, links = $6, visibility = $7, picture_id = coalesce($8, picture_id)
		WHERE id = $1`
	_, err := s.db.ExecContext(ctx, query, actor.ID, p.Name, p.Handle, p.Bio, p.Lang, pq.Array(p.Links), p.Visibility, p.PictureID)
	if pg.Violates(err, "accounts_handle_key") {
		return ErrHandleTaken.With("handle", "accounts.handle_taken")
	}
	if err != nil {
		return fmt.Errorf("profile of account %d: %w", actor.ID, err)
	}
	s.actors.InvalidateAll()
	return nil
}

// SetLang stores the language the actor reads in.
func (s *Service) SetLang(ctx context.Context, actor Actor, lang string) error {
	if actor.Visitor() || (lang != "en" && lang != "nl") {
		return nil
	}
	if _, err := s.db.ExecContext(ctx, `UPDATE accounts SET lang = $2 WHERE id = $1`, actor.ID, lang); err != nil {
		return fmt.Errorf("language of account %d: %w", actor.ID, err)
	}
	s.actors.InvalidateAll()
	return nil
}

// Sessions lists where the actor is signed in, the latest use first.
func (s *Service) Sessions(ctx context.Context, actor Actor) ([]Session, error) {
	var list []Session
	const query = `SELECT public_id, agent, created_at, seen_at FROM sessions WHERE account_id = $1 ORDER BY seen_at DESC LIMIT 100`
	if err := s.db.SelectContext(ctx, &list, query, actor.ID); err != nil {
		return nil, fmt.Errorf("sessions: %w", err)
	}
	return list, nil
}

// EndSession ends one of the actor's sessions.
func (s *Service) EndSession(ctx context.Context, actor Actor, publicID string) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM sessions WHERE account_id = $1 AND public_id = $2`, actor.ID, publicID); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	s.forget([]string{publicID})
	return nil
}

// EndOtherSessions ends all of the actor's sessions but the one in use.
func (s *Service) EndOtherSessions(ctx context.Context, actor Actor) error {
	ended, err := endSessions(ctx, s.db, actor.ID, actor.Session)
	if err != nil {
		return err
	}
	s.forget(ended)
	return nil
}

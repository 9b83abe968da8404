package accounts

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

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
	PictureID               *string // nil leaves it as it is; empty takes it away
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
	p.Bio = tidyBio(&c, p.Bio)
	c.Need(p.Name != "", "name", "accounts.name_missing")
	c.Need(len([]rune(p.Name)) <= maxName, "name", "accounts.name_long")
	c.Need(validHandle(p.Handle), "handle", "accounts.handle_shape")
	p.Links = slices.DeleteFunc(append([]string{}, p.Links...), func(l string) bool { return strings.TrimSpace(l) == "" }) // never nil: NULL to the database
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

func tidyBio(c *fault.Check, bio string) string {
	bio = strings.TrimSpace(strings.ReplaceAll(bio, "\r\n", "\n"))
	c.Need(clean.ValidText(bio), "bio", "accounts.text_broken")
	c.Need(utf8.RuneCountInString(bio) <= maxBio, "bio", "accounts.bio_long")
	return bio
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
		UPDATE accounts SET name = $2, handle = $3, bio = $4, lang = $5, links = $6, visibility = $7,
		       picture_id = CASE WHEN $8::text IS NULL THEN picture_id ELSE NULLIF($8, '') END
		WHERE id = $1`
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := s.claimPicture(ctx, tx, actor, p.PictureID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, query, actor.ID, p.Name, p.Handle, p.Bio, p.Lang, pq.Array(p.Links), p.Visibility, p.PictureID)
		if pg.Violates(err, "accounts_handle_key") {
			return ErrHandleTaken.With("handle", "accounts.handle_taken")
		}
		if err != nil {
			return fmt.Errorf("profile of account %d: %w", actor.ID, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.actors.InvalidateAll()
	return nil
}

// claimPicture holds a new picture against its owner.
func (s *Service) claimPicture(ctx context.Context, tx pg.Q, actor Actor, id *string) error {
	if id == nil || *id == "" {
		return nil
	}
	if !clean.ValidText(*id) {
		return errInvalid.With("picture", "media.not_yours")
	}
	if s.opts.Pictures == nil {
		return nil
	}
	err := s.opts.Pictures.MarkUsed(ctx, tx, int64(actor.ID), []string{*id})
	if f := fault.Of(err); err != nil && f.Kind != fault.Internal {
		return errInvalid.With("picture", f.Code)
	}
	return err
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
	idle, whole := lifetimes(actor.Staff())
	var list []Session
	const query = `
		SELECT public_id, agent, created_at, seen_at FROM sessions
		WHERE account_id = $1 AND seen_at > now() - make_interval(secs => $2) AND created_at > now() - make_interval(secs => $3)
		ORDER BY seen_at DESC LIMIT 100`
	if err := s.db.SelectContext(ctx, &list, query, actor.ID, idle.Seconds(), whole.Seconds()); err != nil {
		return nil, fmt.Errorf("sessions: %w", err)
	}
	return list, nil
}

// EndSession ends one of the actor's sessions; of anybody else's it knows none.
func (s *Service) EndSession(ctx context.Context, actor Actor, publicID string) error {
	if !clean.ValidText(publicID) {
		return nil
	}
	done, err := s.db.ExecContext(ctx, `DELETE FROM sessions WHERE account_id = $1 AND public_id = $2`, actor.ID, publicID)
	if err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err
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

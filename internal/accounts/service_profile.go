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
	Name, Handle, Lang string
	Bio                string // as typed, with markup or without
	Links              []string
	Visibility         Visibility // one that is unknown leaves it as it is
	VotesOpen          bool
	PictureID, CoverID *string // nil leaves it as it is; empty takes it away
}

// Lengths of a profile's fields, as the database holds them.
const (
	maxName      = 80
	maxBio       = 500
	maxBioSource = 8192
	maxLinks     = 5
)

// Check tidies the profile and names what is wrong with it.
func (p *Profile) Check() error {
	var c fault.Check
	p.Name = clean.Line(p.Name)
	p.Handle = strings.ToLower(strings.TrimSpace(p.Handle))
	p.Bio = tidyBio(&c, p.Bio)
	checkBio(&c, p.Bio)
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
		p.Visibility = "" // nobody is shown more by a form that says nothing of it
	}
	if p.Lang != "nl" {
		p.Lang = "en"
	}
	return c.Err()
}

func tidyBio(c *fault.Check, bio string) string {
	bio = strings.TrimSpace(strings.ReplaceAll(bio, "\r\n", "\n"))
	c.Need(clean.ValidText(bio), "bio", "accounts.text_broken")
	return bio
}

// checkBio holds the words against what a profile has room for: the length is
// that of what is read, not of the markup, and there is no place for pictures.
func checkBio(c *fault.Check, bio string) {
	html, err := clean.Typed(bio)
	c.Need(err == nil && len(bio) <= maxBioSource && utf8.RuneCountInString(clean.Text(html)) <= maxBio, "bio", "accounts.bio_long")
	c.Need(len(clean.Images(html)) == 0, "bio", "accounts.bio_pictures")
}

// SetProfile stores the actor's own profile. A taken handle is ErrHandleTaken.
func (s *Service) SetProfile(ctx context.Context, actor Actor, p Profile) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	if err := p.Check(); err != nil {
		return err
	}
	bio, err := clean.Typed(p.Bio)
	if err != nil {
		return err
	}
	const query = `
		UPDATE accounts SET name = $2, handle = $3, bio = $4, lang = $5, links = $6, visibility = coalesce(nullif($7, ''), visibility),
		       picture_id = CASE WHEN $8::text IS NULL THEN picture_id ELSE NULLIF($8, '') END,
		       cover_id = CASE WHEN $9::text IS NULL THEN cover_id ELSE NULLIF($9, '') END,
		       bio_source = $10, bio_html = $11, policy_version = $12, votes_open = $13
		WHERE id = $1`
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := s.claimPicture(ctx, tx, actor, "picture", p.PictureID); err != nil {
			return err
		}
		if err := s.claimPicture(ctx, tx, actor, "cover", p.CoverID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, query, actor.ID, p.Name, p.Handle, clean.Text(bio), p.Lang, pq.Array(p.Links), p.Visibility, p.PictureID,
			p.CoverID, p.Bio, bio, clean.PolicyVersion, p.VotesOpen)
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
func (s *Service) claimPicture(ctx context.Context, tx pg.Q, actor Actor, field string, id *string) error {
	if id == nil || *id == "" {
		return nil
	}
	if !clean.ValidText(*id) {
		return errInvalid.With(field, "media.not_yours")
	}
	if s.opts.Pictures == nil {
		return nil
	}
	err := s.opts.Pictures.MarkUsed(ctx, tx, int64(actor.ID), []string{*id})
	if f := fault.Of(err); err != nil && f.Kind != fault.Internal {
		return errInvalid.With(field, f.Code)
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

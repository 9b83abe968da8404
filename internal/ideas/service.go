package ideas

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

// pictures is what this package asks of the pictures' own: that those named
// exist and belong to the owner, and that they are kept from now on.
type pictures interface {
	MarkUsed(ctx context.Context, q sqlx.ExtContext, owner int64, ids []string) error
}

// Options says how ideas behave.
type Options struct {
	HoldNewcomers bool                            // what an account proposes first waits for a moderator
	ImageOf       func(src string) (string, bool) // the picture a story's /media/ address names
	UndoWithin    time.Duration                   // how long a decision can be undone; an hour unless set
	Now           func() time.Time                // on which day something is seen; time.Now unless set
}

// Service is what people do with ideas.
type Service struct {
	db       *sqlx.DB
	pictures pictures
	opts     Options
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, p pictures, opts Options) *Service {
	if opts.UndoWithin == 0 {
		opts.UndoWithin = time.Hour
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	return &Service{db: db, pictures: p, opts: opts}
}

// ByID finds an idea as the actor may see it; ErrNotFound else.
func (s *Service) ByID(ctx context.Context, actor accounts.Actor, id ID) (Idea, error) {
	return byID(ctx, s.db, actor, id, "")
}

// ByIDs finds those of the ideas that the actor may see; the others are left out.
func (s *Service) ByIDs(ctx context.Context, actor accounts.Actor, list []ID) (map[ID]Idea, error) {
	found, err := byIDs(ctx, s.db, actor, list)
	if err != nil {
		return nil, err
	}
	seen := make(map[ID]Idea, len(found))
	for _, i := range found {
		seen[i.ID] = i
	}
	return seen, nil
}

// TextOf gives back what the contributor typed, to fill the form again.
func (s *Service) TextOf(ctx context.Context, actor accounts.Actor, id ID) (Idea, Text, error) {
	idea, err := byID(ctx, s.db, actor, id, "")
	if err != nil {
		return Idea{}, Text{}, err
	}
	t := Text{Title: idea.Title, Story: idea.Source}
	if idea.Topic != nil {
		t.Topic = *idea.Topic
	}
	if idea.Cover != nil {
		t.Cover = *idea.Cover
	}
	if t.Tags, err = tagsOf(ctx, s.db, id); err != nil {
		return Idea{}, Text{}, err
	}
	if idea.Status == Draft {
		if t.Challenge, err = meantFor(ctx, s.db, id); err != nil {
			return Idea{}, Text{}, err
		}
		if t.BuildsOn, err = buildsOn(ctx, s.db, id); err != nil {
			return Idea{}, Text{}, err
		}
	}
	t.Pictures, err = picturesOf(ctx, s.db, id)
	return idea, t, err
}

// SaveDraft stores an unfinished text: a new draft when id is 0, else the
// actor's own draft. It is safe to call on every pause in typing.
func (s *Service) SaveDraft(ctx context.Context, actor accounts.Actor, id ID, text Text) (ID, error) {
	if actor.Visitor() {
		return 0, ErrSignIn
	}
	t, err := text.tidy(false)
	if err != nil {
		return 0, err
	}
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		id, err = s.saveDraft(ctx, tx, actor, id, t)
		return err
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

func (s *Service) saveDraft(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, t tidied) (ID, error) {
	if id != 0 {
		if err := ownDraft(ctx, tx, actor, id); err != nil {
			return 0, err
		}
	} else {
		var drafts int
		const count = `SELECT count(*) FROM ideas WHERE contributor_id = $1 AND status = 'draft'`
		err := sqlx.GetContext(ctx, tx, &drafts, count, actor.ID)
		if err != nil {
			return 0, fmt.Errorf("count drafts: %w", err)
		}
		if drafts >= maxDrafts {
			return 0, ErrTooMany
		}
		if id, err = insertDraft(ctx, tx, actor.ID, nil); err != nil {
			return 0, err
		}
	}
	if err := s.claimPictures(ctx, tx, actor, t); err != nil {
		return 0, err
	}
	if err := writeText(ctx, tx, id, t, false, actor.ID); err != nil {
		return 0, err
	}
	if err := buildOn(ctx, tx, actor, id, t.BuildsOn); err != nil {
		return 0, err
	}
	return id, mean(ctx, tx, id, t.Challenge)
}

func ownDraft(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID) error {
	idea, err := byID(ctx, tx, actor, id, forUpdate)
	switch {
	case err != nil:
		return err
	case idea.Contributor != actor.ID:
		return ErrNotYours
	case idea.Status != Draft:
		return ErrNotDraft
	}
	return nil
}

// claimPictures holds every picture of the idea, those inside the story too,
// against their owner.
func (s *Service) claimPictures(ctx context.Context, tx pg.Q, actor accounts.Actor, t tidied) error {
	var shown, inStory []string
	for _, p := range t.Pictures {
		shown = append(shown, p.ID)
	}
	for _, src := range clean.Images(t.HTML) {
		id, ok := s.imageOf(src)
		if !ok {
			return errInvalid.With("story", "media.not_yours")
		}
		inStory = append(inStory, id)
	}
	if len(shown) > 0 {
		if err := s.pictures.MarkUsed(ctx, tx, int64(actor.ID), shown); err != nil {
			return asFault(err, "pictures")
		}
	}
	if len(inStory) > 0 {
		if err := s.pictures.MarkUsed(ctx, tx, int64(actor.ID), inStory); err != nil {
			return asFault(err, "story")
		}
	}
	return nil
}

func (s *Service) imageOf(src string) (string, bool) {
	if s.opts.ImageOf == nil {
		return "", false
	}
	return s.opts.ImageOf(src)
}

// Propose submits a text: a new idea when id is 0, else the actor's own draft,
// and enters it into the challenge it names. It opens, or is held where the
// topic, the challenge or the newcomer setting asks for it. What is missing is
// Invalid with fields; nothing is stored then.
func (s *Service) Propose(ctx context.Context, actor accounts.Actor, id ID, text Text) (Idea, error) {
	if actor.Visitor() {
		return Idea{}, ErrSignIn
	}
	t, err := text.tidy(true)
	if err != nil {
		return Idea{}, err
	}
	if !text.Accept {
		return Idea{}, errInvalid.With("accept_terms", "ideas.rules_not_accepted")
	}
	if !actor.Confirmed {
		return Idea{}, ErrUnconfirmed
	}
	var idea Idea
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if id == 0 {
			if id, err = insertDraft(ctx, tx, actor.ID, nil); err != nil {
				return err
			}
		} else if err := ownDraft(ctx, tx, actor, id); err != nil {
			return err
		}
		if err := s.claimPictures(ctx, tx, actor, t); err != nil {
			return err
		}
		if err := writeText(ctx, tx, id, t, false, actor.ID); err != nil {
			return err
		}
		if err := buildOn(ctx, tx, actor, id, t.BuildsOn); err != nil {
			return err
		}
		if err := enterNew(ctx, tx, actor, id, t.Text); err != nil {
			return err
		}
		to, err := s.firstStatus(ctx, tx, actor, id, t.Topic)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE ideas SET accepted_rules = $2 WHERE id = $1`, id, RulesVersion); err != nil {
			return fmt.Errorf("accept the rules: %w", err)
		}
		if err := move(ctx, tx, step{idea: id, from: Draft, to: to, actor: actor.ID}); err != nil {
			return err
		}
		idea, err = byID(ctx, tx, actor, id, "")
		return err
	})
	if err != nil {
		return Idea{}, err
	}
	return idea, nil
}

// firstStatus is Open, or Held where pre-moderation is on.
func (s *Service) firstStatus(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, topic string) (Status, error) {
	if actor.Moderates() || actor.Has(accounts.Trusted) {
		return Open, nil
	}
	const query = `
		SELECT coalesce((SELECT held FROM topics WHERE slug = $1), false)
		    OR EXISTS (SELECT 1 FROM ideas i JOIN challenges c ON c.id = i.challenge_id WHERE i.id = $4 AND c.premoderated)
		    OR ($2 AND NOT EXISTS (
		        SELECT 1 FROM ideas i JOIN idea_history h ON h.idea_id = i.id AND h.kind = 'move' AND h.to_status = 'open'
		        WHERE i.contributor_id = $3 AND i.status <> 'withdrawn' AND NOT i.hidden))`
	var held bool
	if err := sqlx.GetContext(ctx, tx, &held, query, topic, s.opts.HoldNewcomers, actor.ID, id); err != nil {
		return "", fmt.Errorf("pre-moderation: %w", err)
	}
	if held {
		return Held, nil
	}
	return Open, nil
}

// History gives every move and answer of an idea the actor may see, in order.
func (s *Service) History(ctx context.Context, actor accounts.Actor, id ID) ([]Entry, error) {
	if _, err := byID(ctx, s.db, actor, id, ""); err != nil {
		return nil, err
	}
	return historyOf(ctx, s.db, id)
}

// Versions gives what the idea said before each edit, the latest first.
func (s *Service) Versions(ctx context.Context, actor accounts.Actor, id ID) ([]Version, error) {
	if _, err := byID(ctx, s.db, actor, id, ""); err != nil {
		return nil, err
	}
	return versionsOf(ctx, s.db, id)
}

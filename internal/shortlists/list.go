package shortlists

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// ID names a shortlist.
type ID int64

// String writes the ID in decimal.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// List is a shortlist without what is on it.
type List struct {
	ID             ID             `db:"id"`
	Name           string         `db:"name"`
	Challenge      *challenges.ID `db:"challenge_id"` // nil: a free list
	ChallengeSlug  *string        `db:"challenge_slug"`
	ChallengeTitle *string        `db:"challenge_title"`
	Maker          string         `db:"maker"`
	CreatedAt      time.Time      `db:"created_at"`
	ClosedAt       *time.Time     `db:"closed_at"`
	Revision       int64          `db:"revision"` // of its prepared decisions
	PublishedAt    *time.Time     `db:"published_at"`
	PublishedBy    *string        `db:"published_by"`
	Ideas          int            `db:"ideas"`
	Criteria       int            `db:"criteria"`
	Cards          int            `db:"cards"`    // handed in, by everybody
	Mine           int            `db:"mine"`     // ideas that the reader handed a card in for
	Prepared       int            `db:"prepared"` // decisions that wait to be published
}

// Closed reports whether the list takes no more changes.
func (l List) Closed() bool { return l.ClosedAt != nil }

const listColumns = `
	l.id, l.name, l.challenge_id, h.slug AS challenge_slug, h.title AS challenge_title, a.name AS maker, l.created_at, l.closed_at,
	l.revision, l.published_at, b.name AS published_by,
	(SELECT count(*) FROM shortlist_entries e WHERE e.shortlist_id = l.id) AS ideas,
	(SELECT count(*) FROM shortlist_criteria c WHERE c.shortlist_id = l.id) AS criteria,
	(SELECT count(*) FROM score_cards s JOIN shortlist_entries e USING (shortlist_id, idea_id) WHERE s.shortlist_id = l.id AND s.handed_in_at IS NOT NULL) AS cards,
	(SELECT count(*) FROM score_cards s JOIN shortlist_entries e USING (shortlist_id, idea_id) WHERE s.shortlist_id = l.id AND s.handed_in_at IS NOT NULL AND s.reviewer_id = $1) AS mine,
	(SELECT count(*) FROM prepared_decisions d JOIN shortlist_entries e USING (shortlist_id, idea_id) WHERE d.shortlist_id = l.id AND d.published_at IS NULL) AS prepared`

const listJoins = `
	FROM shortlists l JOIN accounts a ON a.id = l.maker_id LEFT JOIN accounts b ON b.id = l.published_by LEFT JOIN challenges h ON h.id = l.challenge_id`

// Lists gives every shortlist, the open ones first, the newest first among them.
func (s *Service) Lists(ctx context.Context, actor accounts.Actor) ([]List, error) {
	return s.lists(ctx, actor, `ORDER BY l.closed_at IS NOT NULL, l.created_at DESC, l.id DESC`)
}

// Open gives the shortlists that an idea can be put on, by name.
func (s *Service) Open(ctx context.Context, actor accounts.Actor) ([]List, error) {
	return s.lists(ctx, actor, `WHERE l.closed_at IS NULL ORDER BY lower(l.name)`)
}

func (s *Service) lists(ctx context.Context, actor accounts.Actor, which string) ([]List, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return nil, err
	}
	var list []List
	if err := s.db.SelectContext(ctx, &list, `SELECT `+listColumns+listJoins+` `+which, actor.ID); err != nil {
		return nil, fmt.Errorf("shortlists: %w", err)
	}
	return list, nil
}

// ByID finds a shortlist; ErrNotFound when there is none.
func (s *Service) ByID(ctx context.Context, actor accounts.Actor, id ID) (List, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return List{}, err
	}
	return byID(ctx, s.db, actor, id)
}

func byID(ctx context.Context, q pg.Q, actor accounts.Actor, id ID) (List, error) {
	var l List
	err := sqlx.GetContext(ctx, q, &l, `SELECT `+listColumns+listJoins+` WHERE l.id = $2`, actor.ID, id)
	if errors.Is(err, sql.ErrNoRows) {
		return List{}, ErrNotFound
	}
	if err != nil {
		return List{}, fmt.Errorf("shortlist %d: %w", id, err)
	}
	return l, nil
}

// Create makes a list: of a challenge by its slug, or a free one.
func (s *Service) Create(ctx context.Context, actor accounts.Actor, name, challenge string) (ID, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return 0, err
	}
	name, err := tidyName(name)
	if err != nil {
		return 0, err
	}
	var of *challenges.ID
	if challenge != "" {
		err := sqlx.GetContext(ctx, s.db, &of, `SELECT id FROM challenges WHERE slug = $1`, clean.Line(challenge))
		if errors.Is(err, sql.ErrNoRows) {
			return 0, errInvalid.With("challenge", challenges.ErrNotFound.Code)
		}
		if err != nil {
			return 0, fmt.Errorf("challenge of a shortlist: %w", err)
		}
	}
	var id ID
	err = sqlx.GetContext(ctx, s.db, &id, `INSERT INTO shortlists (name, challenge_id, maker_id) VALUES ($1, $2, $3) RETURNING id`, name, of, actor.ID)
	return id, asTaken(err, name)
}

// Rename gives a list another name.
func (s *Service) Rename(ctx context.Context, actor accounts.Actor, id ID, name string) error {
	name, err := tidyName(name)
	if err != nil {
		return err
	}
	return s.changing(ctx, actor, id, func(tx pg.Q, _ held) error {
		_, err := tx.ExecContext(ctx, `UPDATE shortlists SET name = $2 WHERE id = $1`, id, name)
		return asTaken(err, name)
	})
}

// Close ends the work on a list; Reopen goes on with it. Either may be repeated.
func (s *Service) Close(ctx context.Context, actor accounts.Actor, id ID) error {
	return s.set(ctx, actor, id, `UPDATE shortlists SET closed_at = coalesce(closed_at, now()) WHERE id = $1`)
}

// Reopen takes changes of a closed list again.
func (s *Service) Reopen(ctx context.Context, actor accounts.Actor, id ID) error {
	return s.set(ctx, actor, id, `UPDATE shortlists SET closed_at = NULL WHERE id = $1`)
}

func (s *Service) set(ctx context.Context, actor accounts.Actor, id ID, query string) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	done, err := s.db.ExecContext(ctx, query, id)
	if err != nil {
		return fmt.Errorf("shortlist %d: %w", id, err)
	}
	if n, err := done.RowsAffected(); err == nil && n == 0 {
		return ErrNotFound
	}
	return nil
}

func tidyName(name string) (string, error) {
	name = clean.Line(name)
	var c fault.Check
	n := utf8.RuneCountInString(name)
	c.Need(n >= 2 && n <= 80, "name", "shortlists.name_length")
	return name, c.Err()
}

func asTaken(err error, name string) error {
	if pg.Violates(err, "shortlists_name_key") {
		return ErrTaken.With("name", "shortlists.name_taken")
	}
	if err != nil {
		return fmt.Errorf("shortlist %q: %w", name, err)
	}
	return nil
}

package challenges

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

// The refusals of this package.
var (
	ErrNotFound = fault.New(fault.NotFound, "challenges.not_found", "There is no such challenge.")
	ErrTaken    = fault.New(fault.Conflict, "challenges.slug_taken", "Another challenge has this address. Choose another.")
)

// Service makes and finds challenges.
type Service struct{ db *sqlx.DB }

// NewService makes the service over db.
func NewService(db *sqlx.DB) *Service { return &Service{db: db} }

type row struct {
	ID      ID        `db:"id"`
	Slug    string    `db:"slug"`
	Title   string    `db:"title"`
	Ballot  Kind      `db:"ballot"`
	Sealed  string    `db:"sealed"`
	Created time.Time `db:"created_at"`
	Dates
}

// unsealed is how the table writes the empty Seal.
const unsealed = "no"

func (r row) challenge() Challenge {
	c := Challenge{ID: r.ID, Slug: r.Slug, Title: r.Title, Ballot: r.Ballot, Dates: r.Dates, Created: r.Created}
	if r.Sealed != unsealed {
		c.Sealed = Seal(r.Sealed)
	}
	return c
}

const columns = `id, slug, title, ballot, sealed, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at, created_at`

const minTitle, maxTitle = 3, 120

var slugShape = regexp.MustCompile(`^[a-z0-9-]{2,60}$`)

// Create adds a challenge. It returns ErrTaken for a slug in use, and Invalid
// with fields for a title, ballot, seal or dates that cannot be.
func (s *Service) Create(ctx context.Context, c Challenge) (Challenge, error) {
	c.Title = clean.Line(c.Title)
	length := utf8.RuneCountInString(c.Title)
	var check fault.Check
	check.Need(slugShape.MatchString(c.Slug), "slug", "challenges.slug_shape")
	check.Need(length >= minTitle && length <= maxTitle, "title", "challenges.title_length")
	check.Need(c.Ballot == Support || c.Ballot == Score, "ballot", "challenges.ballot_unknown")
	check.Need(c.Sealed == Unsealed || c.Sealed == UntilClose || c.Sealed == UntilVoted, "sealed", "challenges.seal_unknown")
	check.Need(c.Dates.inOrder(), "dates", "challenges.dates_order")
	if err := check.Err(); err != nil {
		return Challenge{}, err
	}
	sealed := string(c.Sealed)
	if c.Sealed == Unsealed {
		sealed = unsealed
	}
	const query = `
		INSERT INTO challenges (slug, title, ballot, sealed, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ` + columns
	var made row
	err := s.db.GetContext(ctx, &made, query, c.Slug, c.Title, c.Ballot, sealed, c.Dates.Announced,
		c.Dates.EntriesOpen, c.Dates.EntriesClose, c.Dates.VotingOpen, c.Dates.VotingClose, c.Dates.Results)
	if err != nil {
		if pg.Violates(err, "challenges_slug_key") {
			return Challenge{}, ErrTaken
		}
		return Challenge{}, fmt.Errorf("add challenge %q: %w", c.Slug, err)
	}
	return made.challenge(), nil
}

// BySlug finds a challenge; ErrNotFound else.
func (s *Service) BySlug(ctx context.Context, slug string) (Challenge, error) {
	var found row
	err := s.db.GetContext(ctx, &found, `SELECT `+columns+` FROM challenges WHERE slug = $1`, slug)
	if errors.Is(err, sql.ErrNoRows) {
		return Challenge{}, ErrNotFound
	}
	if err != nil {
		return Challenge{}, fmt.Errorf("challenge %q: %w", slug, err)
	}
	return found.challenge(), nil
}

// List gives those that are announced at a moment, the newest first.
func (s *Service) List(ctx context.Context, at time.Time) ([]Challenge, error) {
	var rows []row
	if err := s.db.SelectContext(ctx, &rows, `SELECT `+columns+` FROM challenges WHERE announced_at <= $1 ORDER BY voting_close_at DESC, id DESC`, at); err != nil {
		return nil, fmt.Errorf("challenges: %w", err)
	}
	list := make([]Challenge, len(rows))
	for i, r := range rows {
		list[i] = r.challenge()
	}
	return list, nil
}

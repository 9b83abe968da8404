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

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

// Service makes, changes and finds challenges.
type Service struct {
	db    *sqlx.DB
	lists *pg.Prepared
	now   func() time.Time
}

// NewService makes the service over db.
func NewService(db *sqlx.DB) *Service {
	return &Service{db: db, lists: pg.NewPrepared(db), now: time.Now}
}

// WithClock has the service ask now for the time, and gives it back.
func (s *Service) WithClock(now func() time.Time) *Service {
	s.now = now
	return s
}

// MayPlan says why the actor may not plan challenges, or nil.
func MayPlan(actor accounts.Actor) error { return actor.Only(actor.Decides(), ErrTeamOnly) }

type row struct {
	ID           ID        `db:"id"`
	Slug         string    `db:"slug"`
	Title        string    `db:"title"`
	Question     string    `db:"question"`
	Ballot       Kind      `db:"ballot"`
	Sealed       string    `db:"sealed"`
	Budget       *int      `db:"vote_budget"`
	Premoderated bool      `db:"premoderated"`
	Terms        int       `db:"terms_version"`
	Revision     int       `db:"revision"`
	Created      time.Time `db:"created_at"`
	Dates
}

// unsealed is how the table writes the empty Seal.
const unsealed = "no"

func (r row) challenge() Challenge {
	c := Challenge{
		ID: r.ID, Slug: r.Slug, Title: r.Title, Question: r.Question, Ballot: r.Ballot, Dates: r.Dates,
		Premoderated: r.Premoderated, Terms: r.Terms, Revision: r.Revision, Created: r.Created,
	}
	if r.Sealed != unsealed {
		c.Sealed = Seal(r.Sealed)
	}
	if r.Budget != nil {
		c.Budget = *r.Budget
	}
	return c
}

// column is how the table writes a Seal.
func (s Seal) column() string {
	if s == Unsealed {
		return unsealed
	}
	return string(s)
}

const columns = `id, slug, title, question, ballot, sealed, vote_budget, premoderated, terms_version, revision, created_at,
	announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at`

const minTitle, maxTitle = 3, 120

var slugShape = regexp.MustCompile(`^[a-z0-9-]{2,60}$`)

// check names the fields that every challenge needs, whoever makes it.
func (c Challenge) check(check *fault.Check) {
	length := utf8.RuneCountInString(c.Title)
	check.Need(slugShape.MatchString(c.Slug), "slug", "challenges.slug_shape")
	check.Need(length >= minTitle && length <= maxTitle, "title", "challenges.title_length")
	check.Need(c.Ballot == Support || c.Ballot == Score, "ballot", "challenges.ballot_unknown")
	check.Need(c.Sealed == Unsealed || c.Sealed == UntilClose || c.Sealed == UntilVoted, "sealed", "challenges.seal_unknown")
}

// Create adds a bare challenge for a program, with any dates: an import's lie in
// the past. It returns ErrTaken for a slug in use, and Invalid with fields for a
// title, ballot, seal or dates that cannot be. The team plans with Pose.
func (s *Service) Create(ctx context.Context, c Challenge) (Challenge, error) {
	c.Title = clean.Line(c.Title)
	var check fault.Check
	c.check(&check)
	check.Need(c.Dates.inOrder(), "dates", "challenges.dates_order")
	if err := check.Err(); err != nil {
		return Challenge{}, err
	}
	return insert(ctx, s.db, c, nil, nil)
}

func insert(ctx context.Context, q pg.Q, c Challenge, topic *int64, by *accounts.ID) (Challenge, error) {
	const query = `
		INSERT INTO challenges (slug, title, question, ballot, sealed, vote_budget, premoderated, topic_id, created_by,
		                        announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
		VALUES ($1, $2, $3, $4, $5, nullif($6, 0), $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING ` + columns
	var made row
	d := c.Dates
	err := sqlx.GetContext(ctx, q, &made, query, c.Slug, c.Title, c.Question, c.Ballot, c.Sealed.column(), c.Budget, c.Premoderated, topic, by,
		d.Announced, d.EntriesOpen, d.EntriesClose, d.VotingOpen, d.VotingClose, d.Results)
	if pg.Violates(err, "challenges_slug_key") {
		return Challenge{}, ErrTaken
	}
	if err != nil {
		return Challenge{}, fmt.Errorf("add challenge %q: %w", c.Slug, err)
	}
	return made.challenge(), nil
}

// BySlug finds a challenge; ErrNotFound else.
func (s *Service) BySlug(ctx context.Context, slug string) (Challenge, error) {
	return bySlug(ctx, s.db, slug, "")
}

// Seen finds a challenge that the actor may see: one that is not announced yet
// is there for those who plan them. ErrNotFound else.
func (s *Service) Seen(ctx context.Context, actor accounts.Actor, slug string) (Challenge, error) {
	c, err := s.BySlug(ctx, slug)
	if err == nil && c.Dates.Phase(s.now()) == Coming && MayPlan(actor) != nil {
		return Challenge{}, ErrNotFound
	}
	return c, err
}

const forUpdate = ` FOR UPDATE`

func bySlug(ctx context.Context, q pg.Q, slug, lock string) (Challenge, error) {
	if !slugShape.MatchString(slug) {
		return Challenge{}, ErrNotFound
	}
	var found row
	err := sqlx.GetContext(ctx, q, &found, `SELECT `+columns+` FROM challenges WHERE slug = $1`+lock, slug)
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
	return s.list(ctx, `announced_at <= $1 ORDER BY voting_close_at DESC, id DESC`, at)
}

// All gives every challenge there is, for the team, the newest first.
func (s *Service) All(ctx context.Context, actor accounts.Actor) ([]Challenge, error) {
	if err := MayPlan(actor); err != nil {
		return nil, err
	}
	return s.list(ctx, `true ORDER BY voting_close_at DESC, id DESC`)
}

// Open gives those that ideas may be entered into now, the first to close first.
func (s *Service) Open(ctx context.Context) ([]Challenge, error) {
	return s.list(ctx, `entries_open_at <= $1 AND entries_close_at > $1 ORDER BY entries_close_at, id`, s.now())
}

// Running gives the challenge in which there is something to do now, the first
// whose entering or voting ends; false for none.
func (s *Service) Running(ctx context.Context) (Challenge, bool, error) {
	list, err := s.list(ctx, `entries_open_at <= $1 AND voting_close_at > $1
		ORDER BY CASE WHEN entries_close_at > $1 THEN entries_close_at ELSE voting_close_at END, id LIMIT 1`, s.now())
	if err != nil || len(list) == 0 {
		return Challenge{}, false, err
	}
	return list[0], true, nil
}

func (s *Service) list(ctx context.Context, where string, args ...any) ([]Challenge, error) {
	var rows []row
	if err := s.lists.All(ctx, &rows, `SELECT `+columns+` FROM challenges WHERE `+where, args...); err != nil {
		return nil, fmt.Errorf("challenges: %w", err)
	}
	list := make([]Challenge, len(rows))
	for i, r := range rows {
		list[i] = r.challenge()
	}
	return list, nil
}

// BudgetLeft says how many more open votes a member has in a challenge, and
// whether it sets a budget at all.
func (s *Service) BudgetLeft(ctx context.Context, id ID, voter accounts.ID) (left int, limited bool, err error) {
	var n sql.NullInt64
	if err := s.db.GetContext(ctx, &n, `SELECT challenge_budget_left($1, $2)`, id, voter); err != nil {
		return 0, false, fmt.Errorf("budget of account %d in challenge %d: %w", voter, id, err)
	}
	return int(n.Int64), n.Valid, nil
}

package board

import (
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/pg"
	"prosumer/internal/topics"
	"prosumer/internal/votes"
)

// Board answers pages and lists.
type Board struct {
	db       *sqlx.DB
	now      func() time.Time
	counts   counts
	prepared *pg.Prepared // lists
	single   *pg.Prepared // pages of one idea
	bodies   bodies
	bounds   bounds // of a search

	rows    pg.Shared[[]pick] // lists that many ask for at the same time
	faces   pg.Shared[map[challenges.ID]ChallengeFace]
	unknown pg.Shared[[]candidate] // what newcomers are chosen from

	newcomers int // one card in so many of the front page; 0 for none
}

// New makes the board over db.
func New(db *sqlx.DB, now func() time.Time) *Board {
	return &Board{db: db, now: now, prepared: pg.NewPrepared(db), single: pg.NewPrepared(db), bodies: newBodies(), bounds: usual()}
}

// ListsFrom has lists, but for searches, asked of a pool of its own; its connections should come of pg.PlanOnce.
func (b *Board) ListsFrom(db *sqlx.DB) { b.prepared = pg.NewPrepared(db) }

// Person is somebody named on a page.
type Person struct {
	ID      accounts.ID
	Name    string
	Handle  string
	Staff   bool
	Hidden  bool // has no profile page to link to
	Picture *media.Picture
}

// Card is an idea in a list, with its tally as it is now.
type Card struct {
	ID          ideas.ID
	Slug, Title string
	Excerpt     string
	Status      ideas.Status
	Topic       *topics.Topic
	Tags        []string
	Contributor Person
	Cover       *media.Picture
	Challenge   *ChallengeLink // nil for none
	Tally       votes.Tally    // as whoever asks may see it: Seal says when they may not
	Comments    int            // shown on it
	CarriedOver int
	Source      string // of an imported idea
	Version     int
	Edits       int
	CreatedAt   time.Time
	SubmittedAt *time.Time
	AnsweredAt  *time.Time
	ImportedAt  *time.Time  // of an imported idea: when it came here
	DecideBy    *time.Time  // the day of the decision, where the team set one
	Mine        *votes.Vote // of whoever asks; nil for none
	Newcomer    bool        // stands here because few have seen it yet
}

// ChallengeLink is the challenge an idea is entered in, as far as a card tells
// of it: what it asks of a voter, from when until when, and who may see the
// tally now.
type ChallengeLink struct {
	ID           challenges.ID
	Slug, Title  string
	Ballot       challenges.Kind
	SealNow      challenges.Seal
	VotingOpens  time.Time
	VotingCloses time.Time
}

// Page is one page of a list. Next is the cursor of what follows, or empty.
type Page[T any] struct {
	Items []T
	Next  string
}

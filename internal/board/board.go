package board

import (
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/topics"
	"prosumer/internal/votes"
)

// Board answers pages and lists.
type Board struct {
	db     *sqlx.DB
	now    func() time.Time
	counts counts
}

// New makes the board over db.
func New(db *sqlx.DB, now func() time.Time) *Board { return &Board{db: db, now: now} }

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
	Tally       votes.Tally
	CarriedOver int
	Source      string // of an imported idea
	Version     int
	Edits       int
	CreatedAt   time.Time
	SubmittedAt *time.Time
	AnsweredAt  *time.Time
	ImportedAt  *time.Time  // of an imported idea: when it came here
	Mine        *votes.Vote // of whoever asks; nil for none
}

// Page is one page of a list. Next is the cursor of what follows, or empty.
type Page[T any] struct {
	Items []T
	Next  string
}

// card columns; the row below reads them.
const cardColumns = `
	i.id, i.slug, i.title, left(i.story_text, 320) AS words, i.status, i.carried_over, i.source, i.version, i.created_at, i.submitted_at, i.answered_at,
	(SELECT at FROM imports WHERE imports.id = i.import_id) AS imported_at,
	t.id AS topic_id, t.slug AS topic_slug, t.name_en, t.name_nl,
	a.id AS account_id, a.name, a.handle, a.visibility, a.roles, a.picture_id AS face_id,
	m.id AS image_id, m.width, m.height, coalesce((SELECT p.alt FROM idea_pictures p WHERE p.idea_id = i.id AND p.image_id = i.cover_id), m.alt, '') AS alt, m.sizes, m.webp,
	coalesce(y.voters, 0) AS voters, coalesce(y.would_buy, 0) AS would_buy, coalesce(y.staff, 0) AS staff, coalesce(y.revision, 0) AS revision,
	ARRAY(SELECT g.tag FROM idea_tags g WHERE g.idea_id = i.id ORDER BY g.tag) AS tags`

const cardJoins = `
	JOIN accounts a ON a.id = i.contributor_id
	LEFT JOIN topics t ON t.id = i.topic_id
	LEFT JOIN images m ON m.id = i.cover_id
	LEFT JOIN tallies y ON y.idea_id = i.id`

// excerptLength is how many characters of the story a card shows.
const excerptLength = 160

type cardRow struct {
	ID          ideas.ID       `db:"id"`
	Slug        string         `db:"slug"`
	Title       string         `db:"title"`
	Words       string         `db:"words"`
	Status      ideas.Status   `db:"status"`
	CarriedOver int            `db:"carried_over"`
	Source      string         `db:"source"`
	Version     int            `db:"version"`
	CreatedAt   time.Time      `db:"created_at"`
	SubmittedAt *time.Time     `db:"submitted_at"`
	AnsweredAt  *time.Time     `db:"answered_at"`
	ImportedAt  *time.Time     `db:"imported_at"`
	TopicID     *int64         `db:"topic_id"`
	TopicSlug   *string        `db:"topic_slug"`
	NameEN      *string        `db:"name_en"`
	NameNL      *string        `db:"name_nl"`
	AccountID   accounts.ID    `db:"account_id"`
	Name        string         `db:"name"`
	Handle      string         `db:"handle"`
	Visibility  string         `db:"visibility"`
	Roles       pq.StringArray `db:"roles"`
	FaceID      *string        `db:"face_id"`
	imageRow
	Voters   int            `db:"voters"`
	WouldBuy int            `db:"would_buy"`
	Staff    int            `db:"staff"`
	Revision int64          `db:"revision"`
	Tags     pq.StringArray `db:"tags"`
	Key      string         `db:"key"` // what the list is ordered by, for the cursor
}

type imageRow struct {
	ImageID *string       `db:"image_id"`
	Width   *int          `db:"width"`
	Height  *int          `db:"height"`
	Alt     *string       `db:"alt"`
	Sizes   pq.Int64Array `db:"sizes"`
	WebP    *bool         `db:"webp"`
}

func (r imageRow) picture() *media.Picture {
	if r.ImageID == nil {
		return nil
	}
	p := &media.Picture{ID: *r.ImageID, Width: *r.Width, Height: *r.Height, WebP: *r.WebP}
	if r.Alt != nil {
		p.Alt = *r.Alt
	}
	for _, size := range r.Sizes {
		p.Sizes = append(p.Sizes, int(size))
	}
	return p
}

func (r cardRow) card() Card {
	c := Card{
		ID: r.ID, Slug: r.Slug, Title: r.Title, Excerpt: clean.Shorten(r.Words, excerptLength), Status: r.Status, Tags: r.Tags,
		Contributor: Person{
			ID: r.AccountID, Name: r.Name, Handle: r.Handle, Hidden: r.Visibility == string(accounts.Hidden),
			Staff: accounts.Account{RoleNames: r.Roles}.Staff(), Picture: media.Face(r.FaceID),
		},
		Cover:       r.picture(),
		Tally:       votes.Tally{Idea: r.ID, Voters: r.Voters, WouldBuy: r.WouldBuy, Staff: r.Staff, Revision: r.Revision},
		CarriedOver: r.CarriedOver, Source: r.Source, Version: r.Version, Edits: r.Version - 1,
		CreatedAt: r.CreatedAt, SubmittedAt: r.SubmittedAt, AnsweredAt: r.AnsweredAt, ImportedAt: r.ImportedAt,
	}
	if r.TopicID != nil {
		c.Topic = &topics.Topic{ID: *r.TopicID, Slug: *r.TopicSlug, NameEN: *r.NameEN, NameNL: *r.NameNL}
	}
	return c
}

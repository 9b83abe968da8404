package board

import (
	"time"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/topics"
	"prosumer/internal/votes"
)

// What a list reads of every idea, each time: the tally, its seal, how many
// comments are shown on it, and a stamp that is another one as soon as anything
// else on the card is. The rest, the body, is kept by that stamp; see bodies.go.
const pickColumns = `
	i.id, ` + stamp + ` AS stamp,
	coalesce(y.voters, 0) AS voters, coalesce(y.would_buy, 0) AS would_buy, coalesce(y.staff, 0) AS staff, coalesce(y.revision, 0) AS revision,
	ARRAY[coalesce(y.ones, 0), coalesce(y.twos, 0), coalesce(y.threes, 0), coalesce(y.fours, 0), coalesce(y.fives, 0)] AS scored,
	` + sealNow + ` AS seal, coalesce((SELECT k.comments FROM talks k WHERE k.idea_id = i.id), 0) AS comments`

// stamp names the versions of all rows that a body is made of: xmin is the
// transaction that wrote a row. Tags and the cover's text have none; they change
// together with their idea.
const stamp = `concat(i.xmin, '.', a.xmin, '.', t.xmin, '.', m.xmin, '.', h.xmin)`

const bodyColumns = `
	i.slug, i.title, left(i.story_text, 320) AS words, i.status, i.carried_over, i.source, i.version, i.created_at, i.submitted_at, i.answered_at, i.decide_by,
	(SELECT at FROM imports WHERE imports.id = i.import_id) AS imported_at,
	t.id AS topic_id, t.slug AS topic_slug, t.name_en, t.name_nl,
	a.id AS account_id, a.roles, ` + accounts.Shown + `,
	m.id AS image_id, m.width, m.height, coalesce((SELECT p.alt FROM idea_pictures p WHERE p.idea_id = i.id AND p.image_id = i.cover_id), m.alt, '') AS alt, m.sizes, m.webp,
	h.id AS challenge_id, h.slug AS challenge_slug, h.title AS challenge_title, h.ballot, h.voting_open_at, h.voting_close_at,
	ARRAY(SELECT g.tag FROM idea_tags g WHERE g.idea_id = i.id ORDER BY g.tag) AS tags`

const cardColumns = pickColumns + `, ` + bodyColumns

const cardJoins = `
	JOIN accounts a ON a.id = i.contributor_id
	LEFT JOIN topics t ON t.id = i.topic_id
	LEFT JOIN images m ON m.id = i.cover_id
	LEFT JOIN challenges h ON h.id = i.challenge_id
	LEFT JOIN tallies y ON y.idea_id = i.id`

// sealNow is who may see the tally of an idea i in the challenge h.
const sealNow = `coalesce(challenge_seal(h.sealed, h.voting_close_at, clock_timestamp()), '')`

// excerptLength is how many characters of the story a card shows.
const excerptLength = 160

// pick is a row of a list.
type pick struct {
	ID       ideas.ID        `db:"id"`
	Stamp    string          `db:"stamp"`
	Voters   int             `db:"voters"`
	Scored   votes.Scores    `db:"scored"`
	WouldBuy int             `db:"would_buy"`
	Staff    int             `db:"staff"`
	Revision int64           `db:"revision"`
	Seal     challenges.Seal `db:"seal"`
	Comments int             `db:"comments"`
	Key      string          `db:"key"` // what the list is ordered by, for the cursor
}

// cardRow is a pick with its body.
type cardRow struct {
	pick
	bodyRow
}

type bodyRow struct {
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
	DecideBy    *time.Time     `db:"decide_by"`
	TopicID     *int64         `db:"topic_id"`
	TopicSlug   *string        `db:"topic_slug"`
	NameEN      *string        `db:"name_en"`
	NameNL      *string        `db:"name_nl"`
	AccountID   accounts.ID    `db:"account_id"`
	Name        string         `db:"name"`
	Handle      string         `db:"handle"`
	Roles       pq.StringArray `db:"roles"`
	FaceID      *string        `db:"face"`
	imageRow
	ChallengeID    *challenges.ID   `db:"challenge_id"`
	ChallengeSlug  *string          `db:"challenge_slug"`
	ChallengeTitle *string          `db:"challenge_title"`
	Ballot         *challenges.Kind `db:"ballot"`
	VotingOpens    *time.Time       `db:"voting_open_at"`
	VotingCloses   *time.Time       `db:"voting_close_at"`
	Tags           pq.StringArray   `db:"tags"`
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

// tally holds the figures whatever the seal says; see Board.cards.
func (r pick) tally() votes.Tally {
	return votes.Tally{Idea: r.ID, Voters: r.Voters, Scores: r.Scored, WouldBuy: r.WouldBuy, Staff: r.Staff, Revision: r.Revision, Seal: r.Seal}
}

// body is the card without what depends on votes, on who asks and on the time.
func (r cardRow) body() Card {
	c := Card{
		ID: r.ID, Slug: r.Slug, Title: r.Title, Excerpt: clean.Shorten(r.Words, excerptLength), Status: r.Status, Tags: r.Tags,
		Contributor: Person{
			ID: r.AccountID, Name: r.Name, Handle: r.Handle, Hidden: r.Handle == "",
			Staff: accounts.Account{RoleNames: r.Roles}.Staff(), Picture: media.Face(r.FaceID),
		},
		Cover:       r.picture(),
		CarriedOver: r.CarriedOver, Source: r.Source, Version: r.Version, Edits: r.Version - 1,
		CreatedAt: r.CreatedAt, SubmittedAt: r.SubmittedAt, AnsweredAt: r.AnsweredAt, ImportedAt: r.ImportedAt, DecideBy: r.DecideBy,
	}
	if r.TopicID != nil {
		c.Topic = &topics.Topic{ID: *r.TopicID, Slug: *r.TopicSlug, NameEN: *r.NameEN, NameNL: *r.NameNL}
	}
	if r.ChallengeID != nil {
		c.Challenge = &ChallengeLink{
			ID: *r.ChallengeID, Slug: *r.ChallengeSlug, Title: *r.ChallengeTitle, Ballot: *r.Ballot,
			VotingOpens: *r.VotingOpens, VotingCloses: *r.VotingCloses,
		}
	}
	return c
}

package board

import (
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/topics"
	"prosumer/internal/triage"
	"prosumer/internal/votes"
)

// Ticket is an idea as the team sees it on the studio's board: what everybody
// may know, with the tally whatever the seal says, and who looks after it.
type Ticket struct {
	ID          ideas.ID
	Slug, Title string
	Status      ideas.Status
	Hidden      bool
	Cover       *media.Picture
	Contributor string  // name
	Owner       *Person // nil for nobody yet
	Topic       *topics.Topic
	Challenge   string // its title; empty for none
	ChallengeAt string // its slug
	Scored      bool   // its challenge asks for scores
	Tally       votes.Tally
	Came        triage.Waiting // what its due days follow from
}

// ProposedAt is when it was submitted.
func (t Ticket) ProposedAt() time.Time {
	if t.Came.SubmittedAt == nil {
		return time.Time{}
	}
	return *t.Came.SubmittedAt
}

// Due is the next day that the duty holds the team to, and whether it is that of
// the decision. Zero for none.
func (t Ticket) Due(terms triage.Terms) (at time.Time, decision bool) {
	answer, decide := terms.Answer(t.Came), terms.Decision(t.Came)
	if answer.IsZero() || !decide.IsZero() && decide.Before(answer) {
		return decide, !decide.IsZero()
	}
	return answer, false
}

const ticketColumns = `
	i.id, i.slug, i.title, i.status, i.hidden, i.submitted_at, i.answered_at, i.decide_by, b.at AS imported_at,
	coalesce(y.voters, 0) AS voters, coalesce(y.would_buy, 0) AS would_buy, coalesce(y.staff, 0) AS staff, coalesce(y.revision, 0) AS revision,
	ARRAY[coalesce(y.ones, 0), coalesce(y.twos, 0), coalesce(y.threes, 0), coalesce(y.fours, 0), coalesce(y.fives, 0)] AS scored, ` + sealNow + ` AS seal,
	a.name AS contributor, o.id AS owner_id, o.name AS owner_name, o.handle AS owner_handle, o.picture_id AS owner_face,
	t.id AS topic_id, t.slug AS topic_slug, t.name_en, t.name_nl, h.slug AS challenge_slug, h.title AS challenge_title, coalesce(h.ballot = 'score', false) AS by_score,
	m.id AS image_id, m.width, m.height, '' AS alt, m.sizes, m.webp`

const ticketJoins = `
	JOIN accounts a ON a.id = i.contributor_id
	LEFT JOIN accounts o ON o.id = i.owner_id
	LEFT JOIN imports b ON b.id = i.import_id
	LEFT JOIN topics t ON t.id = i.topic_id
	LEFT JOIN images m ON m.id = i.cover_id
	LEFT JOIN challenges h ON h.id = i.challenge_id
	LEFT JOIN tallies y ON y.idea_id = i.id`

type ticketRow struct {
	pick
	Slug           string       `db:"slug"`
	Title          string       `db:"title"`
	Status         ideas.Status `db:"status"`
	Hidden         bool         `db:"hidden"`
	SubmittedAt    *time.Time   `db:"submitted_at"`
	AnsweredAt     *time.Time   `db:"answered_at"`
	DecideBy       *time.Time   `db:"decide_by"`
	ImportedAt     *time.Time   `db:"imported_at"`
	Contributor    string       `db:"contributor"`
	OwnerID        *accounts.ID `db:"owner_id"`
	OwnerName      *string      `db:"owner_name"`
	OwnerHandle    *string      `db:"owner_handle"`
	OwnerFace      *string      `db:"owner_face"`
	TopicID        *int64       `db:"topic_id"`
	TopicSlug      *string      `db:"topic_slug"`
	NameEN         *string      `db:"name_en"`
	NameNL         *string      `db:"name_nl"`
	ChallengeSlug  *string      `db:"challenge_slug"`
	ChallengeTitle *string      `db:"challenge_title"`
	imageRow
	ByScore bool `db:"by_score"`
	Lane    int  `db:"lane"`
}

func (r ticketRow) ticket() Ticket {
	t := Ticket{
		ID: r.ID, Slug: r.Slug, Title: r.Title, Status: r.Status, Hidden: r.Hidden, Cover: r.picture(), Contributor: r.Contributor,
		Scored: r.ByScore, Tally: r.tally(),
		Came: triage.Waiting{Status: r.Status, SubmittedAt: r.SubmittedAt, ImportedAt: r.ImportedAt, AnsweredAt: r.AnsweredAt, DecideBy: r.DecideBy},
	}
	if r.OwnerID != nil {
		t.Owner = &Person{ID: *r.OwnerID, Name: *r.OwnerName, Handle: *r.OwnerHandle, Staff: true, Picture: media.Face(r.OwnerFace)}
	}
	if r.TopicID != nil {
		t.Topic = &topics.Topic{ID: *r.TopicID, Slug: *r.TopicSlug, NameEN: *r.NameEN, NameNL: *r.NameNL}
	}
	if r.ChallengeSlug != nil {
		t.ChallengeAt, t.Challenge = *r.ChallengeSlug, *r.ChallengeTitle
	}
	return t
}

package ideas

import (
	"strconv"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
)

// ID names an idea.
type ID int64

// String writes the ID in decimal.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// Idea is a proposal as its own package knows it.
type Idea struct {
	ID          ID          `db:"id"`
	Contributor accounts.ID `db:"contributor_id"`
	Topic       *string     `db:"topic"` // its slug
	Title       string      `db:"title"`
	Slug        string      `db:"slug"`
	Source      string      `db:"story_source"`
	Story       clean.HTML  `db:"story_html"`
	Cover       *string     `db:"cover_id"`
	Status      Status      `db:"status"`
	Hidden      bool        `db:"hidden"`
	Version     int         `db:"version"`
	CarriedOver int         `db:"carried_over"`
	ImportedBy  string      `db:"source"` // the name of the import's source; empty for what was proposed here
	CreatedAt   time.Time   `db:"created_at"`
	SubmittedAt *time.Time  `db:"submitted_at"`
	ChangedAt   time.Time   `db:"changed_at"`
}

// Picture is one picture of an idea, in order.
type Picture struct {
	ID  string `db:"image_id"`
	Alt string `db:"alt"`
}

// Entry is one row of the history: a move, or an answer without one.
type Entry struct {
	ID       int64       `db:"id"`
	Kind     string      `db:"kind"` // "move" or "answer"
	From     *Status     `db:"from_status"`
	To       Status      `db:"to_status"`
	Actor    accounts.ID `db:"actor_id"`
	At       time.Time   `db:"at"`
	Answer   clean.HTML  `db:"answer_html"`
	Reason   *Reason     `db:"reason"`
	Undo     bool        `db:"undo"`
	ByName   string      `db:"by_name"`
	ByHandle string      `db:"by_handle"`
	ByFace   *string     `db:"by_face"` // picture of who did it; nil for none
}

// Version is what an idea said before an edit.
type Version struct {
	Number     int        `db:"version"`
	Title      string     `db:"title"`
	Story      clean.HTML `db:"story_html"`
	ReplacedAt time.Time  `db:"replaced_at"`
}

package comments

import (
	"strconv"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
)

// ID names a comment.
type ID int64

// String writes the ID in decimal.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// Kind is what a comment wants to be.
type Kind string

// The kinds. A reply is always a Plain one.
const (
	Plain      Kind = "comment"
	Question   Kind = "question"
	Suggestion Kind = "suggestion"
	Critique   Kind = "critique"
	Praise     Kind = "praise"
)

// Kinds lists them all, in the order that forms offer them.
var Kinds = []Kind{Plain, Question, Suggestion, Critique, Praise}

// Useful reports whether a comment of this kind may go into the idea.
func (k Kind) Useful() bool { return k == Suggestion || k == Critique || k == Question }

// Stance says which side a comment takes; empty for none.
type Stance string

// The stances.
const (
	For     Stance = "for"
	Against Stance = "against"
)

// Reason is what somebody is thanked for.
type Reason string

// Reasons lists what one may be thanked for.
var Reasons = []Reason{"useful", "insight", "clear", "kind", "first_hand"}

// Comment is one thing said about an idea, as one reader sees it.
type Comment struct {
	ID       ID
	Idea     ideas.ID
	Thread   ID // the comment that began its thread; 0: this one did
	Parent   ID // what it hangs under; 0: nothing
	InReply  *Named
	Author   Person
	Kind     Kind
	Stance   Stance
	Source   string     // as it was typed; only where the reader wrote it
	HTML     clean.HTML // empty where the reader may not see it
	Version  int
	At       time.Time
	EditedAt *time.Time
	Deleted  bool
	Hidden   bool
	Pinned   bool
	Answered bool
	TakenUp  bool
	Replies  int // of the thread it began, those that are shown
	Thanks   int
	Thanked  Reason // that the reader gave; empty for none

	CarriedFor, CarriedAgainst int // votes from elsewhere

	Below []Comment // replies, as far as they were asked for
}

// Gone reports whether its words are no longer shown to everybody.
func (c Comment) Gone() bool { return c.Deleted || c.Hidden }

// Named is a comment that another one answers, with who said it.
type Named struct {
	ID   ID
	Name string
}

// Person is who said it: their name, and the handle where they have a profile
// that may be linked.
type Person struct {
	ID     accounts.ID
	Name   string
	Handle string // empty: no profile to link to
	Face   *string
	Staff  bool // spoke for the company
}

// Version is what a comment said before an edit.
type Version struct {
	Number     int        `db:"version"`
	Kind       Kind       `db:"kind"`
	Stance     *Stance    `db:"stance"`
	HTML       clean.HTML `db:"html"`
	ReplacedAt time.Time  `db:"replaced_at"`
}

// Head is the talk of an idea as a whole.
type Head struct {
	Comments    int  `db:"comments"` // shown, replies among them
	Threads     int  `db:"threads"`
	Questions   int  `db:"questions"`
	Suggestions int  `db:"suggestions"`
	Critiques   int  `db:"critiques"`
	Praises     int  `db:"praises"`
	Fors        int  `db:"fors"`
	Againsts    int  `db:"againsts"`
	Locked      bool `db:"locked"`
}

// Of is how many threads are of a kind.
func (h Head) Of(k Kind) int {
	switch k {
	case Question:
		return h.Questions
	case Suggestion:
		return h.Suggestions
	case Critique:
		return h.Critiques
	case Praise:
		return h.Praises
	default:
		return h.Threads - h.Questions - h.Suggestions - h.Critiques - h.Praises
	}
}

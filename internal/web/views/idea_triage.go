package views

import "time"

// IdeaTriage is what an idea's page shows of the team's work.
type IdeaTriage struct {
	Behalf *Behalf      // who entered it for a customer, for everybody; nil for a contributor's own
	Panel  *TriagePanel // for the team alone; nil for others
}

// TriagePanel is the team's own desk on an idea.
type TriagePanel struct {
	OwnerID  int64 // 0 for nobody
	Owner    Person
	Team     []Person
	DecideBy string // set by hand, yyyy-mm-dd; empty: by the settings
	Today    string // yyyy-mm-dd
	Due      time.Time
	Open     bool // it can still be decided
	Snoozed  time.Time
	Notes    []Note
	Body     string // of the note being written
	Editing  int64  // the note whose form is open
	Errors   Errors
	History  []Step
	Behalf   *Behalf // with who it was and how they agreed
}

// Note is a private note of a colleague.
type Note struct {
	ID    int64
	By    Person
	At    time.Time
	Edit  time.Time // zero where it was not changed
	Body  string
	Parts []NotePart
	Mine  bool
}

// NotePart is a piece of a note: words, or the handle of a colleague.
type NotePart struct {
	Text   string
	Handle string // empty for words
}

// Step is one line of the full history, public or private.
type Step struct {
	At      time.Time
	By      string
	What    string // a ready sentence
	Private bool
}

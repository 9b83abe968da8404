package views

import (
	"time"

	"prosumer/internal/clean"
	"prosumer/internal/web/views/ui"
)

// TriageInboxView is what waits for the team, and the one idea looked at.
type TriageInboxView struct {
	Shell
	Query    TriageQuery
	Admits   bool // a moderator, who only lets in what is held
	Items    []TriageItem
	Held     int
	Answers  int
	Overdue  int
	Snoozed  int
	Idea     *TriageIdea // nil where nothing waits
	Done     *TriageDone // what was just done; nil for nothing
	Settled  *TriageLost // somebody was quicker; nil usually
	Wrong    string      // why a day or an undo was refused; empty usually
	Team     []Person
	Tomorrow string // yyyy-mm-dd
}

// TriageItem is an idea in the queue.
type TriageItem struct {
	ID          int64
	Title       string
	Contributor string
	Wait        string // "admission", "answer" or "decision"
	Since       time.Time
	Due         time.Time // zero where nothing is
	Late        bool
	Owner       string // empty for nobody
	Current     bool
}

// TriageIdea is the idea that one looks at.
type TriageIdea struct {
	TriageItem
	Slug       string
	Status     string
	By         Person
	Topic      string
	Challenge  Challenge
	Tags       []string
	Pictures   []ui.Image
	Story      clean.HTML
	ProposedAt time.Time
	Vote       VoteBox
	OwnerID    int64
	Notes      int
	Behalf     *Behalf
	Seen       int64 // the last entry of the history that is shown
	Previous   int64 // 0 for none
	Next       int64
	Similar    []IdeaCard
	Lists      []ShortlistLink
	Answer     Decision
}

// TriageDone says what was done to which idea.
type TriageDone struct {
	Idea IdeaLink
	Did  string // code of the sentence
	Undo bool   // it can be taken back
}

// TriageLost is an answer that came second: who was first, and the words that
// were not sent.
type TriageLost struct {
	Idea  IdeaLink
	By    string
	At    time.Time
	To    string // status that was chosen; empty for an answer alone
	Words string // plain
}

// ShortlistLink names a shortlist that an idea can be put on.
type ShortlistLink struct {
	Name string
	Path string // where to post it
	On   bool   // it stands there already
}

// OverdueView is the list of what is overdue.
type OverdueView struct {
	Shell
	Mine  bool
	Items []OverdueItem
	Total int
}

// OverdueItem is an idea whose answer or decision is overdue.
type OverdueItem struct {
	TriageItem
	Slug   string
	Status string
	Days   int
}

// BehalfView is the form of an idea entered for a customer.
type BehalfView struct {
	Shell
	Form   BehalfForm
	Topics []Topic
	Errors Errors
}

// BehalfForm is what was typed.
type BehalfForm struct {
	Source, Who, ShownAs      string
	Consented                 bool
	Consent, ConsentOn        string
	Title, Story, Topic, Tags string
	Pictures                  []ui.Image
	Sources                   []string
}

// Behalf tells that an idea was entered for a customer.
type Behalf struct {
	By        string // of the team
	Source    string
	Who       string // private: empty but for the team
	Consent   string
	ConsentOn time.Time
}

// AnswerField is a field of a template that is to be filled in.
type AnswerField struct{ Name, Value string }

// mergeAction takes the merging of an idea into another.
func mergeAction(id int64) string { return ideaBase(id) + "/merge" }

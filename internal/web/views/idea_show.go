package views

import (
	"time"

	"prosumer/internal/clean"
	"prosumer/internal/web/views/ui"
)

// IdeaView is the page of one idea.
type IdeaView struct {
	Shell
	ID          int64
	Slug        string
	IdeaTitle   string
	Status      string
	Contributor Person
	Topic       Topic     // zero for none
	Challenge   Challenge // zero for none
	Tags        []string
	Pictures    []ui.Image // the cover first
	Story       clean.HTML
	ProposedAt  time.Time // of a draft: when it was begun
	Edits       int

	Answers []Answer // oldest first
	Moves   []Move   // oldest first
	Vote    VoteBox

	AnswerDue   time.Time // zero once answered, or when none is due
	AnswerLate  bool      // that day is past
	DecisionDue time.Time // zero once decided
	VotingEnds  time.Time // zero when it does not end

	Product    ProductLink // zero until adopted
	MergedInto IdeaLink    // zero unless merged

	Mine        bool // the viewer is the contributor
	MayEdit     bool
	MayWithdraw bool
	Decide      *Decision      // nil for all but the product team
	More        []IdeaCard     // others to look at; may be empty
	Entry       *IdeaEntry     // what the contributor may do about challenges; nil where there is nothing to show
	Follow      *IdeaFollow    // following this idea; nil where there is nothing to show
	Milestone   *IdeaMilestone // how far votes have brought it; nil where there is nothing to show
	Merge       *IdeaMerge     // merging, for the team, and what was merged; nil where there is nothing to show
	Comments    *IdeaComments
	Refused     *CommentForm // a comment that was not taken, to be shown again
	Cocreation  *IdeaCocreation
	Family      *IdeaFamily
	Sharing     *Sharing
	Triage      *IdeaTriage // the team's own notes on it; nil where there is nothing to show
}

// Answer is an official public reply.
type Answer struct {
	ID     int64
	By     Person
	At     time.Time
	Text   clean.HTML
	Status string // what it changed the idea to; empty when it changed nothing
	Reason string // code; empty for none
}

// Move is one step of an idea's road.
type Move struct {
	From   string // empty for the first
	To     string
	At     time.Time
	By     Person // zero: the board itself
	Reason string // code; empty for none
	Note   string // public text, plain; empty where an answer tells it
}

// VoteBox is what an idea's vote panel shows.
type VoteBox struct {
	Idea         int64
	Title        string
	Voters       int
	WouldBuy     int
	Staff        int
	Scores       [5]int
	Seal         string    // who may see the figures, where this viewer may not: "until_close" or "until_voted"
	Challenge    Challenge // zero for none
	Mine         bool      // the viewer supports or scored it
	MineScore    int
	MineWouldBuy bool   // and would buy it
	Early, Late  bool   // before or after its challenge's voting
	Refusal      string // why voting is off for this viewer, in words; empty when it is on, visitors included
	CarriedOver  int    // counts from an earlier system, never in the tally
	Source       string // its name
	SourceURL    string // where the idea came from; may be empty
}

// Decision is the team's panel on an idea page; its values come back after a
// refused form.
type Decision struct {
	Allowed   []string // statuses this idea may move to now
	Reasons   []string // codes on offer
	Templates []AnswerTemplate
	Products  []ProductLink // to join instead of making a new one

	Status        string
	Answer        string // source HTML as typed
	Reason        string
	Template      string // id as text
	ProductName   string
	Product       string            // slug of the product joined
	PipelineSince string            // day as typed, yyyy-mm-dd; empty: new to us
	Known         map[string]string // fields of templates that follow from the idea
	Fields        []AnswerField     // those that are to be filled in
	Errors        Errors

	UndoTo    string    // status an undo goes back to; empty when nothing can be undone
	UndoUntil time.Time // end of the hour
}

// AnswerTemplate is a prepared answer of the studio.
type AnswerTemplate struct {
	ID     int64
	Name   string
	Lang   string // "en" or "nl"
	Status string // empty: for any move, or none
	Reason string
	Body   string // source HTML
}

func (t AnswerTemplate) label() string {
	if t.Lang == "" {
		return t.Name
	}
	return t.Name + " (" + t.Lang + ")"
}

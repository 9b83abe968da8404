package views

import (
	"time"

	"prosumer/internal/clean"
	"prosumer/internal/web/views/ui"
)

// Comment is one thing said about an idea.
type Comment struct {
	ID        int64
	Idea      int64
	Thread    int64 // the comment that began its thread; 0: this one did
	Parent    int64
	By        Person
	Author    bool // of the idea: its contributor speaks
	Kind      string
	Stance    string // "for", "against" or empty
	Text      clean.HTML
	At        time.Time
	Version   int
	Edited    time.Time // zero: as it was first said
	Deleted   bool      // by its author; Text is empty
	Hidden    bool      // by a moderator; Text is empty for all but moderators and its author
	Pinned    bool
	Answered  bool // a question that has its answer
	InReplyTo *CommentLink
	Replies   []Comment
	MoreCount int  // replies that are not in Replies
	Alone     bool // stands by itself, away from its thread
	Fresh     bool // has just arrived

	Thanks    int
	Thanked   string // the reason the viewer gave; empty: not thanked
	Mine      bool
	MayThank  bool
	MayReply  bool
	MayEdit   bool
	MayDelete bool
	MayHide   bool
	MayPin    bool
	MaySettle bool // say that a question has its answer
	Form      *CommentForm

	CarriedFor, CarriedAgainst int // votes from elsewhere

	TakenUp   bool
	TakenFor  string // what for; of one taken up
	MayTakeUp bool   // the viewer may take it up into the idea
	MayWorkIn bool   // and edit the idea's text at once
}

// CommentLink names a comment that another one answers.
type CommentLink struct {
	ID   int64
	Name string
}

// Depth is how deep it stands: 0 begins a thread.
func (c Comment) depth() int {
	switch {
	case c.Thread == 0 || c.Alone:
		return 0
	case c.Parent == c.Thread:
		return 1
	default:
		return 2
	}
}

func (c Comment) gone() bool { return c.Text.Empty() && (c.Deleted || c.Hidden) }

// more reports whether there is anything in the menu of rarer actions.
func (c Comment) more() bool {
	return c.MayEdit || c.MayDelete || c.MayHide || c.MayPin || c.MaySettle
}

// CommentForm is the form of a comment, with what was typed.
type CommentForm struct {
	Answers int64 // the comment it answers; 0: a new thread
	To      string
	Body    string
	Kind    string
	Stance  string
	Version int // of a comment that is edited
	Errors  Errors
	Suffix  string // keeps the ids of two forms on a page apart
}

func (f CommentForm) id(name string) string { return ui.FieldID(name) + f.Suffix }

func (f CommentForm) problem() string {
	for _, field := range []string{"body", "kind", "stance", "reason", ""} {
		if text := f.Errors[field]; text != "" {
			return text
		}
	}
	return ""
}

// kinds of comments, in the order that forms and filters offer them.
var commentKinds = []string{"comment", "question", "suggestion", "critique", "praise"}

// thankReasons are what one may be thanked for.
var thankReasons = []string{"useful", "insight", "clear", "kind", "first_hand"}

func (s Shell) kindWord(kind string) string   { return s.T("views.comments.kind." + kind) }
func (s Shell) stanceWord(side string) string { return s.T("views.comments.stance." + side) }
func (s Shell) thankWord(reason string) string {
	return s.T("views.comments.thanks." + reason)
}

func kindIcon(kind string) string {
	switch kind {
	case "question":
		return "circle-help"
	case "suggestion":
		return "lightbulb"
	case "critique":
		return "triangle-alert"
	case "praise":
		return "heart"
	}
	return "message-circle"
}

// IdeaComments is the talk below the idea.
type IdeaComments struct {
	Idea    int64
	Slug    string
	Count   int
	Threads int
	Kinds   []KindCount
	Fors    int
	Against int
	Query   TalkQuery
	Pinned  []Comment
	List    []Comment
	For     []Comment // of both sides beside each other
	Contra  []Comment
	Next    string // cursor of what follows; empty for nothing
	MoreOf  int64  // of a single thread: the reply that the rest begins with
	Newest  int64
	Locked  bool
	MayLock bool
	SignIn  bool         // a visitor looks on
	Why     string       // why the viewer may not speak, in words; empty when they may
	Form    *CommentForm // nil where another form is open, or none may be
}

// KindCount is how many threads are of a kind.
type KindCount struct {
	Kind  string
	Count int
}

// CommentView is a page about one comment: the form to edit it, or what it said
// before.
type CommentView struct {
	Shell
	Idea     IdeaLink
	Comment  Comment
	Form     CommentForm
	Versions []CommentVersion
}

// CommentVersion is what a comment said before an edit.
type CommentVersion struct {
	Number int
	At     time.Time
	Kind   string
	Stance string
	Text   clean.HTML
}

package views

import (
	"time"

	"prosumer/internal/web/views/ui"
)

// BulkActions are what can be done to many ideas, as their addresses name them.
var BulkActions = []string{"move", "owner", "topic", "decide_by"}

// BulkView is an action on many ideas before it is done: what to do, and once that
// is said, what would come of each.
type BulkView struct {
	Shell
	Action   string
	Ideas    []BulkIdea
	Decision Decision
	Owner    string // account as text; empty for nobody
	Topic    string // slug
	DecideBy string // day as typed
	Topics   []Topic
	Team     []Person
	Back     string
	Preview  bool // what to do is said and holds
	Errors   Errors
}

// BulkIdea is one of them.
type BulkIdea struct {
	ID     int64
	Slug   string
	Title  string
	Status string
	Was    string // the value to be replaced, as the form carries it
	From   string // the same in words
	To     string
	Why    string // why it is left out; empty where it is not
	Undo   string // of what was done: "undone" or "kept"
}

// BulkDoneView is what came of an action.
type BulkDoneView struct {
	Shell
	BulkRow
	Ideas []BulkIdea
}

// BulkRow is an action in the list of what was done.
type BulkRow struct {
	ID       int64
	What     string // in words
	By       string
	At       time.Time
	Done     int
	Left     int
	UndoneBy string
	UndoneAt time.Time
	Undoable bool
}

// BulkListView is what was done lately.
type BulkListView struct {
	Shell
	Actions []BulkRow
}

// fit counts the ideas that the action can be done to.
func (v BulkView) fit() int {
	n := 0
	for _, i := range v.Ideas {
		if i.Why == "" {
			n++
		}
	}
	return n
}

func (v BulkView) team() []ui.Option {
	list := []ui.Option{{Value: "", Label: v.T("views.lanes.owner_nobody")}}
	for _, p := range v.Team {
		list = append(list, ui.Option{Value: id64(p.ID), Label: p.Name})
	}
	return list
}

package views

import (
	"strings"
	"time"

	"prosumer/internal/web/views/ui"
)

// StudioFrame is what stands around the studio's lanes and its list.
type StudioFrame struct {
	Shell
	Query      StudioQuery
	Unanswered int // ideas waiting for a first answer, whatever the filters
	Topics     []Topic
	Challenges []Topic // slug and title
	Team       []Person
	Saved      []SavedView
	Errors     Errors // of the form that saves a view
}

// SavedView is a look at the studio that somebody saved.
type SavedView struct {
	ID      int64
	Name    string
	Query   string
	Shared  bool
	By      string // who shared it; empty for one's own
	Default bool
	Current bool
}

// StudioView is the team's list of ideas.
type StudioView struct {
	StudioFrame
	Statuses []StatusCount // tabs; "" is all
	Ideas    []StudioRow
	Next     string
}

// StatusCount is how many ideas have a status.
type StatusCount struct {
	Status string
	Ideas  int
}

// StudioRow is an idea as the team sees it, in the list and on a lane.
type StudioRow struct {
	ID          int64
	Slug        string
	Title       string
	Status      string
	Next        []string // statuses it may be moved to
	Hidden      bool
	Cover       ui.Image
	Contributor string // name
	Owner       Person // without a name: nobody yet
	Topic       string
	Challenge   string
	Voters      int
	WouldBuy    int
	Staff       int
	Scored      bool // its challenge asks for scores
	Scores      [5]int
	ProposedAt  time.Time
	Answered    bool
	Due         time.Time // the next day the duty sets; zero for none
	Decision    bool      // it is that of the decision
	Late        bool
	Again       time.Time // of what is parked: when to look at it again
}

// LanesView is the studio's board.
type LanesView struct {
	StudioFrame
	Lanes []LaneView
}

// LaneView is a column: some statuses, how many ideas they have under the filters,
// and the first of them.
type LaneView struct {
	Key      string
	Statuses []string
	Ideas    int
	Tickets  []StudioRow
}

func (v StudioFrame) with(change func(*StudioQuery)) string {
	q := v.Query
	q.After = ""
	change(&q)
	return StudioListURL(q)
}

// lanes and list are the same filters, looked at the other way.
func (v StudioFrame) lanes() string {
	return v.with(func(q *StudioQuery) { q.View, q.Status = StudioLanes, "" })
}

func (v StudioFrame) list() string {
	return v.with(func(q *StudioQuery) { q.View = StudioList })
}

func (v StudioView) tabs() []ui.Tab {
	tabs := make([]ui.Tab, 0, len(v.Statuses)+1)
	for _, c := range v.Statuses {
		label := v.T("views.studio.all")
		if c.Status != "" {
			label = v.StatusWord(c.Status)
		}
		url := v.with(func(q *StudioQuery) { q.View, q.Status = StudioList, c.Status })
		tabs = append(tabs, ui.Tab{URL: url, Label: label, Count: v.N(c.Ideas), Current: v.Query.Status == c.Status})
	}
	return tabs
}

func (v StudioView) next() string {
	if v.Next == "" {
		return ""
	}
	q := v.Query
	q.After = v.Next
	return StudioListURL(q)
}

// name is that of the status where a lane has but one.
func (v LanesView) name(l LaneView) string {
	if len(l.Statuses) == 1 {
		return v.StatusWord(l.Statuses[0])
	}
	return v.T("views.lanes.lane." + l.Key)
}

// all is the list of everything in a lane.
func (v LanesView) all(l LaneView) string {
	return v.with(func(q *StudioQuery) {
		q.View, q.Status = StudioList, strings.Join(l.Statuses, ",")
	})
}

func (v StudioFrame) owners() []ui.Option {
	list := []ui.Option{
		{Value: "", Label: v.T("views.lanes.owner_any")},
		{Value: "me", Label: v.T("views.lanes.owner_me")},
		{Value: "nobody", Label: v.T("views.lanes.owner_nobody")},
	}
	for _, p := range v.Team {
		list = append(list, ui.Option{Value: p.Handle, Label: p.Name})
	}
	return list
}

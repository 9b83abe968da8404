package views

import (
	"strconv"
	"time"

	"prosumer/internal/clean"
	"prosumer/internal/web/views/ui"
)

// ChallengesView lists the challenges, by how far they have got.
type ChallengesView struct {
	Shell
	Now     time.Time
	Running []ChallengeCard // one can enter, vote, or wait for the results
	Coming  []ChallengeCard // announced; for the team also what is not
	Past    []ChallengeCard // with results
}

// ChallengeCard is a challenge in a list.
type ChallengeCard struct {
	Challenge
	Question string
	Cover    ui.Image
	Entries  int
	Next     time.Time // when its phase ends; zero for never
}

// until names what happens at Next.
func (c ChallengeCard) until() string {
	if c.Phase == "entering" && c.Next.Before(c.EntriesClose) {
		return "waiting" // voting opens while one can still enter
	}
	return c.Phase
}

// ChallengeView is the page of one challenge.
type ChallengeView struct {
	Shell
	ChallengeCard
	Now       time.Time
	Follow    Follow
	Sharing   *Sharing // nil where not everybody may open it
	Announced time.Time
	Brief     clean.HTML
	Prize     clean.HTML
	Demands   string // plain text of several lines
	Pictures  []ui.Image
	Topic     Topic // zero for none
	Template  FileLink
	Terms     bool // there are some to read
	Entering  bool // ideas may be entered now
	Held      bool // what is proposed for it waits for a moderator first
	Budget    int  // open votes of one member; 0: no limit
	Left      int  // of a member's budget; -1 for a visitor
	Standing  []IdeaCard
	Ideas     []IdeaCard
}

// FileLink is a file to download; no name is none.
type FileLink struct {
	Name string
	Size int
}

// Moment is one of the dates of a challenge.
type Moment struct {
	Name string // key of its words
	At   time.Time
	Done bool
	Now  bool // what it opens is going on
}

// timeline is the dates in order; the last that is past is what goes on now.
func (v ChallengeView) timeline() []Moment {
	c := v.Challenge
	list := []Moment{
		{Name: "announced", At: v.Announced},
		{Name: "entries_open", At: c.EntriesOpen},
		{Name: "entries_close", At: c.EntriesClose},
		{Name: "voting_open", At: c.VotingOpen},
		{Name: "voting_close", At: c.VotingClose},
		{Name: "results", At: c.Results},
	}
	if c.VotingOpen.Before(c.EntriesClose) { // they overlap
		list[2], list[3] = list[3], list[2]
	}
	last := -1
	for i := range list {
		if list[i].Done = !v.Now.Before(list[i].At); list[i].Done {
			last = i
		}
	}
	if last >= 0 {
		list[last].Now = true
	}
	return list
}

// votes reports whether the entries take votes now.
func (c Challenge) votes() bool { return c.Phase == "voting" }

// zoneName is the site's zone, as people know it.
func (s Shell) zoneName() string {
	if s.Zone == nil {
		return "UTC"
	}
	return s.Zone.String()
}

// TermsView is what an entrant accepts.
type TermsView struct {
	Shell
	Challenge Challenge
	Text      clean.HTML
	Version   int
	At        time.Time
	Current   int // the version in force; 0: there are none any more
}

// ResultsView is the report of a challenge.
type ResultsView struct {
	Shell
	ChallengeCard
	Out     bool // false: they are still to come
	Jury    clean.HTML
	Winners []WinnerCard
	Ideas   []IdeaCard // every entry, the best first
	People  []Person   // every contributor, once
	Voters  int
}

// WinnerCard is an entry that won, and why.
type WinnerCard struct {
	IdeaCard
	Place int
	Words string
}

// part is one cell of a countdown.
type part struct {
	unit string // of time: days, hours, minutes, seconds
	n    int
}

func countdownParts(left time.Duration) []part {
	seconds := int(max(left, 0) / time.Second)
	return []part{{"days", seconds / 86400}, {"hours", seconds / 3600 % 24}, {"minutes", seconds / 60 % 60}, {"seconds", seconds % 60}}
}

// two writes a cell of a countdown, so wide that it does not jump.
func (p part) two() string {
	if p.unit == "days" {
		return strconv.Itoa(p.n)
	}
	return string([]byte{byte('0' + p.n/10), byte('0' + p.n%10)})
}

// fileSize says how large a file is, rounded up to whole KB.
func (s Shell) fileSize(bytes int) string {
	if bytes >= 1<<20 {
		return s.T("views.challenges.megabytes", "Size", (bytes+1<<20-1)>>20)
	}
	return s.T("views.challenges.kilobytes", "Size", (bytes+1023)>>10)
}

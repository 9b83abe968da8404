package views

import (
	"strconv"
	"time"

	"prosumer/internal/web/views/ui"
)

// Person is somebody named on a page. Without a handle there is no profile to
// link to: an imported author, or one who hides.
type Person struct {
	ID      int64
	Name    string
	Handle  string
	Staff   bool
	Picture ui.Image
}

// Topic is a lasting shelf of ideas.
type Topic struct {
	Slug  string
	Name  string
	Ideas int // how many stand on it; 0 is not shown
}

// IdeaCard is an idea in a list.
type IdeaCard struct {
	ID          int64
	Slug        string
	Title       string
	Excerpt     string // first words of the story, plain
	Status      string
	Cover       ui.Image
	Contributor Person
	Topic       string // name; empty for none
	Voters      int
	WouldBuy    int
	Staff       int
	Comments    int
	CarriedOver int
	Scores      [5]int
	Sealed      bool      // this viewer may not see its figures
	Challenge   Challenge // what it was entered into; without a title it is not named
	Voted       bool      // this viewer supports or scored it
	MineScore   int
	Own         bool // this viewer proposed it
	VoteOpen    bool // it takes votes now
	ProposedAt  time.Time
	Newcomer    bool // it stands here because few have seen it
}

// IdeaLink names an idea in a sentence.
type IdeaLink struct {
	ID    int64
	Slug  string
	Title string
}

// ProductLink names a product in a sentence.
type ProductLink struct {
	ID   int64
	Slug string
	Name string
}

func id64(id int64) string { return strconv.FormatInt(id, 10) }

// statusIcon is the symbol in a status badge; most have none.
func statusIcon(status string) string {
	switch status {
	case "adopted":
		return "check"
	case "in_production":
		return "hammer"
	case "launched":
		return "star"
	case "shortlisted":
		return "list-checks"
	case "merged":
		return "git-merge"
	default:
		return ""
	}
}

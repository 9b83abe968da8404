package views

import (
	"net/url"
	"strings"
	"time"

	"prosumer/internal/clean"
	"prosumer/internal/web/views/ui"
)

// PersonView is somebody's profile.
type PersonView struct {
	Shell
	Person     Person
	Cover      ui.Image
	Bio        clean.HTML
	Links      []string
	Since      time.Time
	Visibility string // "full", "name" or "hidden": the last two only to themselves and to moderators
	VotesOpen  bool
	Mine       bool // the reader looks at their own
	AsOthers   bool // as others see it
	Rank       int  // 0: no place
	RankedOf   int
	Standing   int
	Proposed   int
	VotesGot   int
	AdoptedN   int
	LaunchedN  int
	TakenUpN   int
	ThanksN    int
	CoWorkedN  int
	Follow     Follow
	Badges     []EarnedBadge
	Made       []PersonCredit
	Helped     []PersonCredit
	CoCreated  []CoCreated
	Ideas      []IdeaCard
	Next       string
	TakenUp    []TakenUp
	Thanked    []Remark
	Votes      []IdeaCard
	Activity   ui.Heat
	Active     int // how much they did in the year of Activity
	Paged      bool
}

// PersonCredit is a person's due on a product.
type PersonCredit struct {
	Product ProductLink
	Stage   string
	Role    string
	For     string // what for, in words
	Cover   ui.Image
}

// CoCreated is an idea that owes somebody something beside its contributor.
type CoCreated struct {
	Card IdeaCard
	For  string
}

// TakenUp is what an idea took from somebody's words.
type TakenUp struct {
	Title, URL string // of the idea
	For        string
	At         time.Time
}

// Remark is a comment that others thanked for.
type Remark struct {
	Words, Kind string
	Title, URL  string // of the idea, and of the comment on it
	Thanks      int
	At          time.Time
}

// name is how the person is called; somebody who was erased has no name left.
func (s Shell) name(p Person) string {
	if p.Name == "" {
		return s.T("views.person.nameless")
	}
	return p.Name
}

// ref names a person in a form that lists people: by the number, since not
// everybody has a handle to show.
func (p Person) ref() string { return "#" + id64(p.ID) }

// empty reports whether there is nothing to see of what they did.
func (v PersonView) empty() bool {
	return len(v.Made)+len(v.Helped)+len(v.CoCreated)+len(v.Ideas)+len(v.TakenUp)+len(v.Thanked) == 0
}

// missing are the parts of one's own profile that are still to fill in.
func (v PersonView) missing() []string {
	var list []string
	for _, part := range []struct {
		name  string
		there bool
	}{{"picture", v.Person.Picture.Any()}, {"bio", !v.Bio.Empty()}, {"cover", v.Cover.Any()}, {"links", len(v.Links) > 0}} {
		if !part.there {
			list = append(list, part.name)
		}
	}
	return list
}

// profilePart is a section of a profile, for the way to it.
type profilePart struct {
	id, label string
	count     int
}

// parts are the sections that have something in them, in the order of the page.
func (v PersonView) parts() []profilePart {
	var list []profilePart
	for _, p := range []profilePart{
		{"made", v.T("views.profile.made"), len(v.Made)},
		{"co-created", v.T("views.profile.co_created"), len(v.Helped) + len(v.CoCreated)},
		{"taken-up", v.T("views.profile.taken_up"), v.TakenUpN},
		{"proposed", v.T("views.person.ideas"), len(v.Ideas)},
		{"thanked", v.T("views.profile.thanked"), len(v.Thanked)},
		{"votes", v.T("views.profile.votes"), len(v.Votes)},
	} {
		if p.count > 0 {
			list = append(list, p)
		}
	}
	return list
}

// linkHost is what is shown of a link: where it leads, and no more.
func linkHost(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return link
	}
	host := strings.TrimPrefix(u.Hostname(), "www.")
	if path := strings.Trim(u.EscapedPath(), "/"); path != "" && len(path) <= 24 && !strings.Contains(path, "/") {
		return host + "/" + path
	}
	return host
}

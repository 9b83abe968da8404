package views

import (
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"prosumer/internal/web/views/ui"
)

// Alternate is the same page in another form, for the head of a page. Its
// address is absolute.
type Alternate struct{ Type, Title, Href string }

// Types of alternates.
const (
	AtomType   = "application/atom+xml"
	FeedType   = "application/feed+json"
	OEmbedType = "application/json+oembed"
)

// isCard reports whether a picture is one that the server drew.
func isCard(image string) bool { return strings.Contains(image, "/cards/") }

// Sharing is all the ways to pass something on. Addresses are absolute but for
// Page and Poster; what is empty is not offered.
type Sharing struct {
	URL    string // the page, with the code of the member's own link
	Title  string
	Page   string // where all of this stands on a page of its own
	Poster string
	Card   string // the drawn picture
	Embed  string // what other sites put into a page

	Mine    bool // the link carries the reader's own code
	Brought int  // how many votes it led to; -1 while that is sealed
}

// mail is a letter with the link, ready to be addressed.
func (l Sharing) mail(s Shell) string {
	query := url.Values{"subject": {l.Title}, "body": {s.T("views.sharing.mail_body", "Title", l.Title, "URL", l.URL)}}
	return "mailto:?" + strings.ReplaceAll(query.Encode(), "+", "%20")
}

// EmbedCode is what a site puts into its page: a frame, and for where none is
// shown a picture that leads here.
func EmbedCode(frame, page, card, title string, width, height int) string {
	q, n := func(s string) string { return templ.EscapeString(s) }, func(n int) string { return id64(int64(n)) }
	return `<iframe src="` + q(frame) + `" width="` + n(width) + `" height="` + n(height) + `" title="` + q(title) +
		`" loading="lazy" frameborder="0"><a href="` + q(page) + `"><img src="` + q(card) + `" alt="` + q(title) + `" width="600" height="315"></a></iframe>`
}

// The size of frames on other sites.
const (
	EmbedWidth           = 560
	EmbedIdeaHeight      = 236
	EmbedChallengeHeight = 236
)

// ShareView is the page with every way to pass an idea on.
type ShareView struct {
	Shell
	Sharing Sharing
	Idea    IdeaLink
}

// PosterView is an idea as a page to print.
type PosterView struct {
	Shell
	ID        int64
	Slug      string
	IdeaTitle string
	By        string
	Picture   ui.Image
	A5        bool
	Link      string // what the code on it leads to, absolute
	Short     string // the same as people type it
	Code      QR
}

// QR is a code to scan, as squares of a grid.
type QR struct {
	Size int
	Path string // of an SVG, one unit a square
}

// EmbedView is what stands in a frame on another site. It shows what any
// visitor sees, and nothing of who looks.
type EmbedView struct {
	Shell
	Theme   string // "dark", "light", or empty for the reader's own
	Found   bool
	Topic   string // what the script listens to; empty for nothing
	URL     string
	Head    string
	Chip    string
	Text    string
	By      string
	Figure  string    // empty while sealed
	Opens   time.Time // when the clock lifts the seal, and the script asks again; zero for never
	Caption string
	One     string // the caption of one, and of more, for the script
	More    string
	Act     string
	Art     ui.Image
	Seed    string
	Card    string
	ID      int64 // of an idea, for its tally
	Round   bool  // it is a challenge
}

// WithCode is an address with the code of a member's link; without a code it is
// the address.
func WithCode(address, code string) string {
	if code == "" {
		return address
	}
	return address + "?via=" + code
}

// quiet is how many squares a code keeps free around itself, by its standard.
const quiet = 4

func (q QR) viewBox() string {
	n := func(n int) string { return id64(int64(n)) }
	return n(-quiet) + " " + n(-quiet) + " " + n(q.Size+2*quiet) + " " + n(q.Size+2*quiet)
}

// posterSize is how large a title may be set.
func posterSize(title string) string {
	switch n := len([]rune(title)); {
	case n > 80:
		return "long"
	case n > 40:
		return "middling"
	default:
		return "brief"
	}
}

// cameFrom says where a vote came from: a host, or somebody's shared link, whose
// code says nothing to a reader.
func (s Shell) cameFrom(referrer string) string {
	if strings.HasPrefix(referrer, "share:") {
		return s.T("views.sharing.a_link")
	}
	return referrer
}

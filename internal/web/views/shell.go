package views

import (
	"encoding/json"
	"strings"
	"time"

	"prosumer/internal/i18n"
	"prosumer/internal/web/views/ui"
)

// Shell is what every page knows: the reader, the language, and what stands
// around the page itself. Every view embeds it.
type Shell struct {
	Lang         i18n.Lang
	Title        string // without the site's name; templates fill it where it is fixed
	Description  string
	Path         string // path and query of this page: the way back after signing in or changing language
	Viewer       Viewer // zero for a visitor
	CSRF         string
	Flash        string // a sentence, ready to read
	Unread       int    // notices of the viewer's
	Assets       Assets
	Here         int // how many people look at the board now; 0 is not shown
	IdeaCount    int // how many ideas the search covers; 0 is not shown
	Search       string
	CanonicalURL string
	ShareImage   string         // absolute address of the picture for link previews
	Data         StructuredData // what the page is about, for machines; nil says nothing
	Alternates   []Alternate    // the same in another form: feeds, and how to show it on other sites
	NoIndex      bool
	DevMail      bool // the development mailbox is there to be linked
	Version      string
	CameFrom     string          // host of the page elsewhere that led a member here, for their vote; empty for visitors
	Texts        json.RawMessage // sentences for the islands, by their keys, as json.Marshal writes them
	Watch        []string        // topics the page listens to: "board", "idea:42"
	Zone         *time.Location  // days and times are written in it; UTC when nil
}

// Viewer is who looks at the page.
type Viewer struct {
	ID        int64
	Name      string
	Handle    string
	Picture   ui.Image
	Staff     bool
	Team      bool
	Moderates bool // looks at what waits to be let in; the team does, too
	Admin     bool
	Confirmed bool // the e-mail address is, or none has to be
}

// SignedIn reports whether somebody is signed in.
func (v Viewer) SignedIn() bool { return v.ID != 0 }

// Assets are the built files, by the names the bundler gave them.
type Assets struct {
	Script       string
	Style        string
	MoreStyle    string // of every page but the board
	Theme        string // small classic script for the head, against a flash of the wrong theme
	Icons        string // the sprite
	FontPreloads []string
	Embed        string // module of what stands in frames on other sites
	EmbedStyle   string
}

// T says a sentence of the catalogues in the reader's language.
func (s Shell) T(key string, args ...any) string { return i18n.T(s.Lang, key, args...) }

// N writes a number.
func (s Shell) N(n int) string { return i18n.Number(s.Lang, n) }

// StatusWord says a status in words.
func (s Shell) StatusWord(status string) string { return i18n.T(s.Lang, "status."+status) }

// ReasonWord says a reason code in words; a code without words shows as itself.
func (s Shell) ReasonWord(code string) string {
	return i18n.Or(s.Lang, "reason."+code, strings.ReplaceAll(code, "_", " "))
}

// creditWord says what somebody is credited for: the idea, where nothing else was said.
func (s Shell) creditWord(said string) string {
	if said == "" {
		return s.T("views.product.credit_idea")
	}
	return said
}

// Date writes a day, in the zone of the site.
func (s Shell) Date(t time.Time) string { return i18n.Date(s.Lang, s.local(t)) }

// DateTime writes a day and a time, in the zone of the site.
func (s Shell) DateTime(t time.Time) string { return i18n.DateTime(s.Lang, s.local(t)) }

func (s Shell) local(t time.Time) time.Time {
	if s.Zone == nil {
		return t.UTC()
	}
	return t.In(s.Zone)
}

// Machine writes a moment for the datetime attribute.
func (s Shell) Machine(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// At reports whether the page stands in a section of the site, for the menu.
func (s Shell) At(section string) bool {
	path, _, _ := strings.Cut(s.Path, "?")
	if section == HomeURL {
		return path == HomeURL || strings.HasPrefix(path, "/ideas/")
	}
	return path == section || strings.HasPrefix(path, section+"/")
}

// onBoard reports whether this is the board itself, which is first seen by most
// and loads least.
func (s Shell) onBoard() bool {
	path, _, _ := strings.Cut(s.Path, "?")
	return path == HomeURL
}

func (s Shell) heading() string {
	if s.Title == "" {
		return "Prosumer"
	}
	return s.Title + " · Prosumer"
}

// titled is the shell with a fixed title, unless the handler gave one.
func (s Shell) titled(title string) Shell {
	if s.Title == "" {
		s.Title = title
	}
	return s
}

// pageData is what the islands read; its JSON stands in #page.
type pageData struct {
	Lang     i18n.Lang `json:"lang"`
	SignedIn bool      `json:"signedIn"`
	Account  int64     `json:"account"`
	Watch    []string  `json:"watch"`
}

// pageJSON is pageData with the texts, which are JSON already and in every page:
// to write them again for each took a twentieth of it.
func (s Shell) pageJSON() (string, error) {
	d := pageData{Lang: s.Lang, SignedIn: s.Viewer.SignedIn(), Account: s.Viewer.ID, Watch: s.Watch}
	if d.Watch == nil {
		d.Watch = []string{}
	}
	written, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	texts := string(s.Texts)
	if texts == "" {
		texts = "{}"
	}
	return string(written[:len(written)-1]) + `,"texts":` + texts + "}", nil
}

// otherLanguage is the language the switch offers, with its own name.
func (s Shell) otherLanguage() (i18n.Lang, string) {
	if s.Lang == i18n.NL {
		return i18n.EN, "English"
	}
	return i18n.NL, "Nederlands"
}

package sharing

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// MaxEntries is how many entries a feed has at most.
const MaxEntries = 50

// Feed is what readers of feeds are told, the newest first.
type Feed struct {
	ID       string // a tag URI, the same for good
	Title    string
	Subtitle string
	Lang     string
	Home     string // address of the page it follows
	Self     string // its own address
	Entries  []Entry
}

// Entry is one thing told. Its Image is the address of a picture, empty for
// none. HTML must be clean.
type Entry struct {
	ID        string
	Title     string
	URL       string
	Published time.Time
	Updated   time.Time
	Author    string
	AuthorURL string
	HTML      string
	Image     string
	Tags      []string
}

// TagURI makes a name that stays when addresses change: RFC 4151, with the day
// from which it is ours to give. A port has no place in one.
func TagURI(host, what string) string {
	name, _, _ := strings.Cut(host, ":")
	return "tag:" + name + ",2026:" + what
}

// updated is the day of the newest entry; the beginning of time for none, so
// that an empty feed stays equal.
func (f Feed) updated() time.Time {
	at := time.Unix(0, 0).UTC()
	for _, e := range f.Entries {
		if e.Updated.After(at) {
			at = e.Updated
		}
	}
	return at
}

// Storable drops from a text what XML 1.0 has no place for, and what is no text.
func Storable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r == 0xfffe, r == 0xffff, r < ' ' && r != '\t' && r != '\n':
			return -1
		}
		return r
	}, s)
}

type atomText struct {
	Type string `xml:"type,attr"`
	Body string `xml:",chardata"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Link       []atomLink     `xml:"link"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Author     *atomPerson    `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Content    atomText       `xml:"content"`
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Author   atomPerson  `xml:"author"`
	Entries  []atomEntry `xml:"entry"`
}

// Atom writes the feed by RFC 4287. publisher is who speaks where an entry names
// nobody.
func (f Feed) Atom(publisher string) ([]byte, error) {
	out := atomFeed{
		Lang: f.Lang, ID: f.ID, Title: Storable(f.Title), Subtitle: Storable(f.Subtitle), Updated: moment(f.updated()), Author: atomPerson{Name: publisher},
		Links: []atomLink{{"self", "application/atom+xml", f.Self}, {"alternate", "text/html", f.Home}},
	}
	for _, e := range f.Entries {
		entry := atomEntry{
			ID: e.ID, Title: Storable(e.Title), Link: []atomLink{{"alternate", "text/html", e.URL}}, Published: moment(e.Published), Updated: moment(e.Updated),
			Content: atomText{"html", Storable(e.HTML)},
		}
		if e.Author != "" {
			entry.Author = &atomPerson{Storable(e.Author), e.AuthorURL}
		}
		for _, t := range e.Tags {
			entry.Categories = append(entry.Categories, atomCategory{Storable(t)})
		}
		out.Entries = append(out.Entries, entry)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(out); err != nil {
		return nil, fmt.Errorf("write an Atom feed: %w", err)
	}
	return b.Bytes(), nil
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	HTML      string       `json:"content_html"`
	Image     string       `json:"image,omitempty"`
	Published string       `json:"date_published"`
	Modified  string       `json:"date_modified"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
}

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Description string     `json:"description,omitempty"`
	Home        string     `json:"home_page_url"`
	Self        string     `json:"feed_url"`
	Lang        string     `json:"language"`
	Items       []jsonItem `json:"items"`
}

// JSON writes the feed as JSON Feed 1.1.
func (f Feed) JSON() ([]byte, error) {
	out := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Description: f.Subtitle, Home: f.Home, Self: f.Self, Lang: f.Lang, Items: []jsonItem{}}
	for _, e := range f.Entries {
		item := jsonItem{ID: e.ID, URL: e.URL, Title: e.Title, HTML: e.HTML, Image: e.Image, Published: moment(e.Published), Modified: moment(e.Updated), Tags: e.Tags}
		if e.Author != "" {
			item.Authors = []jsonAuthor{{e.Author, e.AuthorURL}}
		}
		out.Items = append(out.Items, item)
	}
	written, err := json.Marshal(out)
	if err != nil {
		return nil, fmt.Errorf("write a JSON feed: %w", err)
	}
	return written, nil
}

package ideas

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gosimple/slug"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
)

// Limits of an idea's fields; the database holds the same.
const (
	MaxTitle    = 120
	minTitle    = 3
	minStory    = 20 // characters of text: less is a slogan, not an idea
	MaxTags     = 10
	maxTag      = 30
	minTag      = 2
	MaxPictures = 8
	maxAlt      = 500
	maxDrafts   = 50 // of one person, so that autosave cannot fill the disk
)

// RulesVersion is the version of the house rules at /how that a contributor
// accepts; it grows when the rules change.
const RulesVersion = 1

// Text is what a contributor typed: the input of a draft, a submission and an
// edit.
type Text struct {
	Title    string
	Story    string // HTML of the editor, or the plain text of a textarea
	Topic    string // a slug, or empty
	Tags     []string
	Pictures []Picture
	Cover    string // one of the pictures; empty means the first
	Accept   bool   // the house rules

	Challenge *string // slug of the challenge it is to be entered into; empty for none, nil leaves what a draft is meant for
	BuildsOn  *ID     // the idea that a new one builds on; nil for none, and leaves what a draft says
	Terms     int     // version of that challenge's terms that was accepted; 0: none
}

// tidied is a checked text with what is made of it.
type tidied struct {
	Text
	HTML  clean.HTML
	Plain string
	Slug  string
}

// tidy cleans the text. A draft may be unfinished; whole asks for everything
// that a submitted idea needs.
func (t Text) tidy(whole bool) (tidied, error) {
	var c fault.Check
	c.Need(clean.ValidText(t.Title), "title", "ideas.text_broken")
	c.Need(clean.ValidText(t.Topic), "topic", "ideas.text_broken")
	c.Need(t.Challenge == nil || clean.ValidText(*t.Challenge), "challenge", "ideas.text_broken")
	t.Title = clean.Line(t.Title)
	n := utf8.RuneCountInString(t.Title)
	c.Need(n <= MaxTitle, "title", "ideas.title_long")
	html, err := clean.Typed(t.Story)
	if err != nil {
		c.Need(false, "story", fault.Of(err).Code)
	}
	plain := clean.Text(html)
	t.Tags = tidyTags(&c, t.Tags)
	c.Need(len(t.Pictures) <= MaxPictures, "pictures", "ideas.pictures_many")
	t.Pictures = slices.Clone(t.Pictures)
	for i := range t.Pictures {
		t.Pictures[i].Alt = clean.Line(t.Pictures[i].Alt)
		c.Need(utf8.RuneCountInString(t.Pictures[i].Alt) <= maxAlt, "pictures", "ideas.alt_long")
	}
	if !slices.ContainsFunc(t.Pictures, func(p Picture) bool { return p.ID == t.Cover }) {
		t.Cover = ""
		if len(t.Pictures) > 0 {
			t.Cover = t.Pictures[0].ID
		}
	}
	if whole {
		c.Need(n >= minTitle, "title", "ideas.title_short")
		c.Need(utf8.RuneCountInString(strings.TrimSpace(plain)) >= minStory, "story", "ideas.story_short")
	}
	s := slug.Make(t.Title)
	if len(s) > 80 {
		s = strings.Trim(s[:80], "-")
	}
	if s == "" {
		s = "idea"
	}
	return tidied{Text: t, HTML: html, Plain: plain, Slug: s}, c.Err()
}

func tidyTags(c *fault.Check, typed []string) []string {
	var tags []string
	for _, t := range typed {
		c.Need(clean.ValidText(t), "tags", "ideas.text_broken")
		t = clean.Line(strings.ToLower(strings.TrimLeft(clean.Line(t), "# ")))
		if t == "" || slices.Contains(tags, t) {
			continue
		}
		n := utf8.RuneCountInString(t)
		c.Need(n >= minTag && n <= maxTag, "tags", "ideas.tag_length")
		if tags = append(tags, t); len(tags) > MaxTags {
			c.Need(false, "tags", "ideas.tags_many")
			break
		}
	}
	return tags
}

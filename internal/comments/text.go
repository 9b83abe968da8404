package comments

import (
	"slices"
	"strings"
	"unicode/utf8"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
)

// Limits of a comment.
const (
	MaxText     = 5000 // characters that are read
	MaxPictures = 4
	MaxMentions = 5
)

// Text is what somebody typed.
type Text struct {
	Body   string // HTML of the editor, or the plain text of a textarea
	Kind   Kind   // empty: Plain
	Stance Stance
}

// tidied is a checked text with what is made of it.
type tidied struct {
	Text
	HTML  clean.HTML
	Plain string
	Names []string // handles that it mentions
}

// tidy cleans the text; of a reply the kind and stance must be none.
func (t Text) tidy(reply bool) (tidied, error) {
	if t.Kind == "" {
		t.Kind = Plain
	}
	var c fault.Check
	c.Need(clean.ValidText(t.Body), "body", "ideas.text_broken")
	c.Need(slices.Contains(Kinds, t.Kind), "kind", "comments.kind_unknown")
	c.Need(t.Stance == "" || t.Stance == For || t.Stance == Against, "stance", "comments.stance_unknown")
	c.Need(!reply || t.Kind == Plain, "kind", "comments.kind_of_reply")
	c.Need(!reply || t.Stance == "", "stance", "comments.kind_of_reply")
	html, err := clean.Typed(t.Body)
	if err != nil {
		c.Need(false, "body", fault.Of(err).Code)
	}
	plain, names := clean.Text(html), clean.Mentions(html)
	c.Need(!html.Empty(), "body", "comments.empty")
	c.Need(utf8.RuneCountInString(plain) <= MaxText, "body", "comments.long")
	c.Need(len(clean.Images(html)) <= MaxPictures, "body", "comments.pictures_many")
	c.Need(len(names) <= MaxMentions, "body", "comments.mentions_many")
	t.Body = storable(t.Body)
	return tidied{Text: t, HTML: html, Plain: plain, Names: names}, c.Err()
}

// storable is a source as PostgreSQL can hold it.
func storable(source string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(source, ""), "\x00", "")
}

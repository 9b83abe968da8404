package ideas

import (
	"html"
	"regexp"
	"slices"

	"prosumer/internal/clean"
)

// KnownFields are those that a template may hold and that are known of every idea. Any other
// name in braces is asked for before the answer is published.
var KnownFields = []string{"contributor", "title", "date", "votes"}

// maxFields bounds what a text can ask for; what comes after stays as it was typed.
const maxFields = 20

// field is a word in braces: {contributor}, {size}.
var field = regexp.MustCompile(`\{([a-z][a-z0-9_]{0,29})\}`)

// FieldsIn lists the fields that a typed text still has, in order, each once.
func FieldsIn(source string) []string {
	typed, err := clean.Typed(source)
	if err != nil {
		return nil
	}
	return fieldsOf(typed)
}

// fieldsOf reads the words as people see them, so that a field is one even where
// a part of it is bold.
func fieldsOf(typed clean.HTML) []string {
	var list []string
	for _, m := range field.FindAllStringSubmatch(clean.Text(typed), -1) {
		if len(list) == maxFields {
			break
		}
		if !slices.Contains(list, m[1]) {
			list = append(list, m[1])
		}
	}
	return list
}

// FillFields puts values in the place of the fields of a typed text, as words:
// what is markup in a value is shown. A field without a value stays. The text
// is HTML from then on, where it had a field.
func FillFields(source string, values map[string]string) string {
	typed, err := clean.Typed(source)
	if err != nil || len(fieldsOf(typed)) == 0 {
		return source
	}
	return field.ReplaceAllStringFunc(typed.String(), func(written string) string {
		value := clean.Line(values[written[1:len(written)-1]])
		if value == "" {
			return written
		}
		return html.EscapeString(value)
	})
}

package views

import (
	"slices"

	"prosumer/internal/web/views/ui"
)

// Errors are the remedies of a refused form: input name to a ready sentence.
// The key "" holds what belongs to the form as a whole.
type Errors map[string]string

// problems lists the errors in the order of the form's fields; the rest follow
// by name, so that none is lost.
func (e Errors) problems(order ...string) []ui.Problem {
	var list []ui.Problem
	if text, ok := e[""]; ok {
		list = append(list, ui.Problem{Text: text})
	}
	for _, field := range order {
		if text, ok := e[field]; ok {
			list = append(list, ui.Problem{Field: field, Text: text})
		}
	}
	var rest []string
	for field := range e {
		if field != "" && !slices.Contains(order, field) {
			rest = append(rest, field)
		}
	}
	slices.Sort(rest)
	for _, field := range rest {
		list = append(list, ui.Problem{Text: e[field]})
	}
	return list
}

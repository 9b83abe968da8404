package imports

import (
	"fmt"
	"slices"
	"strings"

	"prosumer/internal/fault"
)

// Target is what a column of a file can become.
type Target string

// The targets, in the order they are shown.
const (
	ID      Target = "id"
	Title   Target = "title"
	Story   Target = "story"
	Created Target = "created"
	Votes   Target = "votes"
	Author  Target = "author"
	Topic   Target = "topic"
	Status  Target = "status"
	Tags    Target = "tags"
)

// Targets lists every target, in the order they are shown.
var Targets = []Target{ID, Title, Story, Created, Votes, Author, Topic, Status, Tags}

// required are the targets a file cannot do without: the id is what makes a
// second run change nothing.
var required = []Target{ID, Title}

// Mapping says which columns become what. Its zero value says nothing yet.
type Mapping struct {
	columns map[Target][]string
}

// ParseMapping reads "id=number,title=title,story=summary+text". An empty text
// gives an empty mapping, which leaves the choice to Detect.
func ParseMapping(text string) (Mapping, error) {
	m := Mapping{columns: map[Target][]string{}}
	if strings.TrimSpace(text) == "" {
		return m, nil
	}
	for pair := range strings.SplitSeq(text, ",") {
		name, from, ok := strings.Cut(pair, "=")
		target := Target(strings.ToLower(strings.TrimSpace(name)))
		if !ok {
			return Mapping{}, refuse("imports.bad_mapping", "%q is not of the form target=column.", strings.TrimSpace(pair))
		}
		if !slices.Contains(Targets, target) {
			return Mapping{}, refuse("imports.unknown_target", "There is no target %q; the targets are %s.", string(target), listed(Targets))
		}
		if m.Has(target) {
			return Mapping{}, refuse("imports.target_twice", "The target %q is given twice; join columns with +, as in story=summary+text.", string(target))
		}
		for column := range strings.SplitSeq(from, "+") {
			column = strings.TrimSpace(column)
			if column == "" {
				return Mapping{}, refuse("imports.bad_mapping", "The target %q names no column, or an empty one.", string(target))
			}
			m.columns[target] = append(m.columns[target], column)
		}
	}
	return m, nil
}

// Empty reports whether no target has a column.
func (m Mapping) Empty() bool { return len(m.columns) == 0 }

// Has reports whether the target has a column.
func (m Mapping) Has(t Target) bool { return len(m.columns[t]) > 0 }

// Columns gives the columns of a target, in their order.
func (m Mapping) Columns(t Target) []string { return slices.Clone(m.columns[t]) }

// String writes the mapping the way ParseMapping reads it.
func (m Mapping) String() string {
	var pairs []string
	for _, t := range Targets {
		if m.Has(t) {
			pairs = append(pairs, string(t)+"="+strings.Join(m.columns[t], "+"))
		}
	}
	return strings.Join(pairs, ",")
}

// Check refuses a mapping that names a column the header does not have, or that
// leaves out a target no idea can do without. The refusal lists the columns
// there are.
func (m Mapping) Check(header []string) error {
	_, err := m.places(header)
	return err
}

// places finds each target's columns in the header.
func (m Mapping) places(header []string) (map[Target][]int, error) {
	places := map[Target][]int{}
	for _, t := range Targets {
		for _, column := range m.columns[t] {
			at := slices.Index(header, column)
			if at < 0 {
				at = slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(h, column) })
			}
			if at < 0 {
				return nil, refuse("imports.unknown_column", "The file has no column %q for %s; it has %s.", column, string(t), listed(header))
			}
			places[t] = append(places[t], at)
		}
	}
	for _, t := range required {
		if !m.Has(t) {
			return nil, refuse("imports.missing_target", "No column is chosen for %s; the file has %s.", string(t), listed(header))
		}
	}
	return places, nil
}

func refuse(code, format string, args ...any) error {
	return fault.New(fault.Invalid, code, fmt.Sprintf(format, args...))
}

// listed writes names for a person, and stops before they fill the screen.
func listed[S ~string](names []S) string {
	const most, widest = 40, 60
	var out []string
	for i, name := range names {
		if i == most {
			out = append(out, fmt.Sprintf("and %d more", len(names)-most))
			break
		}
		short := []rune(strings.ToValidUTF8(string(name), "�"))
		if len(short) > widest {
			short = append(short[:widest], '…')
		}
		out = append(out, string(short))
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, ", ")
}

package imports

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"prosumer/internal/fault"
)

// The widths our own fields have room for, in characters.
const (
	titleLimit = 120
	wordLimit  = 200 // ids, names, topics
)

// reading turns the records of one file into rows.
type reading struct {
	places map[Target][]int
	seen   map[string]int // external id to its line
}

func (r *reading) row(line int, record []string, columns int) (Row, *RowError) {
	row := Row{Line: line}
	bad := func(code, format string, args ...any) (Row, *RowError) {
		return Row{}, &RowError{Line: line, ExternalID: row.ExternalID, Code: code, Text: fmt.Sprintf(format, args...)}
	}
	for _, field := range record {
		if !utf8.ValidString(field) {
			return bad("imports.not_utf8", "The row is not in UTF-8.")
		}
	}
	row.ExternalID = oneLine(r.first(ID, record))
	if len(record) != columns {
		return bad("imports.column_count", "The row has %d columns where the header has %d.", len(record), columns)
	}
	if row.ExternalID == "" {
		return bad("imports.id_missing", "The row has no id.")
	}
	if utf8.RuneCountInString(row.ExternalID) > wordLimit {
		row.ExternalID = ""
		return bad("imports.id_too_long", "The id has more than %d characters.", wordLimit)
	}
	if before, taken := r.seen[row.ExternalID]; taken {
		return bad("imports.id_repeated", "The id was on line %d already.", before)
	}
	title := oneLine(r.first(Title, record))
	if title == "" {
		return bad("imports.title_missing", "The row has no title.")
	}
	row.Story = r.story(record)
	row.Title = cutAtWord(title, titleLimit)
	if row.Title != title {
		row.Notices = append(row.Notices, "imports.title_cut")
		row.Story = strings.TrimSpace(title + "\n\n" + row.Story) // so that nothing of it is lost
	}
	if row.Story == "" {
		row.Story = title
	}
	var ok, dayFirst bool
	if row.Created, dayFirst, ok = parseDate(r.first(Created, record)); !ok {
		return bad("imports.date_bad", "%q is not a date we know.", cutAtWord(oneLine(r.first(Created, record)), 40))
	}
	if dayFirst {
		row.Notices = append(row.Notices, "imports.date_day_first")
	}
	if row.Votes, ok = parseCount(r.first(Votes, record)); !ok {
		return bad("imports.votes_bad", "%q is not a number of votes.", cutAtWord(oneLine(r.first(Votes, record)), 40))
	}
	if row.Votes < 0 {
		return bad("imports.votes_negative", "The number of votes is below zero.")
	}
	row.Author = cutAtWord(oneLine(r.first(Author, record)), wordLimit)
	row.Topic = cutAtWord(oneLine(r.first(Topic, record)), wordLimit)
	row.Status = cutAtWord(oneLine(r.first(Status, record)), wordLimit)
	row.Tags = r.tags(record)
	r.seen[row.ExternalID] = line
	return row, nil
}

// first gives the first of the target's columns that holds anything.
func (r *reading) first(t Target, record []string) string {
	for _, at := range r.places[t] {
		if at < len(record) && strings.TrimSpace(record[at]) != "" {
			return strings.TrimSpace(record[at])
		}
	}
	return ""
}

// story joins what the story's columns hold, each part once.
func (r *reading) story(record []string) string {
	var parts []string
	for _, at := range r.places[Story] {
		if part := paragraphs(record[at]); part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "\n\n")
}

func (r *reading) tags(record []string) []string {
	var tags []string
	for _, at := range r.places[Tags] {
		for _, tag := range strings.FieldsFunc(record[at], func(c rune) bool { return strings.ContainsRune(",;|\n", c) }) {
			if tag = oneLine(tag); tag != "" && !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
	}
	return tags
}

// lostBreak is what some exports leave of a line end: a sentence, then a row of
// spaces nobody types.
var lostBreak = regexp.MustCompile(`([.!?:…])[ \t]{3,}`)

func paragraphs(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	text = lostBreak.ReplaceAllString(text, "$1\n\n")
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return -1
		}
		return c
	}, text))
}

// oneLine makes every run of space one space and drops control characters.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }), " ")
}

// cutAtWord shortens to at most limit characters, the ellipsis among them,
// between words where there are any.
func cutAtWord(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	cut := limit - 1
	for at := cut; at > limit/2; at-- {
		if unicode.IsSpace(runes[at]) {
			cut = at
			break
		}
	}
	return strings.TrimRightFunc(string(runes[:cut]), func(c rune) bool { return unicode.IsSpace(c) || unicode.IsPunct(c) }) + "…"
}

func refusal(err error) *fault.Fault {
	f, _ := errors.AsType[*fault.Fault](err)
	return f
}

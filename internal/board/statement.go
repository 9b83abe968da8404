package board

import (
	"slices"
	"strconv"
	"strings"

	"github.com/lib/pq"

	"prosumer/internal/ideas"
)

// statement gathers a query's conditions and arguments.
type statement struct {
	where []string
	args  []any
}

// arg names a value in the query.
func (s *statement) arg(v any) string {
	s.args = append(s.args, v)
	return "$" + strconv.Itoa(len(s.args))
}

func (s *statement) and(condition string) { s.where = append(s.where, condition) }

// allOf joins what is there of the conditions, at least one.
func allOf(conditions ...string) string {
	return strings.Join(slices.DeleteFunc(conditions, func(c string) bool { return c == "" }), " AND ")
}

// oneOf is the SQL of "one of these statuses", with the words in it rather than
// an argument, so that the database can tell which partial index serves.
func oneOf(list []ideas.Status) string { return "IN (" + quoted(list) + ")" }

// quoted is the SQL of these statuses, as words with commas between.
func quoted(list []ideas.Status) string {
	raw := make([]string, len(list))
	for i, s := range list {
		raw[i] = pq.QuoteLiteral(string(s))
	}
	return strings.Join(raw, ", ")
}

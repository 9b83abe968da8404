package board

import (
	"fmt"
	"strconv"
	"strings"
)

// ladder is a stored key that an order walks down by an index that begins with
// the status; so a page reads what it shows, at any depth.
type ladder struct {
	from  string // the table, as r
	id    string
	key   string
	cast  string                    // the key's type
	text  string                    // the key in text, of the column p.k
	also  string                    // what else holds of a row of the ladder
	value func(cursor) (any, error) // reads the text back
	open  bool                      // lists what is sealed now, too
}

var ladders = map[Order]ladder{
	Trending: byRank("trending", "float8", ""),
	Rising:   byRank("rising", "float8", ""),
	Score:    byRank("score", "float8", "r.score IS NOT NULL"),
	Votes:    byRank("voters", "bigint", ""),
	Newest: {
		from: "ideas", id: "r.id", key: "r.submitted_at", cast: "timestamptz", text: micros("p.k"), also: "NOT r.hidden", open: true,
		value: func(c cursor) (any, error) { return c.moment() },
	},
}

// byRank walks a column of ranks, which names a status only while the idea is
// to be listed.
func byRank(column, cast, also string) ladder {
	l := ladder{from: "ranks", id: "r.idea_id", key: "r." + column, cast: cast, text: "p.k::text", also: also}
	l.value = func(c cursor) (any, error) { return c.float() }
	if cast == "bigint" {
		l.value = func(c cursor) (any, error) { return c.integer() }
	}
	return l
}

// sealedNow is a condition on r.challenge_id: not in a challenge whose tallies
// are sealed at this moment. The list of those is read once for a query.
const (
	sealedNow = `sealed AS MATERIALIZED (SELECT coalesce(array_agg(id), '{}') AS ids FROM challenges WHERE sealed <> 'no' AND voting_close_at > clock_timestamp())`
	unsealed  = `(r.challenge_id IS NULL OR r.challenge_id <> ALL ((SELECT ids FROM sealed)::bigint[]))`
)

// maxSteps bounds how many ideas are looked at for a tag that stands on many:
// if these are too few of them for a page, the tag's own ideas are sorted.
const maxSteps = 10_000

// query lists what the ladder orders. Each status is a walk of its own down the
// index, and the database merges them: what has another status is not read.
func (l ladder) query(s *statement, q Query, n narrowed, after *cursor) (string, error) {
	narrow, few := n.conditions(s, "r", l.id)
	tagged := n.sought(s, "w.id")
	where := []string{l.also, narrow}
	if !l.open {
		where = append(where, unsealed)
	}
	if after != nil {
		value, err := l.value(*after)
		if err != nil {
			return "", err
		}
		where = append(where, fmt.Sprintf("(%s, %s) < (%s::%s, %s)", l.key, l.id, s.arg(value), l.cast, s.arg(after.id)))
	}
	conditions, limit := allOf(where...), strconv.Itoa(q.Limit+1) // no argument: how few rows are wanted decides the plan
	var walks []string
	walk := func(statuses, limit string) {
		walks = append(walks, fmt.Sprintf("(SELECT %[1]s AS id, %[2]s AS k FROM %[3]s r WHERE %[4]s ORDER BY %[2]s DESC, %[1]s DESC LIMIT %[5]s)",
			l.id, l.key, l.from, allOf("r.status "+statuses, conditions), limit))
	}
	steps, sift := limit, ""
	if tagged != "" {
		steps, sift = strconv.Itoa(maxSteps/len(q.Statuses)), " WHERE "+tagged
	}
	if few {
		walk(oneOf(q.Statuses), limit)
	} else {
		for _, status := range q.Statuses {
			walk("= '"+string(status)+"'", steps)
		}
	}
	query := "SELECT " + pickColumns + ", " + l.text + " AS key FROM (SELECT w.id, w.k FROM (" + strings.Join(walks, " UNION ALL ") +
		") AS w" + sift + " ORDER BY w.k DESC, w.id DESC LIMIT " + limit + ") AS p JOIN ideas i ON i.id = p.id " + cardJoins + " WHERE NOT i.hidden"
	if !l.open { // nor what went into a challenge a moment ago
		query = "WITH " + sealedNow + " " + query + " AND " + sealNow + " = ''"
	}
	return query + " ORDER BY p.k DESC, p.id DESC", nil
}

package board

import (
	"fmt"
	"strconv"
	"strings"

	"prosumer/internal/clean"
)

func validWords(s string) bool { return clean.ValidText(s) }

// bounds of a search. Candidates are how many matches are ranked: the newest win
// a place among them, because a word that common says little about which idea is
// meant.
//
// They come of two places, each bounded, so that no word is dear: of matching
// ideas that the index of words gives in no order, and, where that had to stop
// before the last of them, of the newest ideas that are looked into one by one.
type bounds struct {
	candidates int
	matching   int // so many are found by the index
	newest     int // so many are looked into
}

// usual are bounds with which no word took more than about a tenth of a second
// among 400,000 ideas.
func usual() bounds { return bounds{candidates: 300, matching: 2000, newest: 12000} }

// A part of a word is looked for in titles only while whole words find fewer
// than fewFound, and in stories while titles do, too: a word that many ideas use
// is no part of another. partCandidates bounds what is found so, and storyPart
// is the shortest part that is looked for in stories, where every shorter one
// stands in too many.
const (
	fewFound       = 20
	partCandidates = 200
	storyPart      = 4
)

// search finds by stem (Dutch and English), by the bare word, and by part of a
// word, in title and story, and orders by how well it fits.
func (most bounds) search(s *statement, q Query, n narrowed, after *cursor) (string, error) {
	words := s.arg(q.Q)
	stems := stemsOf(words)
	narrow, _ := n.conditions(s, "i", "i.id")
	// The status is asked in a way that no index answers: too many ideas have it.
	listed := allOf("NOT i.hidden AND i.status NOT IN ('draft', 'held', 'withdrawn', 'merged')", "(i.status "+oneOf(q.Statuses)+") IS TRUE", narrow, n.sought(s, "i.id"))
	const columns = "SELECT i.id, i.title, i.search FROM ideas i WHERE "
	const latest = " ORDER BY submitted_at DESC, id DESC LIMIT "
	indexed := "SELECT m.id, m.submitted_at FROM m"
	if narrowed := allOf(narrow, n.sought(s, "i.id")); narrowed != "" {
		indexed += " JOIN ideas i ON i.id = m.id WHERE " + narrowed
	}
	found := "m AS MATERIALIZED (SELECT * FROM ideas_matching(" + stems + ", ARRAY[" + quoted(q.Statuses) + "], " + strconv.Itoa(most.matching+1) + ")), " +
		"picked AS MATERIALIZED ((" + indexed + latest + strconv.Itoa(most.candidates) + ") UNION (" +
		"SELECT i.id, i.submitted_at FROM (SELECT i.id, i.submitted_at, i.search FROM ideas i WHERE " + listed + latest + strconv.Itoa(most.newest) + ") AS i" +
		" WHERE (SELECT count(*) FROM m) > " + strconv.Itoa(most.matching) + " AND i.search @@ " + stems + latest + strconv.Itoa(most.candidates) + ")), " +
		"byword AS MATERIALIZED (SELECT i.id, i.title, i.search FROM (SELECT id FROM picked" + latest + strconv.Itoa(most.candidates) + ") AS p JOIN ideas i ON i.id = p.id)"
	all, ids := "SELECT * FROM byword", "SELECT id FROM byword"
	titles, stories := partsOf(s, q.Q)
	for _, by := range []struct{ name, parts string }{{"bytitle", titles}, {"bystory", stories}} {
		if by.parts == "" {
			continue
		}
		found += fmt.Sprintf(", %s AS MATERIALIZED (%s(SELECT count(*) FROM (%s) AS c) < %d AND i.id NOT IN (%s) AND %s AND %s LIMIT %d)",
			by.name, columns, ids, fewFound, ids, listed, by.parts, partCandidates)
		all, ids = all+" UNION ALL SELECT * FROM "+by.name, ids+" UNION ALL SELECT id FROM "+by.name
	}
	fit := fmt.Sprintf(`(ts_rank_cd(c.search, %s) + 2 * similarity(plain_words(c.title), plain_words(%s)))::float8`, stems, words)
	follows := ""
	if after != nil {
		f, err := after.float()
		if err != nil {
			return "", err
		}
		follows = fmt.Sprintf(" WHERE (f.k, f.id) < (%s::float8, %s)", s.arg(f), s.arg(after.id))
	}
	return "WITH " + found + ", f AS MATERIALIZED (SELECT c.id, " + fit + " AS k FROM (" + all + ") AS c) SELECT " + pickColumns +
		", p.k::text AS key FROM (SELECT f.id, f.k FROM f" + follows + " ORDER BY f.k DESC, f.id DESC LIMIT " + s.arg(q.Limit+1) +
		") AS p JOIN ideas i ON i.id = p.id " + cardJoins + " ORDER BY p.k DESC, p.id DESC", nil
}

// partsOf is the SQL of "every long enough word is part of the title", and of
// the same for title and story together; each empty where it is not looked for.
func partsOf(s *statement, typed string) (titles, stories string) {
	var inTitle, inEither []string
	shortest := maxSearch
	for _, word := range strings.Fields(typed) {
		if len([]rune(word)) < minPart || len(inTitle) == maxParts {
			continue
		}
		shortest = min(shortest, len([]rune(word)))
		w := s.arg(word)
		long := fmt.Sprintf("char_length(plain_words(%s)) >= %d AND ", w, minPart)
		inTitle = append(inTitle, long+"plain_words(i.title) LIKE "+partOf(w))
		inEither = append(inEither, fmt.Sprintf("%[1]s(plain_words(i.title) LIKE %[2]s OR plain_words(i.story_text) LIKE %[2]s)", long, partOf(w)))
	}
	if shortest < storyPart {
		inEither = nil
	}
	return strings.Join(inTitle, " AND "), strings.Join(inEither, " AND ")
}

// The words of a search that are also looked for by part: the first six, and
// none so short that it is part of everything and no index helps.
const (
	maxParts = 6
	minPart  = 3
)

// stemsOf is the SQL of a query for the typed words by stem and as they are.
func stemsOf(arg string) string {
	return fmt.Sprintf(`(websearch_to_tsquery('simple', plain_words(%[1]s)) || websearch_to_tsquery('dutch', plain_words(%[1]s)) || websearch_to_tsquery('english', plain_words(%[1]s)))`, arg)
}

// partOf is the SQL of a pattern that finds a text inside another. It escapes
// what is left when the accents are gone, because that step makes an ordinary
// percent sign of a wide one.
func partOf(arg string) string {
	return fmt.Sprintf(`('%%' || replace(replace(replace(plain_words(%s), '\', '\\'), '%%', '\%%'), '_', '\_') || '%%')`, arg)
}

package board

import (
	"context"
	"fmt"
	"strings"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
)

func validWords(s string) bool { return clean.ValidText(s) }

// candidates bounds how many matches are ranked: the newest win a place among
// them, because a word that common says little about which idea is meant.
const candidates = 1000

// search finds by stem (Dutch and English), by the bare word, and by part of a
// word, in title and story, and orders by how well it fits.
func search(q Query, s statement) (listing, error) {
	words := s.arg(q.Q)
	stems := stemsOf(words)
	var parts []string
	for _, word := range strings.Fields(q.Q) {
		if len([]rune(word)) < minPart || len(parts) == maxParts {
			continue
		}
		w := s.arg(word)
		parts = append(parts, fmt.Sprintf(`(char_length(plain_words(%[1]s)) >= %[2]d AND (plain_words(i.title) LIKE %[3]s OR plain_words(i.story_text) LIKE %[3]s))`, w, minPart, partOf(w)))
	}
	match := "i.search @@ " + stems
	if len(parts) > 0 {
		match = "(" + match + " OR (" + strings.Join(parts, " AND ") + "))"
	}
	s.and(match)
	rank := fmt.Sprintf(`(ts_rank_cd(i.search, %s) + 2 * similarity(plain_words(i.title), plain_words(%s)))::float8`, stems, words)
	inner := `SELECT i.id, ` + rank + ` AS fit FROM (SELECT i.* FROM ideas i LEFT JOIN topics t ON t.id = i.topic_id WHERE ` +
		strings.Join(s.where, " AND ") + ` ORDER BY i.submitted_at DESC LIMIT ` + s.arg(candidates) + `) AS i`
	outer := ""
	if q.After != "" {
		after, err := parseCursor(q.After, string(found))
		if err != nil {
			return listing{}, err
		}
		f, err := after.float()
		if err != nil {
			return listing{}, err
		}
		outer = fmt.Sprintf(" WHERE (f.fit, i.id) < (%s::float8, %s)", s.arg(f), s.arg(after.id))
	}
	query := `WITH f AS MATERIALIZED (` + inner + `) SELECT ` + cardColumns + `, f.fit::text AS key FROM f JOIN ideas i ON i.id = f.id ` + cardJoins +
		outer + ` ORDER BY f.fit DESC, i.id DESC LIMIT ` + s.arg(q.Limit+1)
	return listing{order: string(found), limit: q.Limit, query: query, args: s.args}, nil
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

// How many ideas are offered while somebody types a title, and among how many
// of the newest that share a word with it they are looked for.
const (
	similarLimit      = 5
	similarCandidates = 300
)

// similarFit is how alike two titles must be, of 2 at most: a title that shares
// its one noun with another is above it, one with only a letter or two is not.
const similarFit = 0.6

// gist and gistEnd stand around a title in SQL and leave of it the stems of its
// words without the stop words of either language, because "for the" and "voor
// de" make titles look alike that are not.
const (
	gist    = `array_to_string(tsvector_to_array(to_tsvector('english', array_to_string(tsvector_to_array(to_tsvector('dutch', plain_words`
	gistEnd = `)), ' '))), ' ')`
)

// Similar finds open ideas whose title is like this one, the likest first.
func (b *Board) Similar(ctx context.Context, actor accounts.Actor, title string) ([]Card, error) {
	title = clean.Line(title)
	if len([]rune(title)) < 4 || len([]rune(title)) > maxSearch || !validWords(title) {
		return nil, nil
	}
	const query = `
		WITH typed AS MATERIALIZED (
			SELECT coalesce(string_agg('(' || (nl || en)::text || ')', ' | '), '')::tsquery AS anyof, ` + gist + `($1)` + gistEnd + ` AS gist
			FROM (SELECT plainto_tsquery('dutch', word) AS nl, plainto_tsquery('english', word) AS en
			      FROM regexp_split_to_table(plain_words($1), '\s+') AS word) AS w
			WHERE numnode(nl) > 0 AND numnode(en) > 0
		), near AS MATERIALIZED (
			SELECT i.id, similarity(g.gist, t.gist) + word_similarity(t.gist, g.gist) AS fit
			FROM (
				SELECT i.id, i.title FROM ideas i
				WHERE i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden AND i.contributor_id <> $2
				  AND (plain_words(i.title) % plain_words($1) OR i.search @@ (SELECT anyof FROM typed))
				ORDER BY i.submitted_at DESC LIMIT $3
			) AS i
			CROSS JOIN typed t
			CROSS JOIN LATERAL (SELECT ` + gist + `(i.title)` + gistEnd + ` AS gist OFFSET 0) AS g
		)
		SELECT ` + cardColumns + `, '' AS key FROM near n JOIN ideas i ON i.id = n.id ` + cardJoins + `
		WHERE n.fit > $5 ORDER BY n.fit DESC, i.id DESC LIMIT $4`
	page, err := b.page(ctx, actor, "similar", similarLimit, query, []any{title, actor.ID, similarCandidates, similarLimit, similarFit})
	return page.Items, err
}

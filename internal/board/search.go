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
func (b *Board) search(ctx context.Context, actor accounts.Actor, q Query, s statement) (Page[Card], error) {
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
			return Page[Card]{}, err
		}
		f, err := after.float()
		if err != nil {
			return Page[Card]{}, err
		}
		outer = fmt.Sprintf(" WHERE (f.fit, i.id) < (%s::float8, %s)", s.arg(f), s.arg(after.id))
	}
	query := `WITH f AS MATERIALIZED (` + inner + `) SELECT ` + cardColumns + `, f.fit::text AS key FROM f JOIN ideas i ON i.id = f.id ` + cardJoins +
		outer + ` ORDER BY f.fit DESC, i.id DESC LIMIT ` + s.arg(q.Limit+1)
	return b.page(ctx, actor, string(found), q.Limit, query, s.args)
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

// similarLimit is how many ideas are offered while somebody types a title.
const similarLimit = 5

// Similar finds open ideas whose title is like this one, the likest first.
func (b *Board) Similar(ctx context.Context, actor accounts.Actor, title string) ([]Card, error) {
	title = clean.Line(title)
	if len([]rune(title)) < 4 || len([]rune(title)) > maxSearch || !validWords(title) {
		return nil, nil
	}
	const query = `
		WITH words AS (SELECT plain_words($1) AS typed),
		near AS MATERIALIZED (
			SELECT i.id, similarity(plain_words(i.title), w.typed) + word_similarity(w.typed, plain_words(i.title)) AS fit
			FROM (
				SELECT i.id, i.title FROM ideas i, words w
				WHERE i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden AND i.contributor_id <> $2
				  AND (plain_words(i.title) % w.typed OR i.search @@ (
				       replace(plainto_tsquery('dutch', w.typed)::text, '&', '|')::tsquery
				    || replace(plainto_tsquery('english', w.typed)::text, '&', '|')::tsquery))
				ORDER BY i.submitted_at DESC LIMIT $3
			) AS i, words w
		)
		SELECT ` + cardColumns + `, '' AS key FROM near n JOIN ideas i ON i.id = n.id ` + cardJoins + `
		WHERE n.fit > 0.5 ORDER BY n.fit DESC, i.id DESC LIMIT $4`
	page, err := b.page(ctx, actor, "similar", similarLimit, query, []any{title, actor.ID, candidates, similarLimit})
	return page.Items, err
}

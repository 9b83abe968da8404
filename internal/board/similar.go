package board

import (
	"context"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
)

// How many ideas are offered while somebody types a title, and among how many
// they are looked for: those that share two words with it, and, where these are
// fewer than are offered, some that share one.
const (
	similarLimit   = 5
	few            = "5" // similarLimit in the query: how few rows are wanted decides the plan
	similarPairs   = "250"
	similarSingles = "30" // of each word
	similarWords   = "10" // of what is typed; the rest is not looked for
)

// similarFit is how alike two titles must be, of 2 at most: a title that shares
// its one noun with another is above it, one with only a letter or two is not.
const similarFit = 0.6

// Similar finds open ideas whose title is like this one, the likest first. It
// looks for pairs of words, by their stems: few titles share two words with
// another, however many share one.
func (b *Board) Similar(ctx context.Context, actor accounts.Actor, title string) ([]Card, error) {
	title = clean.Line(title)
	if len([]rune(title)) < 4 || len([]rune(title)) > maxSearch || !validWords(title) {
		return nil, nil
	}
	const others = `FROM ideas i WHERE i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden AND i.contributor_id <> $2 AND title_stems(i.title) @@ `
	const query = `
		WITH typed AS MATERIALIZED (
			SELECT n, stem, '''' || replace(replace(stem, '\', '\\'), '''', '''''') || '''' AS term
			FROM unnest(tsvector_to_array(title_stems($1))) WITH ORDINALITY AS s (stem, n) LIMIT ` + similarWords + `
		), pairs AS MATERIALIZED (
			SELECT i.id, i.title ` + others + `(
				SELECT coalesce(string_agg('(' || a.term || ' & ' || b.term || ')', ' | '), '')::tsquery FROM typed a JOIN typed b ON a.n < b.n
			) LIMIT ` + similarPairs + `
		), singles AS MATERIALIZED (
			SELECT s.id, s.title FROM typed t CROSS JOIN LATERAL (SELECT i.id, i.title ` + others + `t.term::tsquery LIMIT ` + similarSingles + `) AS s
			WHERE (SELECT count(*) FROM pairs) < ` + few + `
		), near AS MATERIALIZED (
			SELECT c.id, similarity(g.gist, t.gist) + word_similarity(t.gist, g.gist) AS fit
			FROM (SELECT * FROM pairs UNION SELECT * FROM singles) AS c
			CROSS JOIN (SELECT string_agg(stem, ' ' ORDER BY n) AS gist FROM typed) AS t
			CROSS JOIN LATERAL (SELECT array_to_string(tsvector_to_array(title_stems(c.title)), ' ') AS gist OFFSET 0) AS g
		)
		SELECT ` + pickColumns + `, '' AS key FROM (SELECT id, fit FROM near WHERE fit > $3 ORDER BY fit DESC, id DESC LIMIT ` + few + `) AS n
		JOIN ideas i ON i.id = n.id ` + cardJoins + ` WHERE NOT i.hidden ORDER BY n.fit DESC, i.id DESC`
	l := listing{order: "similar", limit: similarLimit, query: query, args: []any{title, actor.ID, similarFit}}
	page, err := b.page(ctx, actor, l, asAnybody)
	return page.Items, err
}

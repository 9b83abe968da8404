package shortlists

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
)

// Candidate is an idea that could be put on a list.
type Candidate struct {
	Idea   ideas.ID     `db:"id"`
	Slug   string       `db:"slug"`
	Title  string       `db:"title"`
	Status ideas.Status `db:"status"`
	By     string       `db:"name"`
	Voters int          `db:"voters"`
}

// Bounds of a search: how many are offered, and what is no question any more.
const (
	candidates   = "12"
	longestWords = 200
)

var likely = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Candidates finds ideas that take votes and are not on the list yet, by their
// number or by words of their title; those of most voters come first.
func (s *Service) Candidates(ctx context.Context, actor accounts.Actor, id ID, q string) ([]Candidate, error) {
	list, err := s.ByID(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	q = clean.Line(q)
	if q == "" || len([]rune(q)) > longestWords {
		return nil, nil
	}
	number, _ := strconv.ParseInt(strings.TrimPrefix(q, "#"), 10, 64)
	words := strings.Fields(likely.Replace(q))
	const query = `
		SELECT i.id, i.slug, i.title, i.status, a.name, coalesce(t.voters, 0) AS voters
		FROM ideas i JOIN accounts a ON a.id = i.contributor_id LEFT JOIN tallies t ON t.idea_id = i.id
		WHERE i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden AND ($3::bigint IS NULL OR i.challenge_id = $3)
		  AND NOT EXISTS (SELECT 1 FROM shortlist_entries e WHERE e.shortlist_id = $1 AND e.idea_id = i.id)
		  AND (i.id = $4 OR plain_words(i.title) LIKE '%' || plain_words($2) || '%')
		ORDER BY i.id = $4 DESC, t.voters DESC NULLS LAST, i.id LIMIT ` + candidates
	var found []Candidate
	if err := sqlx.SelectContext(ctx, s.db, &found, query, id, strings.Join(words, "%"), list.Challenge, number); err != nil {
		return nil, fmt.Errorf("candidates of shortlist %d: %w", id, err)
	}
	return found, nil
}

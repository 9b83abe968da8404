package triage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// Late is an idea whose answer or decision is overdue.
type Late struct {
	Item
	Days int // how many days ago it was due
}

// maxLate is how many the overdue list shows; the count says how many there are.
const maxLate = 200

// Overdue lists ideas whose answer or decision is overdue, the longest first, of
// one owner or, with 0, of all; and says how many there are.
func (s *Service) Overdue(ctx context.Context, actor accounts.Actor, owner accounts.ID) ([]Late, int, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return nil, 0, err
	}
	// The database gives who waits longest; whose day is longest past is counted here.
	const query = `
		SELECT i.id, i.slug, i.title, i.status, a.name AS contributor, i.owner_id, o.name AS owner, ` + came + ` AS since,
		       i.submitted_at, m.at AS imported_at, i.answered_at, i.decide_by, count(*) OVER () AS total,
		       CASE WHEN i.answered_at IS NULL AND ` + came + ` < $4 THEN 'answer' ELSE 'decision' END AS wait
		FROM ideas i JOIN accounts a ON a.id = i.contributor_id LEFT JOIN accounts o ON o.id = i.owner_id LEFT JOIN imports m ON m.id = i.import_id
		WHERE ((` + unsaid + ` AND ` + came + ` < $4) OR (` + undecide + `)) AND ` + mine + `
		ORDER BY since, i.id LIMIT $5`
	var rows []struct {
		Item
		Total int `db:"total"`
	}
	terms, now := s.Terms(), s.now()
	args := []any{terms.decisionBefore(now), s.today().Format(time.DateOnly), owner, terms.answerBefore(now), maxLate}
	if err := s.db.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, 0, fmt.Errorf("overdue: %w", err)
	}
	list, total := make([]Late, len(rows)), 0
	for i, r := range rows {
		total = r.Total
		late := Late{Item: r.Item}
		if late.Due = terms.Decision(r.waiting()); r.Wait == ForAnswer {
			late.Due = terms.Answer(r.waiting())
		}
		late.Days = int(s.today().Sub(terms.day(late.Due)) / (24 * time.Hour))
		list[i] = late
	}
	slices.SortStableFunc(list, func(a, b Late) int { return b.Days - a.Days })
	return list, total, nil
}

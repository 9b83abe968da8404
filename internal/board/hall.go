package board

import (
	"context"
	"fmt"
	"strings"
)

// Hall says who is asked for in the hall of fame.
type Hall struct {
	Month     bool   // what was earned in the last 30 days; else of all time
	Topic     string // slug: with ideas of this topic alone
	Newcomers bool   // those who came in the last 90 days, among themselves
	After     string
	Limit     int
}

func (h Hall) order() string {
	return fmt.Sprintf("hall-%t-%t-%s", h.Month, h.Newcomers, h.Topic)
}

// topicPoints adds up what the ledger holds for ideas of a topic. What was taken
// back and what takes it back cancel out; in a month neither of them counts.
const topicPoints = `
	SELECT e.account_id, sum(e.points)::integer AS points
	FROM standing_entries e JOIN ideas i ON i.id = e.idea_id JOIN topics o ON o.id = i.topic_id
	WHERE o.slug = $1 AND ($2::boolean IS NOT TRUE OR e.at > now() - interval '30 days' AND e.reverses IS NULL
	      AND NOT EXISTS (SELECT 1 FROM standing_entries r WHERE r.reverses = e.id))
	GROUP BY e.account_id`

const allPoints = `SELECT account_id, CASE WHEN $2::boolean THEN month_points ELSE points END AS points FROM standings WHERE $1::text IS NOT NULL`

// Hall lists the hall of fame as it is asked for. Places are among those who
// are listed; nobody without points is.
func (b *Board) Hall(ctx context.Context, h Hall) (Page[Ranked], error) {
	if h.Topic == "" && !h.Newcomers {
		return b.People(ctx, h.Month, h.After, h.Limit)
	}
	limit, err := pageLimit(h.Limit, defaultLimit)
	if err != nil {
		return Page[Ranked]{}, err
	}
	if !validWords(h.Topic) {
		return Page[Ranked]{}, nil
	}
	points, where, args := allPoints, `true`, []any{h.Topic, h.Month}
	if h.Topic != "" {
		points = topicPoints
	}
	among := listed
	if h.Newcomers {
		among += ` AND a.created_at > now() - interval '90 days'`
	}
	if h.After != "" {
		c, err := parseCursor(h.After, h.order())
		if err != nil {
			return Page[Ranked]{}, err
		}
		n, err := c.integer()
		if err != nil {
			return Page[Ranked]{}, err
		}
		args = append(args, n, c.id)
		where = `(p.points < $3::bigint OR p.points = $3::bigint AND p.id > $4)`
	}
	args = append(args, limit+1)
	query := fmt.Sprintf(`
		WITH point AS (%s), placed AS (
			SELECT a.id, p.points, rank() OVER (ORDER BY p.points DESC) AS rank FROM point p JOIN accounts a ON a.id = p.account_id WHERE p.points > 0 AND %s
		)
		SELECT %s, p.points, p.rank, coalesce(s.ideas, 0) AS ideas, coalesce(s.adopted, 0) AS adopted, coalesce(s.launched, 0) AS launched, coalesce(s.votes_received, 0) AS votes_received
		FROM placed p JOIN accounts a ON a.id = p.id LEFT JOIN standings s ON s.account_id = a.id LEFT JOIN images m ON m.id = a.picture_id
		WHERE %s ORDER BY p.points DESC, p.id LIMIT $%d`, points, among, strings.TrimSpace(personColumns), where, len(args))
	var rows []personRow
	if err := b.db.SelectContext(ctx, &rows, query, args...); err != nil {
		return Page[Ranked]{}, fmt.Errorf("hall of fame: %w", err)
	}
	var page Page[Ranked]
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		page.Next = cursor{order: h.order(), key: fmt.Sprint(last.Points), id: int64(last.ID)}.String()
	}
	for _, r := range rows {
		page.Items = append(page.Items, r.ranked())
	}
	return page, nil
}

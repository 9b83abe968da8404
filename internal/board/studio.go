package board

import (
	"context"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// StudioQuery is what the studio's list is asked for.
type StudioQuery struct {
	Status  ideas.Status // empty: all but drafts
	Topic   string
	Waiting bool // only votable ideas without a first answer
	Q       string
	After   string
	Limit   int
}

// studioLimit is how many ideas a page of the studio shows.
const studioLimit = 50

// Studio lists ideas for the product team: those that wait longest come first
// where Waiting is set, else the newest.
func (b *Board) Studio(ctx context.Context, actor accounts.Actor, q StudioQuery) (Page[Card], error) {
	if err := ideas.MayDecide(actor); err != nil {
		return Page[Card]{}, err
	}
	if q.Status != "" && (!q.Status.Known() || q.Status == ideas.Draft) {
		return Page[Card]{}, ErrStatus
	}
	if !validWords(q.Q) || !validWords(q.Topic) || len([]rune(q.Q)) > maxSearch {
		return Page[Card]{}, ErrSearch
	}
	limit, err := pageLimit(q.Limit, studioLimit)
	if err != nil {
		return Page[Card]{}, err
	}
	var s statement
	s.and("i.status <> 'draft'")
	if q.Status != "" {
		s.and("i.status = " + s.arg(q.Status))
	}
	if q.Topic != "" {
		s.and("i.topic_id = (SELECT id FROM topics WHERE slug = " + s.arg(q.Topic) + ")")
	}
	if words := strings.TrimSpace(q.Q); words != "" {
		s.and("(i.search @@ " + stemsOf(s.arg(words)) + " OR plain_words(i.title) LIKE " + partOf(s.arg(words)) + ")")
	}
	order, way, than := "studio", "DESC", "<"
	if q.Waiting {
		s.and("i.answered_at IS NULL AND i.status IN ('open', 'under_review', 'shortlisted')")
		order, way, than = "studio-waiting", "ASC", ">"
	}
	if q.After != "" {
		c, err := parseCursor(q.After, order)
		if err != nil {
			return Page[Card]{}, err
		}
		at, err := c.moment()
		if err != nil {
			return Page[Card]{}, err
		}
		s.and(fmt.Sprintf(`(i.submitted_at, i.id) %s (%s::timestamptz, %s)`, than, s.arg(at), s.arg(c.id)))
	}
	query := `SELECT ` + pickColumns + `, ` + micros("p.k") + ` AS key FROM (SELECT i.id, i.submitted_at AS k FROM ideas i WHERE ` + strings.Join(s.where, " AND ") +
		fmt.Sprintf(` ORDER BY i.submitted_at %[1]s, i.id %[1]s LIMIT %[2]s) AS p JOIN ideas i ON i.id = p.id %[3]s ORDER BY p.k %[1]s, p.id %[1]s`, way, s.arg(limit+1), cardJoins)
	return b.page(ctx, actor, listing{order: order, limit: limit, query: query, args: s.args}, asStaff)
}

// StatusCounts counts ideas by status, drafts left out, and those that wait for
// a first answer.
func (b *Board) StatusCounts(ctx context.Context) (map[ideas.Status]int, int, error) {
	var rows []struct {
		Status  ideas.Status `db:"status"`
		N       int          `db:"n"`
		Waiting int          `db:"waiting"`
	}
	const query = `
		SELECT status, count(*) AS n, count(*) FILTER (WHERE answered_at IS NULL AND status IN ('open', 'under_review', 'shortlisted')) AS waiting
		FROM ideas WHERE status <> 'draft' GROUP BY status`
	if err := sqlx.SelectContext(ctx, b.db, &rows, query); err != nil {
		return nil, 0, fmt.Errorf("status counts: %w", err)
	}
	byStatus, waiting := map[ideas.Status]int{}, 0
	for _, r := range rows {
		byStatus[r.Status] = r.N
		waiting += r.Waiting
	}
	return byStatus, waiting, nil
}

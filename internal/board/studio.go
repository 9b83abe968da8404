package board

import (
	"context"
	"fmt"
	"strings"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
)

// studioLimit is how many ideas a page of the studio's list shows.
const studioLimit = 50

// Studio lists ideas for the product team: those that wait longest come first
// where only what waits or is late is asked for, else the newest.
func (b *Board) Studio(ctx context.Context, actor accounts.Actor, q StudioQuery) (Page[Ticket], error) {
	if err := q.check(actor); err != nil {
		return Page[Ticket]{}, err
	}
	for _, status := range q.Statuses {
		if !status.Known() || status == ideas.Draft {
			return Page[Ticket]{}, ErrStatus
		}
	}
	limit, err := pageLimit(q.Limit, studioLimit)
	if err != nil {
		return Page[Ticket]{}, err
	}
	var s statement
	s.and("i.status <> 'draft'")
	if len(q.Statuses) > 0 {
		s.and("i.status " + oneOf(q.Statuses))
	}
	q.narrow(&s, actor, b.now())
	order, way, than := "studio", "DESC", "<"
	if q.Waiting || q.Overdue {
		order, way, than = "studio-waiting", "ASC", ">"
	}
	if q.After != "" {
		c, err := parseCursor(q.After, order)
		if err != nil {
			return Page[Ticket]{}, err
		}
		at, err := c.moment()
		if err != nil {
			return Page[Ticket]{}, err
		}
		s.and(fmt.Sprintf(`(i.submitted_at, i.id) %s (%s::timestamptz, %s)`, than, s.arg(at), s.arg(c.id)))
	}
	query := `SELECT ` + ticketColumns + `, ` + micros("p.k") + ` AS key FROM (SELECT i.id, i.submitted_at AS k FROM ideas i WHERE ` + strings.Join(s.where, " AND ") +
		fmt.Sprintf(` ORDER BY i.submitted_at %[1]s, i.id %[1]s LIMIT %[2]s) AS p JOIN ideas i ON i.id = p.id %[3]s ORDER BY p.k %[1]s, p.id %[1]s`, way, s.arg(limit+1), ticketJoins)
	rows, err := b.tickets(ctx, q, query, s.args)
	if err != nil {
		return Page[Ticket]{}, err
	}
	var page Page[Ticket]
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		page.Next = cursor{order: order, key: last.Key, id: int64(last.ID)}.String()
	}
	for _, r := range rows {
		page.Items = append(page.Items, r.ticket())
	}
	return page, nil
}

// tickets runs a query of the studio. A search is planned anew, since a rare word
// wants another plan than a common one.
func (b *Board) tickets(ctx context.Context, q StudioQuery, query string, args []any) ([]ticketRow, error) {
	var rows []ticketRow
	if err := b.askStudio(ctx, q, &rows, query, args); err != nil {
		return nil, fmt.Errorf("studio: %w", err)
	}
	return rows, nil
}

func (b *Board) askStudio(ctx context.Context, q StudioQuery, into any, query string, args []any) error {
	if q.Q != "" {
		return b.db.SelectContext(ctx, into, query, args...)
	}
	return b.prepared.All(ctx, into, query, args...)
}

// ErrOwner is the refusal of an owner nobody can be.
var ErrOwner = fault.New(fault.Invalid, "board.owner", "There is no such owner to filter by.").With("owner", "board.owner")

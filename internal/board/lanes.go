package board

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// Lane is a column of the studio's board.
type Lane struct {
	Key      string
	Statuses []ideas.Status
	pressing bool // the most pressing first, else what moved last
}

// Lanes are the columns, in the order of an idea's life. What waits for a
// moderator has one too; pages show it while there is something in it.
var Lanes = []Lane{
	{Key: "held", Statuses: []ideas.Status{ideas.Held}, pressing: true},
	{Key: "open", Statuses: []ideas.Status{ideas.Open}, pressing: true},
	{Key: "under_review", Statuses: []ideas.Status{ideas.UnderReview}, pressing: true},
	{Key: "shortlisted", Statuses: []ideas.Status{ideas.Shortlisted}, pressing: true},
	{Key: "making", Statuses: []ideas.Status{ideas.Adopted, ideas.InProduction}},
	{Key: "launched", Statuses: []ideas.Status{ideas.Launched}},
	{Key: "later", Statuses: []ideas.Status{ideas.NeedsWork, ideas.Parked}},
	{Key: "declined", Statuses: []ideas.Status{ideas.Declined}},
}

// laneLimit is how many tickets a lane shows; the list has the others.
const laneLimit = 20

// LaneTickets gives the first tickets of every lane, by the order of Lanes, in one
// query: the most pressing of what the team owes something, and of what is
// settled the latest.
func (b *Board) LaneTickets(ctx context.Context, actor accounts.Actor, q StudioQuery) ([][]Ticket, error) {
	if err := q.check(actor); err != nil {
		return nil, err
	}
	var s statement
	q.narrow(&s, actor, b.now())
	also := ""
	if len(s.where) > 0 {
		also = " AND " + strings.Join(s.where, " AND ")
	}
	lanes := make([]string, len(Lanes))
	for n, lane := range Lanes {
		walk := settled
		if lane.pressing {
			walk = q.pressing
		}
		lanes[n] = fmt.Sprintf("(SELECT w.id, %d AS lane FROM (%s) AS w ORDER BY w.k, w.id LIMIT %d)", n, walk(lane, also), laneLimit)
	}
	query := "SELECT " + ticketColumns + ", p.lane FROM (" + strings.Join(lanes, " UNION ALL ") + ") AS p JOIN ideas i ON i.id = p.id " + ticketJoins + " ORDER BY p.lane, i.move_id DESC"
	rows, err := b.tickets(ctx, q, query, s.args)
	if err != nil {
		return nil, err
	}
	tickets := make([][]Ticket, len(Lanes))
	for _, r := range rows {
		tickets[r.Lane] = append(tickets[r.Lane], r.ticket())
	}
	for n, lane := range Lanes {
		if lane.pressing {
			slices.SortStableFunc(tickets[n], func(x, y Ticket) int { return q.pressed(x).Compare(q.pressed(y)) })
		}
	}
	return tickets, nil
}

// pressed is when something is due of a ticket, and when it came where nothing is:
// what is held waits for a moderator.
func (q StudioQuery) pressed(t Ticket) time.Time {
	if at, _ := t.Due(q.Terms); !at.IsZero() {
		return at
	}
	return t.ProposedAt()
}

// settled walks what moved last.
func settled(lane Lane, also string) string {
	return "SELECT i.id, -i.move_id::float8 AS k FROM ideas i WHERE i.status " + oneOf(lane.Statuses) + " AND " + settledStatuses + also +
		" ORDER BY i.move_id DESC LIMIT " + strconv.Itoa(laneLimit)
}

// settledStatuses lets the database see that its index of moves serves.
const settledStatuses = `i.status NOT IN ('draft', 'held', 'open', 'under_review', 'shortlisted', 'merged', 'withdrawn')`

// pressing walks what waits for an answer, what waits for a decision and what has
// a day set by hand, each in its own order and by an index of its own, and ranks
// the first of each by when they are due, to a few days. What was imported is
// walked apart, because it counts from its import.
func (q StudioQuery) pressing(lane Lane, also string) string {
	answer := float64(q.Terms.AnswerDays) * 7 / 5 // working days
	const waits = `i.decide_by IS NULL AND i.status IN ('held', 'open', 'under_review', 'shortlisted')`
	const came = `coalesce((SELECT b.at FROM imports b WHERE b.id = i.import_id), i.submitted_at)`
	var walks []string
	walk := func(key, where, order string) {
		walks = append(walks, fmt.Sprintf("(SELECT i.id, %s AS k FROM ideas i WHERE i.status = '%s' AND %s%s ORDER BY %s LIMIT %d)",
			key, lane.Statuses[0], where, also, order, laneLimit))
	}
	for _, imported := range []string{"i.import_id IS NULL", "i.import_id IS NOT NULL"} {
		const order = "i.import_id, i.submitted_at, i.id"
		walk(fmt.Sprintf("extract(epoch FROM %s) + %.0f", came, answer*day), "i.answered_at IS NULL AND "+waits+" AND "+imported, order)
		walk(fmt.Sprintf("extract(epoch FROM %s) + %d", came, q.Terms.DecisionDays*day), "i.answered_at IS NOT NULL AND "+waits+" AND "+imported, order)
	}
	walk("extract(epoch FROM i.decide_by)", "i.decide_by IS NOT NULL", "i.decide_by, i.id")
	return strings.Join(walks, " UNION ALL ")
}

const day = 86400 // seconds

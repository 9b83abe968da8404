package board

import (
	"context"
	"fmt"
	"time"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
)

// Ranked is a person in the hall of fame.
type Ranked struct {
	Person
	Bio            string
	Rank           int
	Standing       int // of the period asked for
	Ideas, Adopted int
	Launched       int
	VotesReceived  int
	Since          time.Time
}

type personRow struct {
	ID       accounts.ID    `db:"id"`
	Name     string         `db:"name"`
	Handle   string         `db:"handle"`
	Bio      string         `db:"bio"`
	Found    bool           `db:"found"` // everybody finds the profile
	Roles    pq.StringArray `db:"roles"`
	Since    time.Time      `db:"created_at"`
	Points   int            `db:"points"`
	Ideas    int            `db:"ideas"`
	Adopted  int            `db:"adopted"`
	Launched int            `db:"launched"`
	Votes    int            `db:"votes_received"`
	Rank     int            `db:"rank"`
	imageRow
}

// person is who it is as everybody may see them.
func (r personRow) person() Person {
	p := Person{ID: r.ID, Name: r.Name, Hidden: !r.Found, Staff: accounts.Account{RoleNames: r.Roles}.Staff()}
	if r.Found {
		p.Handle, p.Picture = r.Handle, r.picture()
	}
	return p
}

func (r personRow) ranked() Ranked {
	p := Ranked{Person: r.person(), Rank: r.Rank, Standing: r.Points, Ideas: r.Ideas, Adopted: r.Adopted, Launched: r.Launched, VotesReceived: r.Votes, Since: r.Since}
	if r.Found {
		p.Bio = r.Bio
	}
	return p
}

const personColumns = `
	a.id, a.name, a.handle, a.bio, ` + accounts.Found + ` AS found, a.roles, a.created_at,
	m.id AS image_id, m.width, m.height, m.alt, m.sizes, m.webp`

// listed are the people with a place in the hall of fame: those with an
// address, who do not hide, and who do not speak for the company.
const listed = accounts.Listed + ` AND NOT a.roles && '{team,moderator,admin}'`

// People lists the hall of fame by standing: of the last 30 days when month is
// set, else of all time. Nobody without points is on it.
func (b *Board) People(ctx context.Context, month bool, after string, limit int) (Page[Ranked], error) {
	limit, err := pageLimit(limit, defaultLimit)
	if err != nil {
		return Page[Ranked]{}, err
	}
	points, order := "s.points", "people"
	if month {
		points, order = "s.month_points", "people-month"
	}
	where, args := listed+` AND `+points+` > 0`, []any{}
	if after != "" {
		c, err := parseCursor(after, order)
		if err != nil {
			return Page[Ranked]{}, err
		}
		n, err := c.integer()
		if err != nil {
			return Page[Ranked]{}, err
		}
		args = append(args, n, c.id)
		where += fmt.Sprintf(` AND (%[1]s < $1::bigint OR %[1]s = $1::bigint AND a.id > $2)`, points)
	}
	args = append(args, limit+1)
	query := fmt.Sprintf(`
		SELECT %s, %[2]s AS points, s.ideas, s.adopted, s.launched, s.votes_received,
		       (SELECT count(*) + 1 FROM standings o JOIN accounts a ON a.id = o.account_id WHERE %[3]s AND o%[4]s > s%[4]s) AS rank
		FROM standings s JOIN accounts a ON a.id = s.account_id LEFT JOIN images m ON m.id = a.picture_id
		WHERE %[5]s ORDER BY %[2]s DESC, a.id LIMIT $%[6]d`, personColumns, points, listed, points[1:], where, len(args))
	var rows []personRow
	if err := b.db.SelectContext(ctx, &rows, query, args...); err != nil {
		return Page[Ranked]{}, fmt.Errorf("people: %w", err)
	}
	var page Page[Ranked]
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		page.Next = cursor{order: order, key: fmt.Sprint(last.Points), id: int64(last.ID)}.String()
	}
	for _, r := range rows {
		page.Items = append(page.Items, r.ranked())
	}
	return page, nil
}

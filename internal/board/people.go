package board

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
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
	ID         accounts.ID    `db:"id"`
	Name       string         `db:"name"`
	Handle     string         `db:"handle"`
	Bio        string         `db:"bio"`
	Links      pq.StringArray `db:"links"`
	Visibility string         `db:"visibility"`
	Roles      pq.StringArray `db:"roles"`
	Since      time.Time      `db:"created_at"`
	Points     int            `db:"points"`
	Ideas      int            `db:"ideas"`
	Adopted    int            `db:"adopted"`
	Launched   int            `db:"launched"`
	Votes      int            `db:"votes_received"`
	Rank       int            `db:"rank"`
	imageRow
}

func (r personRow) person() Person {
	p := Person{
		ID: r.ID, Name: r.Name, Handle: r.Handle, Hidden: r.Visibility == string(accounts.Hidden),
		Staff: accounts.Account{RoleNames: r.Roles}.Staff(),
	}
	if r.Visibility == string(accounts.Full) {
		p.Picture = r.picture()
	}
	return p
}

func (r personRow) ranked() Ranked {
	p := Ranked{Person: r.person(), Rank: r.Rank, Standing: r.Points, Ideas: r.Ideas, Adopted: r.Adopted, Launched: r.Launched, VotesReceived: r.Votes, Since: r.Since}
	if r.Visibility == string(accounts.Full) {
		p.Bio = r.Bio
	}
	return p
}

const personColumns = `
	a.id, a.name, a.handle, a.bio, a.links, a.visibility, a.roles, a.created_at,
	m.id AS image_id, m.width, m.height, m.alt, m.sizes, m.webp`

// listed are the people with a place in the hall of fame: those with an
// address, who do not hide, and who do not speak for the company.
const listed = `a.email IS NOT NULL AND a.visibility <> 'hidden' AND NOT a.roles && '{team,moderator,admin}'`

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

// Profile is a public profile.
type Profile struct {
	Ranked
	Links      []string
	Visibility accounts.Visibility
	RankedOf   int // how many people have a place
	Ideas      Page[Card]
	Adopted    []Card
	Credits    []PersonCredit
}

// PersonCredit is a person's due on a product.
type PersonCredit struct {
	Product ProductLink
	Stage   string
	WhatFor string
	Role    string
	Picture *media.Picture
}

// profileIdeas is how many ideas a page of a profile shows.
const profileIdeas = 24

// Profile gives the profile of a handle; accounts.ErrNotFound for people who
// hide (from all but themselves and staff) and for those nobody signs in as.
func (b *Board) Profile(ctx context.Context, actor accounts.Actor, handle, after string) (Profile, error) {
	if !validWords(handle) {
		return Profile{}, accounts.ErrNotFound
	}
	var row personRow
	query := `
		SELECT ` + personColumns + `, coalesce(s.points, 0) AS points, coalesce(s.ideas, 0) AS ideas, coalesce(s.adopted, 0) AS adopted,
		       coalesce(s.launched, 0) AS launched, coalesce(s.votes_received, 0) AS votes_received,
		       CASE WHEN ` + listed + ` AND s.points > 0 THEN (SELECT count(*) + 1 FROM standings o JOIN accounts a ON a.id = o.account_id WHERE ` + listed + ` AND o.points > s.points) ELSE 0 END AS rank
		FROM accounts a LEFT JOIN standings s ON s.account_id = a.id LEFT JOIN images m ON m.id = a.picture_id
		WHERE a.handle = $1 AND a.email IS NOT NULL`
	err := b.db.GetContext(ctx, &row, query, handle)
	if errors.Is(err, sql.ErrNoRows) {
		return Profile{}, accounts.ErrNotFound
	}
	if err != nil {
		return Profile{}, fmt.Errorf("profile %q: %w", handle, err)
	}
	if row.Visibility == string(accounts.Hidden) && actor.ID != row.ID && !actor.Staff() {
		return Profile{}, accounts.ErrNotFound
	}
	p := Profile{Ranked: row.ranked(), Visibility: accounts.Visibility(row.Visibility)}
	if row.Visibility == string(accounts.Full) {
		p.Links = row.Links
	}
	if err := b.db.GetContext(ctx, &p.RankedOf, `SELECT count(*) FROM standings s JOIN accounts a ON a.id = s.account_id WHERE `+listed+` AND s.points > 0`); err != nil {
		return Profile{}, fmt.Errorf("people with a place: %w", err)
	}
	made, err := b.List(ctx, actor, Query{Order: Newest, Author: row.ID, Statuses: []ideas.Status{ideas.Launched, ideas.InProduction, ideas.Adopted}, Limit: MaxLimit})
	if err != nil {
		return Profile{}, err
	}
	p.Adopted = made.Items
	slices.SortStableFunc(p.Adopted, func(a, b Card) int {
		return slices.Index(ideas.Statuses, b.Status) - slices.Index(ideas.Statuses, a.Status)
	}) // launched first
	p.Ideas, err = b.List(ctx, actor, Query{
		Order: Newest, Author: row.ID, After: after, Limit: profileIdeas,
		Statuses: []ideas.Status{ideas.Open, ideas.UnderReview, ideas.Shortlisted, ideas.Declined, ideas.NeedsWork, ideas.Parked},
	})
	if err != nil {
		return Profile{}, err
	}
	p.Credits, err = b.creditsOf(ctx, row.ID)
	return p, err
}

func (b *Board) creditsOf(ctx context.Context, id accounts.ID) ([]PersonCredit, error) {
	var rows []struct {
		ProductID int64  `db:"product_id"`
		Slug      string `db:"slug"`
		Name      string `db:"name"`
		Stage     string `db:"stage"`
		WhatFor   string `db:"what_for"`
		Role      string `db:"role"`
		imageRow
	}
	const query = `
		SELECT p.id AS product_id, p.slug, p.name, p.stage, c.what_for, c.role, m.id AS image_id, m.width, m.height, m.alt, m.sizes, m.webp
		FROM credits c JOIN products p ON p.id = c.product_id LEFT JOIN images m ON m.id = p.picture_id
		WHERE c.account_id = $1 ORDER BY array_position('{launched,in_production}'::text[], p.stage), p.created_at DESC LIMIT 100`
	if err := b.db.SelectContext(ctx, &rows, query, id); err != nil {
		return nil, fmt.Errorf("credits of account %d: %w", id, err)
	}
	list := make([]PersonCredit, len(rows))
	for i, r := range rows {
		list[i] = PersonCredit{Product: ProductLink{ID: r.ProductID, Slug: r.Slug, Name: r.Name}, Stage: r.Stage, WhatFor: r.WhatFor, Role: r.Role, Picture: r.picture()}
	}
	return list, nil
}

package board

import (
	"context"
	"fmt"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
)

// Outside gives an idea as any visitor sees it, for pictures of it and frames on
// other sites; ideas.ErrNotFound where they would not. It is one query.
func (b *Board) Outside(ctx context.Context, id ideas.ID) (Card, error) {
	var rows []cardRow
	query := `SELECT ` + cardColumns + ` FROM ideas i ` + cardJoins + ` WHERE i.id = $1 AND NOT i.hidden AND i.status = ANY($2)`
	if err := b.db.SelectContext(ctx, &rows, query, id, statusArray(ideas.Public)); err != nil {
		return Card{}, fmt.Errorf("idea %d from outside: %w", id, err)
	}
	cards, err := b.cards(ctx, accounts.Actor{}, rows, asAnybody)
	if err != nil {
		return Card{}, err
	}
	if len(cards) == 0 {
		return Card{}, ideas.ErrNotFound
	}
	return cards[0], nil
}

// SitemapPage is how many ideas one page of the sitemap spans, by their numbers.
const SitemapPage = 5000

// maxSitemapPages is what an index of a sitemap may hold, by its protocol.
const maxSitemapPages = 50_000

// Place is a page for a sitemap: what its address follows from, and when it
// last changed.
type Place struct {
	ID   int64     `db:"id"`
	Slug string    `db:"slug"`
	At   time.Time `db:"at"`
}

// onMap are the ideas i that a sitemap names.
const onMap = `NOT i.hidden AND i.status IN ('open', 'under_review', 'shortlisted', 'adopted', 'in_production', 'launched', 'declined', 'needs_work', 'parked')`

// SitemapPages lists which pages of ideas a sitemap has. It asks once a page
// whether there is one, rather than count them all.
func (b *Board) SitemapPages(ctx context.Context) ([]int, error) {
	pages := []int{}
	const query = `
		SELECT n FROM generate_series(0, least((SELECT coalesce(max(id), 0) FROM ideas) / $1, $2)) AS n
		WHERE EXISTS (SELECT 1 FROM ideas i WHERE i.id > n * $1 AND i.id <= (n + 1) * $1 AND ` + onMap + `) ORDER BY n`
	if err := b.db.SelectContext(ctx, &pages, query, SitemapPage, maxSitemapPages); err != nil {
		return nil, fmt.Errorf("pages of the sitemap: %w", err)
	}
	return pages, nil
}

// SitemapIdeas lists the ideas of one page of the sitemap that everybody may see.
func (b *Board) SitemapIdeas(ctx context.Context, page int) ([]Place, error) {
	const query = `
		SELECT i.id, i.slug, greatest(i.created_at, i.submitted_at, i.answered_at, (SELECT max(h.at) FROM idea_history h WHERE h.idea_id = i.id)) AS at
		FROM ideas i WHERE i.id > $1::bigint * $2 AND i.id <= ($1::bigint + 1) * $2 AND ` + onMap + ` ORDER BY i.id`
	return b.places(ctx, query, page, SitemapPage)
}

// SitemapPeople lists the people whose profile everybody finds, the first by
// number; at most as many as a sitemap holds.
func (b *Board) SitemapPeople(ctx context.Context) ([]Place, error) {
	const query = `SELECT a.id, a.handle AS slug, a.created_at AS at FROM accounts a WHERE ` + accounts.Found + ` AND a.email IS NOT NULL ORDER BY a.id LIMIT 50000`
	return b.places(ctx, query)
}

// SitemapProducts lists what was made.
func (b *Board) SitemapProducts(ctx context.Context) ([]Place, error) {
	const query = `SELECT p.id, p.slug, p.stage_at AS at FROM products p ORDER BY p.id LIMIT 50000`
	return b.places(ctx, query)
}

func (b *Board) places(ctx context.Context, query string, args ...any) ([]Place, error) {
	var list []Place
	if err := b.db.SelectContext(ctx, &list, query, args...); err != nil {
		return nil, fmt.Errorf("places for the sitemap: %w", err)
	}
	return list, nil
}

// Outsider is somebody with a profile, as far as a picture or a feed tells of
// them.
type Outsider struct {
	Person
	Ideas int   // that everybody may see
	Best  *Card // what became a product, else the one with the most votes that may be told; nil for none
}

// PersonOutside gives somebody as any visitor finds them; accounts.ErrNotFound
// where they would not.
func (b *Board) PersonOutside(ctx context.Context, handle string) (Outsider, error) {
	if !validWords(handle) {
		return Outsider{}, accounts.ErrNotFound
	}
	var rows []struct {
		ID     accounts.ID `db:"id"`
		Name   string      `db:"name"`
		Handle string      `db:"handle"`
		Face   *string     `db:"face"`
		Ideas  int         `db:"ideas"`
	}
	const query = `
		SELECT a.id, ` + accounts.Shown + `, (SELECT count(*) FROM ideas i WHERE i.contributor_id = a.id AND ` + onMap + `) AS ideas
		FROM accounts a WHERE a.handle = $1 AND ` + accounts.Found
	if err := b.db.SelectContext(ctx, &rows, query, handle); err != nil {
		return Outsider{}, fmt.Errorf("person %q from outside: %w", handle, err)
	}
	if len(rows) == 0 {
		return Outsider{}, accounts.ErrNotFound
	}
	r := rows[0]
	p := Outsider{Person: Person{ID: r.ID, Name: r.Name, Handle: r.Handle, Picture: media.Face(r.Face)}, Ideas: r.Ideas}
	for _, q := range []Query{
		{Order: Newest, Statuses: []ideas.Status{ideas.Launched}},
		{Order: Newest, Statuses: []ideas.Status{ideas.InProduction, ideas.Adopted}},
		{Order: Votes, Statuses: ideas.Public},
	} {
		q.Author, q.Limit = r.ID, 1
		best, err := b.List(ctx, accounts.Actor{}, q)
		if err != nil {
			return Outsider{}, err
		}
		if len(best.Items) > 0 {
			p.Best = &best.Items[0]
			break
		}
	}
	return p, nil
}

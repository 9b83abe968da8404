package shortlists

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/pg"
	"prosumer/internal/votes"
)

type entryRow struct {
	Idea        ideas.ID      `db:"idea_id"`
	Slug        string        `db:"slug"`
	Title       string        `db:"title"`
	Status      ideas.Status  `db:"status"`
	Hidden      bool          `db:"hidden"`
	Account     accounts.ID   `db:"account_id"`
	Name        string        `db:"name"`
	Handle      string        `db:"handle"`
	Face        *string       `db:"face_id"`
	Image       *string       `db:"image_id"`
	Width       *int          `db:"width"`
	Height      *int          `db:"height"`
	Alt         string        `db:"alt"`
	Sizes       pq.Int64Array `db:"sizes"`
	WebP        *bool         `db:"webp"`
	HandedIn    int           `db:"handed_in"`
	Voters      int           `db:"voters"`
	WouldBuy    int           `db:"would_buy"`
	Staff       int           `db:"staff"`
	Scored      votes.Scores  `db:"scored"`
	PriorMean   float64       `db:"prior_mean"`
	PriorWeight float64       `db:"prior_weight"`
	Variance    float64       `db:"variance"`
	Counted     int           `db:"counted"`
	Young       int           `db:"young"`
	Lone        int           `db:"lone"`
	Host        string        `db:"host"`
	Led         int           `db:"led"`
	Trend       pq.Int64Array `db:"trend"`
}

// figuresOf reads everything about the ideas of a list but its cards: one query,
// whose work grows with the votes of these ideas. A vote's age is that of its
// last change; copies that came by a merge stand with the vote they are of, so
// an idea that was merged away counts for no "other".
func figuresOf(ctx context.Context, q pg.Q, id ID, zone string, now time.Time) ([]entryRow, error) {
	const query = `
		WITH entry AS MATERIALIZED (
			SELECT e.idea_id, e.position, i.challenge_id FROM shortlist_entries e JOIN ideas i ON i.id = e.idea_id WHERE e.shortlist_id = $1
		), vote AS MATERIALIZED (
			SELECT v.idea_id, v.referrer, (v.cast_at AT TIME ZONE $2)::date AS day,
			       v.cast_at < a.created_at + interval '7 days' AS young,
			       NOT EXISTS (SELECT 1 FROM votes o JOIN ideas other ON other.id = o.idea_id
			                   WHERE o.voter_id = v.voter_id AND o.idea_id <> v.idea_id AND other.status <> 'merged') AS lone
			FROM entry JOIN votes v USING (idea_id) LEFT JOIN accounts a ON a.id = v.voter_id
			WHERE v.counts AND NOT v.staff
		), counted AS (
			SELECT idea_id, count(*) AS counted, count(*) FILTER (WHERE young) AS young, count(*) FILTER (WHERE lone) AS lone FROM vote GROUP BY idea_id
		), led AS (
			SELECT DISTINCT ON (idea_id) idea_id, referrer AS host, count(*) AS led
			FROM vote WHERE referrer IS NOT NULL GROUP BY idea_id, referrer ORDER BY idea_id, count(*) DESC, referrer
		), daily AS (
			SELECT idea_id, day, count(*) AS n FROM vote WHERE day > ($3::timestamptz AT TIME ZONE $2)::date - $4::integer GROUP BY idea_id, day
		), trend AS (
			SELECT e.idea_id, array_agg(coalesce(d.n, 0) ORDER BY g.ago DESC) AS trend
			FROM entry e CROSS JOIN generate_series(0, $4::integer - 1) AS g (ago)
			LEFT JOIN daily d ON d.idea_id = e.idea_id AND d.day = ($3::timestamptz AT TIME ZONE $2)::date - g.ago
			GROUP BY e.idea_id
		), spread AS (
			SELECT challenge_id, sum(ones + 4 * twos + 9 * threes + 16 * fours + 25 * fives)::float8 / sum(n) - (sum(points)::float8 / sum(n)) ^ 2 AS variance
			FROM (SELECT i.challenge_id, t.*, tally_points(t) AS points, t.ones + t.twos + t.threes + t.fours + t.fives AS n
			      FROM ideas i JOIN tallies t ON t.idea_id = i.id WHERE i.challenge_id IN (SELECT challenge_id FROM entry)) AS scored
			WHERE n > 0 GROUP BY challenge_id
		)
		SELECT e.idea_id, i.slug, i.title, i.status, i.hidden, a.id AS account_id, a.name, ` + accounts.ShownHandle + ` AS handle, ` + accounts.ShownFace + ` AS face_id,
		       m.id AS image_id, m.width, m.height, coalesce(p.alt, m.alt, '') AS alt, m.sizes, m.webp,
		       (SELECT count(*) FROM score_cards s WHERE s.shortlist_id = $1 AND s.idea_id = e.idea_id AND s.handed_in_at IS NOT NULL) AS handed_in,
		       coalesce(t.voters, 0) AS voters, coalesce(t.would_buy, 0) AS would_buy, coalesce(t.staff, 0) AS staff,
		       ARRAY[coalesce(t.ones, 0), coalesce(t.twos, 0), coalesce(t.threes, 0), coalesce(t.fours, 0), coalesce(t.fives, 0)] AS scored,
		       coalesce(h.prior_mean, 0) AS prior_mean, coalesce(h.prior_weight, 0) AS prior_weight, coalesce(x.variance, 0) AS variance,
		       coalesce(c.counted, 0) AS counted, coalesce(c.young, 0) AS young, coalesce(c.lone, 0) AS lone,
		       coalesce(l.host, '') AS host, coalesce(l.led, 0) AS led, r.trend
		FROM entry e JOIN ideas i ON i.id = e.idea_id JOIN accounts a ON a.id = i.contributor_id JOIN trend r ON r.idea_id = e.idea_id
		LEFT JOIN images m ON m.id = i.cover_id LEFT JOIN idea_pictures p ON p.idea_id = i.id AND p.image_id = i.cover_id
		LEFT JOIN tallies t ON t.idea_id = e.idea_id LEFT JOIN challenges h ON h.id = i.challenge_id LEFT JOIN spread x ON x.challenge_id = i.challenge_id
		LEFT JOIN counted c ON c.idea_id = e.idea_id LEFT JOIN led l ON l.idea_id = e.idea_id
		ORDER BY e.position`
	var rows []entryRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, id, zone, now, TrendDays); err != nil {
		return nil, fmt.Errorf("figures of shortlist %d: %w", id, err)
	}
	return rows, nil
}

func (r entryRow) entry() Entry {
	e := Entry{
		Idea: r.Idea, Slug: r.Slug, Title: r.Title, Status: r.Status, Hidden: r.Hidden,
		Contributor: Person{ID: r.Account, Name: r.Name, Handle: r.Handle, Picture: r.Face},
		Figures: Figures{
			Voters: r.Voters, Staff: r.Staff, WouldBuy: Share{Part: r.WouldBuy, Of: r.Voters}, Scores: r.Scored,
			Score: estimate(r.Scored, prior{r.PriorMean, r.Variance, r.PriorWeight}),
			Young: share(r.Young, r.Counted, youngShare), Lone: share(r.Lone, r.Counted, loneShare),
			Host: share(r.Led, r.Counted, hostShare), From: r.Host,
		},
	}
	for i, n := range r.Trend {
		e.Figures.Trend[i] = int(n)
	}
	if r.Image != nil {
		e.Cover = &media.Picture{ID: *r.Image, Width: *r.Width, Height: *r.Height, Alt: r.Alt, WebP: *r.WebP}
		for _, size := range r.Sizes {
			e.Cover.Sizes = append(e.Cover.Sizes, int(size))
		}
	}
	return e
}

// cardsOf reads the cards of a list that the reader may see: their own, and of
// the ideas on which they handed theirs in, everybody's that were handed in.
// Blindness is held here, so that no page can forget it.
func cardsOf(ctx context.Context, q pg.Q, id ID, reader accounts.ID) (map[ideas.ID][]Card, error) {
	var rows []struct {
		cardRow
		Idea      ideas.ID    `db:"idea_id"`
		Reviewer  accounts.ID `db:"reviewer_id"`
		Name      string      `db:"name"`
		Handle    string      `db:"handle"`
		Face      *string     `db:"face_id"`
		ChangedAt *time.Time  `db:"changed_at"`
		First     []byte      `db:"first"`
	}
	const query = `
		SELECT s.id, s.idea_id, s.reviewer_id, s.note, s.handed_in_at, s.changed_at, a.name, a.handle, a.picture_id AS face_id,
		       (SELECT v.marks FROM score_card_versions v WHERE v.card_id = s.id AND v.version = 1) AS first, ` + markColumns + `
		FROM score_cards s JOIN accounts a ON a.id = s.reviewer_id
		WHERE s.shortlist_id = $1 AND (s.reviewer_id = $2 OR s.handed_in_at IS NOT NULL AND EXISTS (
			SELECT 1 FROM score_cards mine
			WHERE mine.shortlist_id = $1 AND mine.idea_id = s.idea_id AND mine.reviewer_id = $2 AND mine.handed_in_at IS NOT NULL))
		ORDER BY s.idea_id, lower(a.name), s.id`
	if err := sqlx.SelectContext(ctx, q, &rows, query, id, reader); err != nil {
		return nil, fmt.Errorf("cards of shortlist %d: %w", id, err)
	}
	cards := map[ideas.ID][]Card{}
	for _, r := range rows {
		c := Card{Reviewer: Person{ID: r.Reviewer, Name: r.Name, Handle: r.Handle, Picture: r.Face}, Marks: r.marks(), Note: r.Note}
		if r.HandedInAt != nil {
			c.HandedIn = *r.HandedInAt
		}
		if r.ChangedAt != nil {
			c.Changed = *r.ChangedAt
		}
		if r.First != nil {
			if err := json.Unmarshal(r.First, &c.First); err != nil {
				return nil, fmt.Errorf("first marks of card %d: %w", r.ID, err)
			}
		}
		cards[r.Idea] = append(cards[r.Idea], c)
	}
	return cards, nil
}

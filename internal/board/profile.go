package board

import (
	"context"
	"fmt"
	"time"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/pg"
)

// Profile is a public profile.
type Profile struct {
	Ranked
	BioHTML    clean.HTML
	Links      []string
	Cover      *media.Picture
	Visibility accounts.Visibility
	VotesOpen  bool
	RankedOf   int // how many people have a place
	Made       []PersonCredit
	Helped     []PersonCredit // products that owe them something beside an idea of theirs
	CoCreated  []CoCreated    // ideas that are no product yet
	Ideas      Page[Card]
	TakenUp    []TakenUp
	Thanked    []Remark
	Votes      []Card // what they voted for, where they open it
	Figures    Figures
}

// Figures count what a profile shows the first of.
type Figures struct {
	TakenUp  int `db:"taken_up"`
	Remarks  int `db:"remarks"`
	Thanks   int `db:"thanks"`
	CoWorked int `db:"co_worked"`
}

type profileRow struct {
	personRow
	BioHTML    clean.HTML          `db:"bio_html"`
	Links      pq.StringArray      `db:"links"`
	Visibility accounts.Visibility `db:"visibility"`
	VotesOpen  bool                `db:"votes_open"`
	Email      *string             `db:"email"`
	ErasedAt   *time.Time          `db:"erased_at"`
	Cover      *string             `db:"cover_id"`
	RankedOf   int                 `db:"ranked_of"`
}

// profileIdeas is how many ideas a page of a profile shows.
const profileIdeas = 24

// profileStatuses are those of the ideas on a profile.
var profileStatuses = []ideas.Status{
	ideas.Open, ideas.UnderReview, ideas.Shortlisted, ideas.Adopted, ideas.InProduction, ideas.Launched, ideas.Declined, ideas.NeedsWork, ideas.Parked,
}

// Profile gives the profile of a handle; accounts.ErrNotFound for whom
// accounts.SeesProfile keeps it from. Every part of it is bounded; the ideas
// have pages.
func (b *Board) Profile(ctx context.Context, actor accounts.Actor, handle, after string) (Profile, error) {
	row, err := b.profileRow(ctx, actor, handle)
	if err != nil {
		return Profile{}, err
	}
	row.Found = true // for whoever may see it at all
	p := Profile{
		Ranked: row.ranked(), BioHTML: row.BioHTML, Links: row.Links, Visibility: row.Visibility, VotesOpen: row.VotesOpen, RankedOf: row.RankedOf,
	}
	if row.Cover != nil {
		var cover imageRow
		const query = `SELECT id AS image_id, width, height, alt, sizes, webp FROM images WHERE id = $1`
		if err := b.db.GetContext(ctx, &cover, query, *row.Cover); err != nil {
			return Profile{}, fmt.Errorf("cover of profile %q: %w", handle, err)
		}
		p.Cover = cover.picture()
	}
	p.Ideas, err = b.List(ctx, actor, Query{Order: Newest, Author: row.ID, After: after, Limit: profileIdeas, Statuses: profileStatuses})
	if err != nil {
		return Profile{}, err
	}
	for _, read := range []func(context.Context, accounts.Actor, *Profile) error{
		b.readCredits, b.readCoCreated, b.readTakenUp, b.readThanked, b.readFigures, b.readOpenVotes,
	} {
		if err := read(ctx, actor, &p); err != nil {
			return Profile{}, fmt.Errorf("profile %q: %w", handle, err)
		}
	}
	return p, nil
}

// profileRow finds a profile that the actor may see.
func (b *Board) profileRow(ctx context.Context, actor accounts.Actor, handle string) (profileRow, error) {
	if !validWords(handle) {
		return profileRow{}, accounts.ErrNotFound
	}
	var row profileRow
	query := `
		SELECT ` + personColumns + `, a.bio_html, a.links, a.visibility, a.votes_open, a.email, a.erased_at, a.cover_id,
		       coalesce(s.points, 0) AS points, coalesce(s.ideas, 0) AS ideas, coalesce(s.adopted, 0) AS adopted,
		       coalesce(s.launched, 0) AS launched, coalesce(s.votes_received, 0) AS votes_received,
		       CASE WHEN ` + listed + ` AND s.points > 0 THEN (SELECT count(*) + 1 FROM standings o JOIN accounts a ON a.id = o.account_id WHERE ` + listed + ` AND o.points > s.points) ELSE 0 END AS rank,
		       (SELECT count(*) FROM standings o JOIN accounts a ON a.id = o.account_id WHERE ` + listed + ` AND o.points > 0) AS ranked_of
		FROM accounts a LEFT JOIN standings s ON s.account_id = a.id LEFT JOIN images m ON m.id = a.picture_id
		WHERE a.handle = $1`
	err := b.db.GetContext(ctx, &row, query, handle)
	if pg.Missing(err) {
		return profileRow{}, accounts.ErrNotFound
	}
	if err != nil {
		return profileRow{}, fmt.Errorf("profile %q: %w", handle, err)
	}
	if !accounts.SeesProfile(actor, accounts.Account{ID: row.ID, Visibility: row.Visibility, Email: row.Email, ErasedAt: row.ErasedAt}) {
		return profileRow{}, accounts.ErrNotFound
	}
	return row, nil
}

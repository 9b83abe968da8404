package board

import (
	"context"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
)

// PersonCredit is a person's due on a product.
type PersonCredit struct {
	Product ProductLink
	Stage   string
	WhatFor string
	Role    string
	Picture *media.Picture
}

// CoCreated is an idea that owes somebody something beside its contributor.
type CoCreated struct {
	Card    Card
	WhatFor string
}

// TakenUp is what an idea took from somebody's words.
type TakenUp struct {
	Idea    ideas.ID  `db:"idea_id"`
	Slug    string    `db:"slug"`
	Title   string    `db:"title"`
	Comment int64     `db:"comment_id"`
	WhatFor string    `db:"what_for"`
	At      time.Time `db:"at"`
}

// Remark is a comment that others thanked for.
type Remark struct {
	ID     int64     `db:"id"`
	Idea   ideas.ID  `db:"idea_id"`
	Slug   string    `db:"slug"`
	Title  string    `db:"title"`
	Words  string    `db:"text"`
	Kind   string    `db:"kind"`
	Thanks int       `db:"thanks"`
	At     time.Time `db:"at"`
}

// How much of each a profile shows.
const (
	profileCredits   = 60
	profileCoCreated = 12
	profileTakenUp   = 12
	profileThanked   = 3
	profileVotes     = 12
)

// onProfile are the ideas i that a profile may name: those that everybody sees.
const onProfile = `NOT i.hidden AND i.status NOT IN ('draft', 'held', 'withdrawn')`

// readCredits reads the products that name the person: those that came of their
// ideas, and those that owe them something else; what is in the shop first.
func (b *Board) readCredits(ctx context.Context, _ accounts.Actor, p *Profile) error {
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
		WHERE c.account_id = $1 ORDER BY array_position('{launched,in_production,beta,prototype,designing,adopted,stopped}'::text[], p.stage), p.created_at DESC LIMIT $2`
	if err := b.db.SelectContext(ctx, &rows, query, p.ID, profileCredits); err != nil {
		return err
	}
	for _, r := range rows {
		credit := PersonCredit{Product: ProductLink{ID: r.ProductID, Slug: r.Slug, Name: r.Name}, Stage: r.Stage, WhatFor: r.WhatFor, Role: r.Role, Picture: r.picture()}
		if r.Role == "contributor" {
			p.Made = append(p.Made, credit)
		} else {
			p.Helped = append(p.Helped, credit)
		}
	}
	return nil
}

// readCoCreated reads the ideas the person is co-creator of, as far as no
// product says it already; what was taken up has its own part.
func (b *Board) readCoCreated(ctx context.Context, actor accounts.Actor, p *Profile) error {
	var rows []struct {
		cardRow
		WhatFor string `db:"co_for"`
	}
	query := `
		SELECT ` + cardColumns + `, '' AS key, k.what_for AS co_for
		FROM co_creators k JOIN ideas i ON i.id = k.idea_id ` + cardJoins + `
		WHERE k.account_id = $1 AND k.role = 'co_creator' AND ` + onProfile + ` AND NOT EXISTS (
			SELECT 1 FROM product_ideas pi JOIN credits c ON c.product_id = pi.product_id AND c.account_id = $1 WHERE pi.idea_id = i.id)
		ORDER BY k.added_at DESC, i.id DESC LIMIT $2`
	if err := b.db.SelectContext(ctx, &rows, query, p.ID, profileCoCreated); err != nil {
		return err
	}
	found := make([]cardRow, len(rows))
	for i, r := range rows {
		found[i] = r.cardRow
	}
	cards, err := b.cards(ctx, actor, found, asAnybody)
	for i, c := range cards {
		p.CoCreated = append(p.CoCreated, CoCreated{Card: c, WhatFor: rows[i].WhatFor})
	}
	return err
}

func (b *Board) readTakenUp(ctx context.Context, _ accounts.Actor, p *Profile) error {
	const query = `
		SELECT t.idea_id, i.slug, i.title, t.comment_id, t.what_for, t.at
		FROM taken_up t JOIN ideas i ON i.id = t.idea_id
		WHERE t.account_id = $1 AND t.undone_at IS NULL AND t.left_at IS NULL AND ` + onProfile + ` ORDER BY t.at DESC, t.id DESC LIMIT $2`
	return b.db.SelectContext(ctx, &p.TakenUp, query, p.ID, profileTakenUp)
}

func (b *Board) readThanked(ctx context.Context, _ accounts.Actor, p *Profile) error {
	const query = `
		SELECT c.id, c.idea_id, i.slug, i.title, shown_words(c.id, c.text, false) AS text, c.kind, c.thanks, c.at
		FROM comments c JOIN ideas i ON i.id = c.idea_id
		WHERE c.author_id = $1 AND c.shown AND c.thanks > 0 AND ` + onProfile + ` ORDER BY c.thanks DESC, c.id DESC LIMIT $2`
	return b.db.SelectContext(ctx, &p.Thanked, query, p.ID, profileThanked)
}

func (b *Board) readFigures(ctx context.Context, _ accounts.Actor, p *Profile) error {
	const query = `
		SELECT (SELECT count(*) FROM taken_up t JOIN ideas i ON i.id = t.idea_id WHERE t.account_id = $1 AND t.undone_at IS NULL AND t.left_at IS NULL AND ` + onProfile + `) AS taken_up,
		       said.remarks, said.thanks,
		       (SELECT count(*) FROM co_creators k JOIN ideas i ON i.id = k.idea_id WHERE k.account_id = $1 AND k.role = 'co_creator' AND ` + onProfile + `) AS co_worked
		FROM (SELECT count(*) AS remarks, coalesce(sum(c.thanks), 0) AS thanks
		      FROM comments c JOIN ideas i ON i.id = c.idea_id WHERE c.author_id = $1 AND c.shown AND ` + onProfile + `) AS said`
	return b.db.GetContext(ctx, &p.Figures, query, p.ID)
}

// readOpenVotes reads what the person voted for last, where they open that.
// Votes whose tally is sealed now are not among them, for anybody.
func (b *Board) readOpenVotes(ctx context.Context, actor accounts.Actor, p *Profile) error {
	if !p.VotesOpen {
		return nil
	}
	var rows []cardRow
	query := `
		SELECT ` + cardColumns + `, '' AS key
		FROM votes v JOIN ideas i ON i.id = v.idea_id ` + cardJoins + `
		WHERE v.voter_id = $1 AND ` + onProfile + ` AND ` + sealNow + ` = '' ORDER BY v.cast_at DESC, v.idea_id DESC LIMIT $2`
	if err := b.db.SelectContext(ctx, &rows, query, p.ID, profileVotes); err != nil {
		return err
	}
	var err error
	p.Votes, err = b.cards(ctx, actor, rows, asAnybody)
	return err
}

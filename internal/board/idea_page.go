package board

import (
	"context"
	"fmt"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/pg"
	"prosumer/internal/triage"
)

// IdeaPage is all that the page of one idea shows.
type IdeaPage struct {
	Card
	Story    clean.HTML
	Hidden   bool
	Pictures []media.Picture // the cover first
	History  []ideas.Entry
	Product  *ProductLink
}

// ProductLink names a product in a sentence.
type ProductLink struct {
	ID   int64  `db:"id"`
	Slug string `db:"slug"`
	Name string `db:"name"`
}

type ideaRow struct {
	cardRow
	Story  clean.HTML `db:"story_html"`
	Hidden bool       `db:"hidden"`
}

// With chooses what else is read with an idea's page, once it is known that the
// page may be seen.
type With func(Card) []pg.Part

// Idea gives the page of an idea as the actor may see it; ideas.ErrNotFound
// else. It costs two questions, with them what is read along.
func (b *Board) Idea(ctx context.Context, actor accounts.Actor, id ideas.ID, with ...With) (IdeaPage, error) {
	return b.ideaPage(ctx, actor, id, ideas.Sees, with)
}

// Merged gives the page that an idea had before it was merged, which everybody
// may still read; ideas.ErrNotFound when it is not merged, or hidden.
func (b *Board) Merged(ctx context.Context, actor accounts.Actor, id ideas.ID, with ...With) (IdeaPage, error) {
	return b.ideaPage(ctx, actor, id, func(actor accounts.Actor, idea ideas.Idea) bool {
		return idea.Status == ideas.Merged && (!idea.Hidden || ideas.Sees(actor, idea))
	}, with)
}

func (b *Board) ideaPage(ctx context.Context, actor accounts.Actor, id ideas.ID, sees func(accounts.Actor, ideas.Idea) bool, with []With) (IdeaPage, error) {
	row, err := b.idea(ctx, id)
	if err != nil {
		return IdeaPage{}, err
	}
	if !sees(actor, ideas.Idea{Contributor: row.AccountID, Status: row.Status, Hidden: row.Hidden}) {
		return IdeaPage{}, ideas.ErrNotFound
	}
	cards, err := b.cards(ctx, actor, []cardRow{row.cardRow}, asAnybody)
	if err != nil {
		return IdeaPage{}, err
	}
	p := IdeaPage{Card: cards[0], Story: row.Story, Hidden: row.Hidden}
	parts := []pg.Part{picturesPart(id, &p.Pictures), historyPart(id, &p.History), productPart(id, &p.Product)}
	for _, more := range with {
		parts = append(parts, more(p.Card)...)
	}
	if err := pg.Together(ctx, b.single, parts...); err != nil {
		return IdeaPage{}, fmt.Errorf("page of idea %d: %w", id, err)
	}
	return p, nil
}

func (b *Board) idea(ctx context.Context, id ideas.ID) (ideaRow, error) {
	var rows []ideaRow
	const query = `SELECT ` + cardColumns + `, i.story_html, i.hidden FROM ideas i ` + cardJoins + ` WHERE i.id = $1`
	if err := b.single.All(ctx, &rows, query, id); err != nil {
		return ideaRow{}, fmt.Errorf("idea %d: %w", id, err)
	}
	if len(rows) == 0 {
		return ideaRow{}, ideas.ErrNotFound
	}
	return rows[0], nil
}

func picturesPart(id ideas.ID, into *[]media.Picture) pg.Part {
	const query = `
		SELECT m.id AS image_id, m.width, m.height, p.alt, m.sizes, m.webp
		FROM idea_pictures p JOIN images m ON m.id = p.image_id JOIN ideas i ON i.id = p.idea_id
		WHERE p.idea_id = $1 ORDER BY p.image_id IS NOT DISTINCT FROM i.cover_id DESC, p.position`
	return pg.Ask(func(rows []imageRow) {
		for _, r := range rows {
			*into = append(*into, *r.picture())
		}
	}, query, id)
}

func historyPart(id ideas.ID, into *[]ideas.Entry) pg.Part {
	const query = `
		SELECT h.id, h.kind, h.from_status, h.to_status, h.actor_id, h.at, h.answer_html, h.reason, h.undo, a.name AS by_name, ` + accounts.ShownHandle + ` AS by_handle, ` + accounts.ShownFace + ` AS by_face
		FROM idea_history h JOIN accounts a ON a.id = h.actor_id WHERE h.idea_id = $1 ORDER BY h.id`
	return pg.Into(into, query, id)
}

func productPart(id ideas.ID, into **ProductLink) pg.Part {
	const query = `SELECT p.id, p.slug, p.name FROM product_ideas pi JOIN products p ON p.id = pi.product_id WHERE pi.idea_id = $1`
	return pg.Ask(func(found []ProductLink) {
		if len(found) > 0 {
			*into = &found[0]
		}
	}, query, id)
}

// Due says by when an idea gets its first answer, or, once it has one, its
// decision: the answer duty. Zero when nothing is due.
func (c Card) Due(t triage.Terms) (at time.Time, decision bool) {
	if at := t.Answer(c.waiting()); !at.IsZero() {
		return at, false
	}
	at = c.DecisionDue(t)
	return at, !at.IsZero()
}

// DecisionDue says by when it is decided: on the day set by hand, which may come
// before its first answer, else by the settings. Zero when nothing is due.
func (c Card) DecisionDue(t triage.Terms) time.Time { return t.Decision(c.waiting()) }

func (c Card) waiting() triage.Waiting {
	return triage.Waiting{Status: c.Status, SubmittedAt: c.SubmittedAt, ImportedAt: c.ImportedAt, AnsweredAt: c.AnsweredAt, DecideBy: c.DecideBy}
}

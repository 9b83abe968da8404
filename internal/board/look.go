package board

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
)

// Realm is a kind of thing that the search across finds.
type Realm string

// The realms, as addresses name them.
const (
	InIdeas      Realm = "ideas"
	InTalk       Realm = "talk"
	InPeople     Realm = "people"
	InProducts   Realm = "products"
	InChallenges Realm = "challenges"
)

// Realms lists them in the order they are shown.
var Realms = []Realm{InIdeas, InTalk, InPeople, InProducts, InChallenges}

// ErrRealm is what an unknown realm gives.
var ErrRealm = fault.New(fault.Invalid, "board.realm", "There is nothing of that kind to search in.").With("in", "board.realm")

// Hit is one thing found. What of it is empty depends on its realm.
type Hit struct {
	In      Realm
	ID      int64
	Idea    ideas.ID // of an idea, and of the idea that a comment stands on
	Slug    string   // in the address: of the idea, the product or the challenge; a person's handle
	Title   string   // a title or a name; of a comment, its idea's title
	Words   string   // plain text to cut an excerpt from
	Mark    string   // an idea's status, a product's stage, a comment's kind
	By      Person   // who wrote it; of a person, themselves
	Picture *media.Picture
	At      time.Time
	Close   bool // spelled otherwise than was typed, and offered because nothing else was found
}

// LookQuery is what a search in one realm is asked for.
type LookQuery struct {
	In    Realm
	Q     string
	After string
	Limit int // 1 to 100; 24 when 0
}

// Look finds in one realm what the actor may see, the best first; talk the
// newest first. What is hidden, held, private or sealed is as if it were not
// there. No word costs more than the bounds of a search allow.
func (b *Board) Look(ctx context.Context, actor accounts.Actor, q LookQuery) (Page[Hit], error) {
	if !slices.Contains(Realms, q.In) {
		return Page[Hit]{}, ErrRealm
	}
	q.Q = strings.TrimSpace(q.Q)
	if len([]rune(q.Q)) > maxSearch || !validWords(q.Q) {
		return Page[Hit]{}, ErrSearch
	}
	limit, err := pageLimit(q.Limit, defaultLimit)
	if err != nil {
		return Page[Hit]{}, err
	}
	q.Limit = limit
	if q.Q == "" {
		return Page[Hit]{}, nil
	}
	if q.In == InIdeas {
		return b.lookIdeas(ctx, actor, q)
	}
	return b.lookRows(ctx, actor, q)
}

// LookAcross finds the best few of every realm, in the order of Realms.
func (b *Board) LookAcross(ctx context.Context, actor accounts.Actor, words string, each int) ([]Page[Hit], error) {
	all := make([]Page[Hit], len(Realms))
	for i, in := range Realms {
		page, err := b.Look(ctx, actor, LookQuery{In: in, Q: words, Limit: each})
		if err != nil {
			return nil, fmt.Errorf("look in %s: %w", in, err)
		}
		all[i] = page
	}
	return all, nil
}

// lookIdeas is the board's own search, and where that finds nothing the titles
// that are spelled nearly so.
func (b *Board) lookIdeas(ctx context.Context, actor accounts.Actor, q LookQuery) (Page[Hit], error) {
	page, err := b.List(ctx, actor, Query{Q: q.Q, After: q.After, Limit: q.Limit, Statuses: ideas.Public})
	if err != nil {
		return Page[Hit]{}, err
	}
	found := Page[Hit]{Next: page.Next, Items: make([]Hit, len(page.Items))}
	for i, c := range page.Items {
		found.Items[i] = hitOf(c)
	}
	if len(found.Items) > 0 || q.After != "" {
		return found, nil
	}
	var near []pick
	const query = `
		SELECT ` + pickColumns + `, '' AS key
		FROM ideas_nearly($1, $2, $3) AS n JOIN ideas i ON i.id = n.id ` + cardJoins + `
		ORDER BY word_similarity(plain_words($1), plain_words(i.title)) DESC, i.id DESC LIMIT $4`
	if err := b.db.SelectContext(ctx, &near, query, q.Q, statusArray(ideas.Public), partCandidates, min(q.Limit, nearFound)); err != nil {
		return Page[Hit]{}, fmt.Errorf("ideas spelled nearly so: %w", err)
	}
	bodies, err := b.bodiesOf(ctx, near)
	if err != nil {
		return Page[Hit]{}, err
	}
	cards, err := b.dress(ctx, actor, near, bodies, asAnybody)
	if err != nil {
		return Page[Hit]{}, err
	}
	for _, c := range cards {
		h := hitOf(c)
		h.Close = true
		found.Items = append(found.Items, h)
	}
	return found, nil
}

// nearFound is how many ideas are offered that are spelled nearly so.
const nearFound = 5

func hitOf(c Card) Hit {
	at := c.CreatedAt
	if c.SubmittedAt != nil {
		at = *c.SubmittedAt
	}
	return Hit{
		In: InIdeas, ID: int64(c.ID), Idea: c.ID, Slug: c.Slug, Title: c.Title, Words: c.Excerpt, Mark: string(c.Status),
		By: c.Contributor, Picture: c.Cover, At: at,
	}
}

package board

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
)

// narrowed is what a list is narrowed to, by number rather than by name.
type narrowed struct {
	nothing   bool // no such topic, challenge or tag
	topic     *int64
	challenge *int64
	tag       string
	tagged    int // how many ideas have the tag; at most fewIdeas+1
	author    accounts.ID
	without   []int64 // ideas to pass over
}

// fewIdeas is up to how many ideas it is cheaper to sort them all than to look
// for them along an order: on a million ideas, a tag that fewer have is met less
// than once in three hundred.
const fewIdeas = 3000

// narrow looks up what the list is narrowed to, if anything.
func (b *Board) narrow(ctx context.Context, q Query) (narrowed, error) {
	n := narrowed{tag: q.Tag, author: q.Author}
	if q.Topic == "" && q.Tag == "" && q.Challenge == "" {
		return n, nil
	}
	var found struct {
		Topic     *int64 `db:"topic"`
		Challenge *int64 `db:"challenge"`
		Tagged    int    `db:"tagged"`
	}
	const query = `
		SELECT (SELECT id FROM topics WHERE slug = $1) AS topic, (SELECT id FROM challenges WHERE slug = $2) AS challenge,
		       (SELECT count(*) FROM (SELECT FROM idea_tags WHERE tag = $3 LIMIT $4) AS few) AS tagged`
	if err := b.db.GetContext(ctx, &found, query, q.Topic, q.Challenge, q.Tag, fewIdeas+1); err != nil {
		return n, fmt.Errorf("what a list is narrowed to: %w", err)
	}
	n.topic, n.challenge, n.tagged = found.Topic, found.Challenge, found.Tagged
	n.nothing = q.Topic != "" && n.topic == nil || q.Challenge != "" && n.challenge == nil || q.Tag != "" && n.tagged == 0
	return n, nil
}

// conditions is the SQL that narrows rows of alias with the idea's number in
// the column id. Where few ideas are left, the second result is true and an
// order should sort them rather than look for them.
func (n narrowed) conditions(s *statement, alias, id string) (string, bool) {
	var where []string
	few := false
	if len(n.without) > 0 {
		where = append(where, id+" <> ALL ("+s.arg(pq.Array(n.without))+")")
	}
	if n.topic != nil {
		where = append(where, alias+".topic_id = "+s.arg(*n.topic))
	}
	if n.challenge != nil {
		where = append(where, alias+".challenge_id = "+s.arg(*n.challenge))
	}
	if n.author != 0 {
		few = true
		where = append(where, id+" = ANY (ARRAY(SELECT o.id FROM ideas o WHERE o.contributor_id = "+s.arg(n.author)+"))")
	}
	if n.tag != "" && !n.common() {
		few = true
		where = append(where, id+" = ANY (ARRAY(SELECT g.idea_id FROM idea_tags g WHERE g.tag = "+s.arg(n.tag)+"))")
	}
	return allOf(where...), few
}

// common says that so many ideas have the tag that they are looked for along
// the order, rather than sorted.
func (n narrowed) common() bool { return n.tag != "" && n.tagged > fewIdeas && n.author == 0 }

// sought is the SQL of a common tag, empty for none.
func (n narrowed) sought(s *statement, id string) string {
	if !n.common() {
		return ""
	}
	return "EXISTS (SELECT 1 FROM idea_tags g WHERE g.idea_id = " + id + " AND g.tag = " + s.arg(n.tag) + ")"
}

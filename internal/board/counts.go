package board

import (
	"context"
	"fmt"
	"sync"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/topics"
	"prosumer/internal/votes"

	"github.com/lib/pq"
)

// countsFor is how old the figures around a page may be.
const countsFor = 10 * time.Second

// counts are figures that every page shows and no page should count anew.
type counts struct {
	mu     sync.Mutex
	at     time.Time
	ideas  int
	topics []TopicCount
}

// TopicCount is a topic and how many ideas on it take votes.
type TopicCount struct {
	topics.Topic
	Ideas int `db:"ideas"`
}

// Counts says how many ideas the board shows, and the topics with how many are
// open for votes on each. The figures may be ten seconds old.
func (b *Board) Counts(ctx context.Context) (int, []TopicCount, error) {
	b.counts.mu.Lock()
	defer b.counts.mu.Unlock()
	if !b.counts.at.IsZero() && b.now().Sub(b.counts.at) < countsFor {
		return b.counts.ideas, b.counts.topics, nil
	}
	var n int
	if err := b.db.GetContext(ctx, &n, `SELECT count(*) FROM ideas WHERE NOT hidden AND status = ANY($1)`, statusArray(shown)); err != nil {
		return 0, nil, fmt.Errorf("count ideas: %w", err)
	}
	var list []TopicCount
	const query = `
		SELECT t.id, t.slug, t.name_en, t.name_nl, t.held,
		       (SELECT count(*) FROM ideas i WHERE i.topic_id = t.id AND NOT i.hidden AND i.status IN ('open', 'under_review', 'shortlisted')) AS ideas
		FROM topics t ORDER BY t.position, t.id`
	if err := b.db.SelectContext(ctx, &list, query); err != nil {
		return 0, nil, fmt.Errorf("topics: %w", err)
	}
	b.counts.at, b.counts.ideas, b.counts.topics = b.now(), n, list
	return n, list, nil
}

// LiveIdea is what the socket says of an idea on watch.
type LiveIdea struct {
	votes.Tally
	Status ideas.Status
}

// Live gives tally and status of those of the ideas that the account may see.
func (b *Board) Live(ctx context.Context, viewer accounts.ID, list []ideas.ID) (map[ideas.ID]LiveIdea, error) {
	raw := make([]int64, len(list))
	for i, id := range list {
		raw[i] = int64(id)
	}
	var rows []struct {
		votes.Tally
		Status ideas.Status `db:"status"`
	}
	const query = `
		SELECT i.id AS idea_id, i.status, coalesce(y.voters, 0) AS voters, coalesce(y.would_buy, 0) AS would_buy,
		       coalesce(y.staff, 0) AS staff, coalesce(y.revision, 0) AS revision
		FROM ideas i LEFT JOIN tallies y ON y.idea_id = i.id
		WHERE i.id = ANY($1) AND (i.contributor_id = $2 OR NOT i.hidden AND i.status = ANY($3)
		      OR i.status <> 'draft' AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = $2 AND a.roles && '{team,moderator,admin}'))`
	if err := b.db.SelectContext(ctx, &rows, query, pq.Array(raw), viewer, statusArray(ideas.Public)); err != nil {
		return nil, fmt.Errorf("live ideas: %w", err)
	}
	found := make(map[ideas.ID]LiveIdea, len(rows))
	for _, r := range rows {
		found[r.Idea] = LiveIdea{Tally: r.Tally, Status: r.Status}
	}
	return found, nil
}

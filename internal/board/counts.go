package board

import (
	"context"
	"fmt"
	"sync"
	"time"

	"prosumer/internal/topics"
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

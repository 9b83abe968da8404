package board

import (
	"context"
	"fmt"
	"sync"
	"time"

	"prosumer/internal/topics"
)

// How old the figures around a page may be: ten seconds, and longer where it
// takes long to count, so that counting is a fiftieth of the time at most.
const (
	countsFor   = 10 * time.Second
	countsShare = 50
)

// counts are figures that every page shows and no page should count anew.
type counts struct {
	first sync.Mutex // held for the first count of all, for which everybody waits

	mu     sync.Mutex
	until  time.Time // when the next count is due
	known  bool
	ideas  int
	topics []TopicCount
}

// due says whether the caller is to count. The others are served with what is
// known meanwhile.
func (c *counts) due(now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Before(c.until) {
		return false
	}
	c.until = now.Add(countsFor)
	return true
}

func (c *counts) get() (ideas int, topics []TopicCount, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ideas, c.topics, c.known
}

func (c *counts) set(ideas int, topics []TopicCount, until time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ideas, c.topics, c.known, c.until = ideas, topics, true, until
}

// TopicCount is a topic and how many ideas on it take votes.
type TopicCount struct {
	topics.Topic
	Ideas int `db:"ideas"`
}

// Counts says how many ideas the board shows, and the topics with how many are
// open for votes on each. The figures may be ten seconds old, and older where the
// database can't be asked. One caller in that time counts; nobody waits for it
// but the callers of the first time.
func (b *Board) Counts(ctx context.Context) (int, []TopicCount, error) {
	ideas, topics, known := b.counts.get()
	if !known {
		b.counts.first.Lock()
		defer b.counts.first.Unlock()
		if ideas, topics, known = b.counts.get(); !known {
			return b.count(ctx)
		}
	}
	if !b.counts.due(b.now()) {
		return ideas, topics, nil
	}
	if n, list, err := b.count(ctx); err == nil {
		return n, list, nil
	}
	return ideas, topics, nil
}

func (b *Board) count(ctx context.Context) (int, []TopicCount, error) {
	begun := time.Now()
	// One question for both: a row for each topic, and without topics one that is none.
	var rows []struct {
		All int    `db:"listed"`
		ID  *int64 `db:"topic"`
		TopicCount
	}
	const query = `
		SELECT c.listed, t.id AS topic, coalesce(t.id, 0) AS id, coalesce(t.slug, '') AS slug, coalesce(t.name_en, '') AS name_en, coalesce(t.name_nl, '') AS name_nl, coalesce(t.held, false) AS held,
		       (SELECT count(*) FROM ideas i WHERE i.topic_id = t.id AND NOT i.hidden AND i.status IN ('open', 'under_review', 'shortlisted')) AS ideas
		FROM (SELECT count(*) AS listed FROM ideas WHERE NOT hidden AND status = ANY($1)) AS c LEFT JOIN topics t ON true ORDER BY t.position, t.id`
	if err := b.db.SelectContext(ctx, &rows, query, statusArray(shown)); err != nil {
		return 0, nil, fmt.Errorf("count ideas and topics: %w", err)
	}
	n := rows[0].All
	var list []TopicCount
	for _, r := range rows {
		if r.ID != nil {
			list = append(list, r.TopicCount)
		}
	}
	b.counts.set(n, list, b.now().Add(max(countsFor, countsShare*time.Since(begun))))
	return n, list, nil
}

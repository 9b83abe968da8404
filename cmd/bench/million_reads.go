package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
)

// waits is how long something took, asked many times.
type waits struct{ p50, p99, most time.Duration }

func (s waits) row(name string) []string {
	return []string{name, exactMs(s.p50), exactMs(s.p99), exactMs(s.most)}
}

// timed asks n times, after a tenth as often to warm up.
func timed(n int, ask func(i int) error) (waits, error) {
	var list []time.Duration
	for i := range n + n/10 {
		begun := time.Now()
		if err := ask(i % n); err != nil {
			return waits{}, err
		}
		if i >= n/10 {
			list = append(list, time.Since(begun))
		}
	}
	slices.Sort(list)
	return waits{list[len(list)/2], list[len(list)*99/100], list[len(list)-1]}, nil
}

// keys give, for a random idea, what an order sorts it by, as cursors hold it.
var keys = map[board.Order]string{
	board.Trending: `SELECT r.trending::text, r.idea_id FROM ranks r JOIN ideas i ON i.id = r.idea_id WHERE i.id >= $1 ORDER BY i.id LIMIT 1`,
	board.Rising:   `SELECT r.rising::text, r.idea_id FROM ranks r JOIN ideas i ON i.id = r.idea_id WHERE i.id >= $1 ORDER BY i.id LIMIT 1`,
	board.Votes:    `SELECT r.voters::text, r.idea_id FROM ranks r JOIN ideas i ON i.id = r.idea_id WHERE i.id >= $1 ORDER BY i.id LIMIT 1`,
	board.Newest:   `SELECT (extract(epoch FROM submitted_at) * 1000000)::bigint::text, id FROM ideas WHERE id >= $1 AND submitted_at IS NOT NULL ORDER BY id LIMIT 1`,
}

// timedDeep asks for pages that begin anywhere in an order: after a random
// idea, or, where the order is shuffled, after so many pages as a walk takes.
func timedDeep(ctx context.Context, b *board.Board, db *sqlx.DB, order board.Order) (waits, error) {
	var places []string
	query, known := keys[order]
	if !known {
		after := ""
		for range reads {
			page, err := b.List(ctx, accounts.Actor{}, board.Query{Order: order, After: after, Limit: board.MaxLimit})
			if err != nil {
				return waits{}, err
			}
			if after = page.Next; after == "" {
				break
			}
			places = append(places, after)
		}
	} else {
		var most int64
		if err := db.GetContext(ctx, &most, `SELECT max(id) FROM ideas`); err != nil {
			return waits{}, fmt.Errorf("the last idea: %w", err)
		}
		for range reads {
			var key string
			var id int64
			if err := db.QueryRowxContext(ctx, query, rand.Int64N(most)+1).Scan(&key, &id); err != nil {
				return waits{}, fmt.Errorf("a place in %s: %w", order, err)
			}
			places = append(places, board.After(order, key, id))
		}
	}
	return timed(len(places), func(i int) error {
		_, err := b.List(ctx, accounts.Actor{}, board.Query{Order: order, After: places[i]})
		return err
	})
}

// word is a word of so many ideas.
type word struct {
	text  string
	ideas int
}

// commonWords are a rare word, some in between, and the most frequent one.
func commonWords(ctx context.Context, db *sqlx.DB) ([]word, error) {
	var rows []struct {
		Word string `db:"word"`
		N    int    `db:"n"`
	}
	const query = `
		SELECT word, ndoc AS n FROM ts_stat('SELECT to_tsvector(''simple'', left(story_text, 400)) FROM ideas TABLESAMPLE SYSTEM (1)')
		WHERE length(word) > 3 ORDER BY ndoc DESC`
	if err := db.SelectContext(ctx, &rows, query); err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	var list []word
	for _, share := range []int{1, 3, 10, 50, 300} { // the most frequent word, and the one of a third, tenth, ... of its ideas
		for _, r := range rows {
			if r.N <= rows[0].N/share {
				list = append(list, word{r.Word, r.N * 100})
				break
			}
		}
	}
	return list, nil
}

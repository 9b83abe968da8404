package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// decide moves an idea as the team does.
func decide(ctx context.Context, c *client, team member, idea int64, to string) (reply, error) {
	body := fmt.Sprintf(`{"status":%q,"answer_html":"<p>Said in a drill.</p>"}`, to)
	if to == "parked" {
		body = `{"status":"parked","reason":"timing","answer_html":"<p>Said in a drill.</p>"}`
	}
	return c.ask(ctx, http.MethodPost, fmt.Sprintf("/api/v1/ideas/%d/decision", idea), team.Token, body)
}

// shut is a while in which an idea certainly took no votes: from the answer to
// its closing until its reopening was asked for.
type shut struct {
	idea     int64
	from, to time.Time
}

// closing is V4.
func closing(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 24, 200)
	if err != nil {
		return broke(err)
	}
	n, err := l.serve(ctx, serveOptions{DSN: b.DSN})
	if err != nil {
		return broke(err)
	}
	c := l.dial(n.Address, 64, clientWait)
	s := &storm{Board: b, Clients: 40, Targets: []*client{c}, Journal: &journal{}}
	a := b.audit(ctx)
	s.start(ctx)
	closed, err := closeOften(ctx, c, b, l.times(1000, 40))
	figures, notes := bar(ctx, b, s, l.lasts(1500*time.Millisecond, 500*time.Millisecond))
	hidden := hide(ctx, b, s, l.lasts(1500*time.Millisecond, 500*time.Millisecond))
	s.halt()
	if err != nil {
		return broke(err)
	}
	within, writes, err := b.writtenWhileClosed(ctx)
	if err != nil {
		return broke(err)
	}
	figures = append(append([]figure{
		told("closings in the midst of it", "%d, %d votes refused", len(closed), number(s.Journal.all(), func(e entry) bool { return e.Status == http.StatusConflict })),
		none("votes asked for after a closing and acknowledged", acceptedWhileShut(s.Journal.all(), closed)),
		{Name: "votes committed between a closing and the reopening", Value: fmt.Sprintf("%d of %d", within, writes), Goal: "0", Met: within == 0 && writes > 0},
	}, served(s.Journal.all())...), figures...)
	figures = append(append(figures, hidden...), a.halt()...)
	windows, why := window(ctx, l, b, c, s.Journal)
	figures = append(figures, windows...)
	if why != "" {
		notes = append(notes, why)
	}
	more, told := l.finish(ctx, b, s.Journal, n)
	return judged(append(figures, more...), append(notes, told...)...)
}

// closeOften closes and reopens ideas, eight at a time.
func closeOften(ctx context.Context, c *client, b *board, times int) (all []shut, err error) {
	var mu sync.Mutex
	var busy sync.WaitGroup
	const hands = 8
	for i := range hands {
		busy.Go(func() {
			for k := range times / hands {
				idea := b.Ideas[(i+k*hands)%len(b.Ideas)]
				was, failed := shutOnce(ctx, c, b.Team, idea)
				mu.Lock()
				if failed != nil {
					err = failed
				}
				all = append(all, was)
				mu.Unlock()
				if failed != nil {
					return
				}
			}
		})
	}
	busy.Wait()
	return all, err
}

func shutOnce(ctx context.Context, c *client, team member, idea int64) (shut, error) {
	got, err := decide(ctx, c, team, idea, "parked")
	if err := got.wanted(http.StatusOK, err); err != nil {
		return shut{}, fmt.Errorf("close idea %d: %w", idea, err)
	}
	was := shut{idea: idea, from: time.Now()}
	pause(ctx, 8*time.Millisecond)
	was.to = time.Now()
	got, err = decide(ctx, c, team, idea, "open")
	if err := got.wanted(http.StatusOK, err); err != nil {
		return shut{}, fmt.Errorf("reopen idea %d: %w", idea, err)
	}
	return was, nil
}

// acceptedWhileShut counts the votes that were both asked for and acknowledged
// while their idea was closed.
func acceptedWhileShut(list []entry, closed []shut) (n int) {
	byIdea := map[int64][]shut{}
	for _, c := range closed {
		byIdea[c.idea] = append(byIdea[c.idea], c)
	}
	for _, e := range list {
		if e.Verdict != acked {
			continue
		}
		for _, c := range byIdea[e.Pair.Idea] {
			if e.Asked.After(c.from) && e.Answered.Before(c.to) {
				n++
			}
		}
	}
	return n
}

// writtenWhileClosed counts, by the times of the commits, what was written to
// votes and ledger between the closing of an idea and its reopening.
func (b *board) writtenWhileClosed(ctx context.Context) (wrong, all int, err error) {
	written := `SELECT idea_id, pg_xact_commit_timestamp(xmin) AS at FROM votes`
	if b.has(ctx, "vote_events", "idea_id") {
		written += ` UNION ALL SELECT idea_id, pg_xact_commit_timestamp(xmin) FROM vote_events`
	}
	query := `
		WITH moved AS (
			SELECT idea_id, to_status, pg_xact_commit_timestamp(xmin) AS at,
			       lead(pg_xact_commit_timestamp(xmin)) OVER (PARTITION BY idea_id ORDER BY id) AS until
			FROM idea_history WHERE kind = 'move'
		), written AS MATERIALIZED (` + written + `)
		SELECT (SELECT count(*) FROM moved m JOIN written w ON w.idea_id = m.idea_id
		        WHERE m.to_status = 'parked' AND w.at > m.at AND w.at < coalesce(m.until, 'infinity')),
		       (SELECT count(at) FROM written)`
	err = b.DB.QueryRowxContext(ctx, query).Scan(&wrong, &all)
	return wrong, all, err
}

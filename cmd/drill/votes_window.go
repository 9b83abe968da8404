package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// bar bars some voters in the midst of the storm, where the schema knows that.
func bar(ctx context.Context, b *board, s *storm, lasts time.Duration) ([]figure, []string) {
	if !b.has(ctx, "accounts", "barred_until") {
		return nil, []string{"This schema does not know barred voters; that part was left out."}
	}
	barred := map[int64]bool{}
	for _, m := range b.Members[:20] {
		barred[m.ID] = true
		if _, err := b.DB.ExecContext(ctx, `UPDATE accounts SET barred_until = now() + interval '1 hour' WHERE id = $1`, m.ID); err != nil {
			return nil, []string{"barring: " + err.Error()}
		}
	}
	since := time.Now()
	pause(ctx, lasts)
	after := s.Journal.since(since)
	tried := number(after, func(e entry) bool { return barred[e.Pair.Voter] })
	got := number(after, func(e entry) bool { return barred[e.Pair.Voter] && e.Choice != absent && e.Verdict == acked })
	return []figure{told("requests of barred voters", "%d", tried), none("votes of barred voters acknowledged", got)}, nil
}

// hide hides some ideas in the midst of the storm, as a moderator does.
func hide(ctx context.Context, b *board, s *storm, lasts time.Duration) []figure {
	gone := b.Ideas[len(b.Ideas)-4:]
	for _, idea := range gone { // one by one: each holds its tally, and who holds several takes them in order
		if _, err := b.DB.ExecContext(ctx, `UPDATE ideas SET hidden = true WHERE id = $1`, idea); err != nil {
			return []figure{holds("ideas could be hidden: "+err.Error(), false)}
		}
	}
	since := time.Now()
	pause(ctx, lasts)
	after := s.Journal.since(since)
	tried := number(after, func(e entry) bool { return slices.Contains(gone, e.Pair.Idea) })
	got := number(after, func(e entry) bool { return slices.Contains(gone, e.Pair.Idea) && e.Verdict == acked })
	return []figure{told("requests for hidden ideas", "%d", tried), none("votes on hidden ideas acknowledged", got)}
}

// window votes on the ideas of a challenge while its voting ends by the clock.
func window(ctx context.Context, l *lab, b *board, c *client, j *journal) ([]figure, string) {
	if !b.has(ctx, "challenges", "voting_close_at") {
		return nil, "This schema has no challenges; the end of a voting window was left out."
	}
	list, err := b.open(ctx, 6)
	if err != nil {
		return nil, err.Error()
	}
	var end time.Time
	const call = `
		WITH made AS (
			INSERT INTO challenges (slug, title, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
			SELECT 'drill', 'A call of the drill', t - interval '2 days', t - interval '2 days', t - interval '1 day', t - interval '1 day', t + $2::interval, t + interval '1 day'
			FROM clock_timestamp() AS t RETURNING id, voting_close_at
		), joined AS (UPDATE ideas SET challenge_id = made.id FROM made WHERE ideas.id BETWEEN $1 AND $1 + 5)
		SELECT voting_close_at FROM made`
	lasts := l.lasts(3*time.Second, time.Second)
	if err := b.DB.GetContext(ctx, &end, call, list[0], fmt.Sprintf("%d milliseconds", lasts.Milliseconds())); err != nil {
		return []figure{holds("a challenge could be made", false)}, err.Error()
	}
	others := *b
	others.Members = b.Members[20:] // the others are barred
	s := &storm{Board: &others, Clients: 32, Ideas: list, Targets: []*client{c}, Journal: j}
	from := time.Now()
	s.last(ctx, time.Until(end)+l.lasts(time.Second, 500*time.Millisecond))
	mine := j.since(from)
	late := number(mine, func(e entry) bool { return e.Verdict == acked && e.Asked.After(end) })
	before := number(mine, func(e entry) bool { return e.Verdict == acked })
	stored, err := b.count(ctx, `SELECT count(*) FROM votes v JOIN ideas i ON i.id = v.idea_id JOIN challenges c ON c.id = i.challenge_id WHERE v.cast_at >= c.voting_close_at`)
	if err != nil {
		return []figure{holds("the votes of the challenge could be read", false)}, err.Error()
	}
	return []figure{
		told("votes in a challenge that ended by the clock", "%d acknowledged, %d tried after the end", before, number(mine, func(e entry) bool { return e.Asked.After(end) })),
		none("votes asked for after its end and acknowledged", late),
		none("votes stored with a time after its end", stored),
	}, ""
}

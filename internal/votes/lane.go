package votes

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// lane writes the batches of its share of the ideas, one after the other.
type lane struct {
	db      *sqlx.DB
	publish func([]Tally)
	log     *slog.Logger
	cast    *sqlx.Stmt // castBallots; nil until it is needed
	queue   chan request
}

func (l *lane) run() {
	batch := make([]request, 0, maxBatch)
	for first := range l.queue {
		batch = append(batch[:0], first)
		batch = l.gather(batch)
		l.commit(batch)
	}
}

// gather takes what is queued already.
func (l *lane) gather(batch []request) []request {
	for len(batch) < maxBatch {
		select {
		case r, ok := <-l.queue:
			if !ok {
				return batch
			}
			batch = append(batch, r)
		default:
			return batch
		}
	}
	return batch
}

// pair is what there can be one vote on.
type pair struct {
	idea  ideas.ID
	voter accounts.ID
}

// commit writes a batch and answers everybody in it. All who asked for the same
// voter and idea learn the same tally.
func (l *lane) commit(batch []request) {
	defer func() {
		if p := recover(); p != nil {
			l.log.Error("vote batch panicked", "panic", p)
			answerAll(batch, answer{err: errors.New("vote batch panicked")})
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), batchLimit)
	defer cancel()
	ballots := lastChoices(batch)
	results, err := l.write(ctx, ballots)
	if pg.Locked(err) {
		batch = l.setAside(ctx, batch)
		ballots = lastChoices(batch)
		results, err = l.write(ctx, ballots)
	}
	if err != nil && len(ballots) > 1 && !pg.Away(err) {
		l.log.Error("vote batch failed, trying its ballots one by one", "ballots", len(ballots), "error", err)
		l.singly(ctx, batch)
		return
	}
	if err != nil {
		answerAll(batch, answer{err: err})
		return
	}
	l.settle(batch, results)
}

// lastChoices keeps the last choice per voter and idea.
func lastChoices(batch []request) []Ballot {
	last := make(map[pair]int, len(batch))
	ballots := make([]Ballot, 0, len(batch))
	for _, r := range batch {
		key := pair{r.ballot.Idea, r.ballot.Voter}
		if at, again := last[key]; again {
			ballots[at] = r.ballot
			continue
		}
		last[key] = len(ballots)
		ballots = append(ballots, r.ballot)
	}
	return ballots
}

// setAside refuses the ballots on ideas whose tallies somebody else holds, so
// that one such idea costs the others one wait and not their votes. It returns
// the rest; where even that can't be found out, nobody is refused.
func (l *lane) setAside(ctx context.Context, batch []request) []request {
	free, err := unlocked(ctx, l.db, batch)
	if err != nil {
		return batch
	}
	return slices.DeleteFunc(batch, func(r request) bool {
		if free[r.ballot.Idea] {
			return false
		}
		r.answer <- answer{err: ErrBusy.After(retryAfter)}
		return true
	})
}

// singly writes each ballot alone, so that one poisoned row fails one voter.
func (l *lane) singly(ctx context.Context, batch []request) {
	for _, r := range batch {
		results, err := l.write(ctx, []Ballot{r.ballot})
		if err != nil {
			r.answer <- answer{err: err}
			continue
		}
		l.settle([]request{r}, results)
	}
}

// write applies the ballots. A statement whose connection broke is sent once
// more: casting the same choice again changes nothing. Whether the first time
// did is unknown, so that all of its tallies are published. One that waited for
// a lock in vain did nothing, and would only wait again.
func (l *lane) write(ctx context.Context, ballots []Ballot) (map[ideas.ID]result, error) {
	if len(ballots) == 0 {
		return nil, nil
	}
	results, err := l.apply(ctx, ballots)
	if pg.Away(err) && !pg.Locked(err) {
		results, err = l.apply(ctx, ballots)
		for id, r := range results {
			r.Changed = true
			results[id] = r
		}
	}
	return results, err
}

// apply prepares the statement if need be. What failed is prepared anew, lest
// a migration under it fails every batch from then on.
func (l *lane) apply(ctx context.Context, ballots []Ballot) (map[ideas.ID]result, error) {
	if l.cast == nil {
		s, err := l.db.PreparexContext(ctx, castBallots)
		if err != nil {
			return nil, fmt.Errorf("prepare the batch: %w", err)
		}
		l.cast = s
	}
	results, err := apply(ctx, l.cast, ballots)
	if err != nil {
		_ = l.cast.Close()
		l.cast = nil
	}
	return results, err
}

func (l *lane) settle(batch []request, results map[ideas.ID]result) {
	changed := make([]Tally, 0, len(results))
	for _, r := range results {
		if r.Changed {
			changed = append(changed, r.Tally)
		}
	}
	if len(changed) > 0 {
		l.publish(changed)
	}
	for _, r := range batch {
		r.answer <- verdict(r.ballot, results)
	}
}

func answerAll(batch []request, a answer) {
	for _, r := range batch {
		select {
		case r.answer <- a:
		default: // answered before the panic
		}
	}
}

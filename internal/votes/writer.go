package votes

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// The writer's bounds. Above about a thousand ballots a batch gains no rate and
// costs latency; the queue holds eight of them before it says Busy.
const (
	maxBatch   = 1024
	queueSize  = 8 * maxBatch
	batchLimit = 10 * time.Second // of its own, so that one impatient caller cannot cancel its neighbours
	retryAfter = 2 * time.Second
)

// Writer is group commit: whatever queued while the last batch was committing
// is the next batch. It never waits for more to come.
type Writer struct {
	db      *sqlx.DB
	publish func([]Tally) // after the commit, once a batch; must not block
	log     *slog.Logger

	queue chan request
	gate  sync.RWMutex // held while sending, so that Stop can close the queue
	over  bool
	done  chan struct{}
}

type request struct {
	ballot Ballot
	answer chan<- answer
}

type answer struct {
	tally Tally
	err   error
}

// NewWriter starts the writer. publish learns every tally that changed.
func NewWriter(db *sqlx.DB, publish func([]Tally), log *slog.Logger) *Writer {
	w := &Writer{db: db, publish: publish, log: log, queue: make(chan request, queueSize), done: make(chan struct{})}
	go w.run()
	return w
}

// Write queues a ballot and waits for its commit. It returns the tally that
// includes it, a refusal, or ErrBusy with RetryAfter when the queue is full. If
// ctx ends first, the ballot may or may not have counted.
func (w *Writer) Write(ctx context.Context, b Ballot) (Tally, error) {
	reply := make(chan answer, 1)
	if err := w.enqueue(request{b, reply}); err != nil {
		return Tally{}, err
	}
	select {
	case a := <-reply:
		return a.tally, a.err
	case <-ctx.Done():
		return Tally{}, ErrBusy.After(retryAfter)
	}
}

func (w *Writer) enqueue(r request) error {
	w.gate.RLock()
	defer w.gate.RUnlock()
	if w.over {
		return ErrStopping.After(retryAfter)
	}
	select {
	case w.queue <- r:
		return nil
	default:
		return ErrBusy.After(retryAfter)
	}
}

// Stop refuses new ballots, writes what is queued, and returns when all of it
// is answered or ctx ends.
func (w *Writer) Stop(ctx context.Context) error {
	w.gate.Lock()
	if !w.over {
		w.over = true
		close(w.queue)
	}
	w.gate.Unlock()
	select {
	case <-w.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *Writer) run() {
	defer close(w.done)
	batch := make([]request, 0, maxBatch)
	for first := range w.queue {
		batch = append(batch[:0], first)
		batch = w.gather(batch)
		w.commit(batch)
	}
}

// gather takes what is queued already.
func (w *Writer) gather(batch []request) []request {
	for len(batch) < maxBatch {
		select {
		case r, ok := <-w.queue:
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

// commit writes a batch and answers everybody in it. Within the batch the last
// choice per voter and idea wins, and all who asked for that pair learn the
// same tally.
func (w *Writer) commit(batch []request) {
	defer func() {
		if p := recover(); p != nil {
			w.log.Error("vote batch panicked", "panic", p)
			answerAll(batch, answer{err: errors.New("vote batch panicked")})
		}
	}()
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
	ctx, cancel := context.WithTimeout(context.Background(), batchLimit)
	defer cancel()
	results, err := w.write(ctx, ballots)
	if err != nil && len(ballots) > 1 && !pg.Away(err) {
		w.log.Error("vote batch failed, trying its ballots one by one", "ballots", len(ballots), "error", err)
		w.singly(ctx, batch)
		return
	}
	if err != nil {
		answerAll(batch, answer{err: err})
		return
	}
	w.settle(batch, results)
}

// singly writes each ballot alone, so that one poisoned row fails one voter.
func (w *Writer) singly(ctx context.Context, batch []request) {
	for _, r := range batch {
		results, err := w.write(ctx, []Ballot{r.ballot})
		if err != nil {
			r.answer <- answer{err: err}
			continue
		}
		w.settle([]request{r}, results)
	}
}

// write applies the ballots. A statement whose connection broke is sent once
// more: casting the same choice again changes nothing. Whether the first time
// did is unknown, so that all of its tallies are published.
func (w *Writer) write(ctx context.Context, ballots []Ballot) (map[ideas.ID]result, error) {
	results, err := apply(ctx, w.db, ballots)
	if pg.Away(err) {
		results, err = apply(ctx, w.db, ballots)
		for id, r := range results {
			r.Changed = true
			results[id] = r
		}
	}
	return results, err
}

func (w *Writer) settle(batch []request, results map[ideas.ID]result) {
	changed := make([]Tally, 0, len(results))
	for _, r := range results {
		if r.Changed {
			changed = append(changed, r.Tally)
		}
	}
	if len(changed) > 0 {
		w.publish(changed)
	}
	for _, r := range batch {
		r.answer <- verdict(r.ballot, results)
	}
}

// verdict tells one voter what became of a ballot, by what the statement saw.
func verdict(b Ballot, results map[ideas.ID]result) answer {
	r, found := results[b.Idea]
	switch {
	case !found || r.State == unseen:
		return answer{err: ideas.ErrNotFound}
	case r.State != open:
		return answer{err: closings[r.State]}
	case r.Contributor == b.Voter:
		return answer{err: ErrOwnIdea}
	case slices.Contains(r.Barred, int64(b.Voter)):
		return answer{err: ErrBarred}
	case !b.Retract && r.Kind == challenges.Score && b.Choice.Score == 0:
		return answer{err: ErrScoreWanted.With("score", ErrScoreWanted.Code)}
	case !b.Retract && r.Kind != challenges.Score && b.Choice.Score != 0:
		return answer{err: ErrNoScore.With("score", ErrNoScore.Code)}
	default:
		return answer{tally: r.Tally}
	}
}

// closings says why an idea takes no votes.
var closings = map[state]error{closed: ErrClosed, early: ErrEarly, late: ErrLate, merged: ErrMerged, withdrawn: ErrWithdrawn}

func answerAll(batch []request, a answer) {
	for _, r := range batch {
		select {
		case r.answer <- a:
		default: // answered before the panic
		}
	}
}

package votes

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
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

// Lanes is how many batches a writer has under way at once, each on a connection
// of its own: half as many as there are processors, for the database needs the
// others, and four at most. An idea always takes the same lane, so that no lane
// waits for another's locks and its tallies are published in order. Where the
// processors are busy anyway a second lane only makes batches smaller: on two of
// them, two lanes took a third more votes in process and a tenth fewer over HTTP.
func Lanes() int { return min(4, max(1, runtime.GOMAXPROCS(0)/2)) }

// Writer is group commit: whatever queued while the last batch was committing
// is the next batch. It never waits for more to come.
type Writer struct {
	lanes []*lane
	gate  sync.RWMutex // held while sending, so that Stop can close the queues
	over  bool
	done  chan struct{}
}

// lane writes the batches of its share of the ideas, one after the other.
type lane struct {
	db      *sqlx.DB
	publish func([]Tally)
	log     *slog.Logger
	cast    *sqlx.Stmt // castBallots; nil until it is needed
	queue   chan request
}

type request struct {
	ballot Ballot
	answer chan<- answer
}

type answer struct {
	tally Tally
	err   error
}

// NewWriter starts the writer. publish learns every tally that changed, after
// the commit and once a batch; it must not block, and may be called by several
// lanes at once. db should have a connection for each lane.
func NewWriter(db *sqlx.DB, publish func([]Tally), log *slog.Logger) *Writer {
	return newWriter(db, publish, log, Lanes())
}

func newWriter(db *sqlx.DB, publish func([]Tally), log *slog.Logger, lanes int) *Writer {
	w := &Writer{lanes: make([]*lane, lanes), done: make(chan struct{})}
	var running sync.WaitGroup
	for i := range w.lanes {
		l := &lane{db: db, publish: publish, log: log, queue: make(chan request, queueSize)}
		w.lanes[i] = l
		running.Go(l.run)
	}
	go func() {
		running.Wait()
		close(w.done)
	}()
	return w
}

// lane is the one that an idea takes.
func (w *Writer) lane(on ideas.ID) *lane { return w.lanes[uint64(on)%uint64(len(w.lanes))] }

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
	case w.lane(r.ballot.Idea).queue <- r:
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
		for _, l := range w.lanes {
			close(l.queue)
		}
	}
	w.gate.Unlock()
	select {
	case <-w.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
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

// commit writes a batch and answers everybody in it. Within the batch the last
// choice per voter and idea wins, and all who asked for that pair learn the
// same tally.
func (l *lane) commit(batch []request) {
	defer func() {
		if p := recover(); p != nil {
			l.log.Error("vote batch panicked", "panic", p)
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
	results, err := l.write(ctx, ballots)
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
// did is unknown, so that all of its tallies are published.
func (l *lane) write(ctx context.Context, ballots []Ballot) (map[ideas.ID]result, error) {
	results, err := l.apply(ctx, ballots)
	if pg.Away(err) {
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

// verdict tells one voter what became of a ballot, by what the statement sal.
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

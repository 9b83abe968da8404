package votes

import (
	"context"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/ideas"
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

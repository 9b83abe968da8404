package outbox

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/pg"
)

const (
	pollEvery   = 5 * time.Second // the safety net under NOTIFY
	maxAttempts = 15              // about three hours with the pauses of retryIn; see Patience
	lease       = time.Minute     // a listener slower than this may see the fact twice
	settleIn    = 5 * time.Second // what a relay that was told to stop still takes to note what became of its fact
)

// Listener takes one fact. It may see a fact more than once.
type Listener func(ctx context.Context, payload json.RawMessage) error

// Relay hands facts to their listeners. Several servers may each run one.
type Relay struct {
	db        *sqlx.DB
	dsn       string
	log       *slog.Logger
	poll      time.Duration
	listeners map[string][]Listener
	attempts  int
	workers   int
	rest      rest
}

// NewRelay makes a relay over db; dsn is used for the LISTEN connection.
func NewRelay(db *sqlx.DB, dsn string, log *slog.Logger) *Relay {
	return &Relay{db: db, dsn: dsn, log: log, poll: pollEvery, listeners: map[string][]Listener{}, attempts: maxAttempts, workers: 1}
}

// On adds a listener for the facts of a topic. All are added before Run.
func (r *Relay) On(topic string, listener Listener) {
	r.listeners[topic] = append(r.listeners[topic], listener)
}

// Run delivers until ctx ends. A database that is away is waited for.
func (r *Relay) Run(ctx context.Context) {
	dsn, err := pg.Complete(r.dsn)
	if err != nil {
		r.log.Error("outbox", "error", err)
		dsn = r.dsn
	}
	notices := pq.NewListener(dsn, 200*time.Millisecond, 5*time.Second, nil)
	var listening sync.WaitGroup
	heard := make(chan struct{}, 1) // from now on; what was put before it is looked for once more
	listening.Go(func() {
		_ = notices.Listen(channel) // blocks while the database is away; polling goes on meanwhile
		heard <- struct{}{}
	})
	defer listening.Wait()
	defer func() { _ = notices.Close() }()
	poll := time.NewTicker(r.poll)
	defer poll.Stop()
	for {
		if err := r.Drain(ctx); err != nil && ctx.Err() == nil && !pg.Away(err) {
			r.log.Error("outbox", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-heard:
		case <-notices.Notify: // also nil after a reconnect, when notices may have been lost
		case <-poll.C:
		}
	}
}

// Patience sets how often a fact is tried before it is given up. Set before Run.
func (r *Relay) Patience(attempts int) *Relay {
	r.attempts = attempts
	return r
}

// Workers sets how many facts are handed out at once. Set before Run.
func (r *Relay) Workers(n int) *Relay {
	r.workers = n
	return r
}

// Drain delivers everything that is due now; where what a listener needs is
// away, what it can until then.
func (r *Relay) Drain(ctx context.Context) error {
	failed := make([]error, r.workers)
	var all sync.WaitGroup
	for n := range r.workers {
		all.Go(func() { failed[n] = r.drain(ctx) })
	}
	all.Wait()
	return errors.Join(failed...)
}

func (r *Relay) drain(ctx context.Context) error {
	for !r.rest.now() {
		more, err := r.deliverOne(ctx)
		if err != nil {
			return err
		}
		if !more {
			return nil
		}
	}
	return nil
}

// deliverOne takes the oldest due fact by moving its due time past the lease,
// so that no transaction stays open while a listener works.
func (r *Relay) deliverOne(ctx context.Context) (bool, error) {
	const take = `
		UPDATE outbox SET due_at = now() + make_interval(secs => $1), attempts = attempts + 1
		WHERE id = (SELECT id FROM outbox WHERE dead_at IS NULL AND due_at <= now() AND topic = ANY($2)
		            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING id, topic, payload, attempts`
	var fact struct {
		ID       int64           `db:"id"`
		Topic    string          `db:"topic"`
		Payload  json.RawMessage `db:"payload"`
		Attempts int             `db:"attempts"`
	}
	err := r.db.GetContext(ctx, &fact, take, lease.Seconds(), pq.Array(r.topics()))
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("take a fact: %w", err)
	}
	failure := errTooOften
	if fact.Attempts <= r.attempts {
		failure = r.hand(ctx, fact.Topic, fact.Payload)
	}
	away := errors.Is(failure, ErrAway)
	if pause := r.rest.heard(away); pause > 0 {
		r.log.Warn("outbox rests", "topic", fact.Topic, "for", pause, "error", failure)
	}
	// A fact that was delivered is settled even while the server stops, so that
	// the next one does not deliver it again.
	settling, done := context.WithTimeout(context.WithoutCancel(ctx), settleIn)
	defer done()
	switch {
	case failure == nil:
		_, err = r.db.ExecContext(settling, `DELETE FROM outbox WHERE id = $1`, fact.ID)
	case ctx.Err() != nil || away: // which says nothing about the fact: another relay may have it now
		_, err = r.db.ExecContext(settling, `UPDATE outbox SET due_at = now(), attempts = attempts - 1 WHERE id = $1`, fact.ID)
	default:
		r.log.Warn("fact not delivered", "topic", fact.Topic, "fact", fact.ID, "attempt", fact.Attempts, "error", failure)
		_, err = r.db.ExecContext(settling, `
			UPDATE outbox SET failure = $2, due_at = now() + make_interval(secs => $3),
			       dead_at = CASE WHEN attempts >= $4 THEN now() END
			WHERE id = $1`, fact.ID, storable(failure.Error()), retryIn(fact.Attempts).Seconds(), r.attempts)
	}
	if err != nil {
		return false, fmt.Errorf("settle fact %d: %w", fact.ID, err)
	}
	return true, ctx.Err()
}

// errTooOften is the failure of a fact whose every delivery ended without a
// word: its listener stopped the whole server, and must not do so for ever.
var errTooOften = errors.New("taken too often without ever being settled")

// storable is a message as PostgreSQL can hold it.
func storable(message string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(message, "\ufffd"), "\x00", "\ufffd")
}

// topics are those this relay has listeners for; others are another relay's, so
// that slow work does not hold up quick facts.
func (r *Relay) topics() []string { return slices.Collect(maps.Keys(r.listeners)) }

func (r *Relay) hand(ctx context.Context, topic string, payload json.RawMessage) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("listener of %s panicked: %v", topic, p)
		}
	}()
	for _, listener := range r.listeners[topic] {
		if err := listener(ctx, payload); err != nil {
			return err
		}
	}
	return nil
}

// retryIn is the pause after an attempt: it doubles from one second to an hour.
func retryIn(attempt int) time.Duration {
	return min(time.Second<<min(attempt-1, 12), time.Hour)
}

// Depth counts the facts that wait and those that were given up.
func (r *Relay) Depth(ctx context.Context) (waiting, dead int, err error) {
	row := r.db.QueryRowxContext(ctx, `SELECT count(*) FILTER (WHERE dead_at IS NULL), count(*) FILTER (WHERE dead_at IS NOT NULL) FROM outbox`)
	if err := row.Scan(&waiting, &dead); err != nil {
		return 0, 0, fmt.Errorf("outbox depth: %w", err)
	}
	return waiting, dead, nil
}

// Typed makes a listener of a function that takes the fact as its own type.
func Typed[F any](do func(ctx context.Context, fact F) error) Listener {
	return func(ctx context.Context, payload json.RawMessage) error {
		var fact F
		if err := json.Unmarshal(payload, &fact); err != nil {
			return fmt.Errorf("fact: %w", err)
		}
		return do(ctx, fact)
	}
}

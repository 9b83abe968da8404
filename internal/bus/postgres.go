package bus

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/pg"
)

// channel is the same for every board: LISTEN reaches one database only.
const channel = "prosumer_bus"

// postgres speaks by NOTIFY through the pool and listens on a connection of its
// own.
type postgres struct {
	dsn  string
	db   *sqlx.DB
	busy atomic.Bool
}

func newPostgres(dsn string, db *sqlx.DB) *postgres { return &postgres{dsn: dsn, db: db} }

// listen uses pq.Listener for one connection only: when that ends, so does the
// session. The listener's own way of coming back knows no context and sleeps.
func (p *postgres) listen(ctx context.Context, open func(), hear func(payload string)) error {
	dsn, err := pg.Complete(p.dsn)
	if err != nil {
		return err
	}
	dial := &dialer{ctx: ctx}
	defer context.AfterFunc(ctx, dial.cut)()
	ended := make(chan error, 1)
	notices := pq.NewDialListener(dial, dsn, time.Millisecond, time.Millisecond, func(event pq.ListenerEventType, err error) {
		if event == pq.ListenerEventDisconnected || event == pq.ListenerEventConnectionAttemptFailed {
			dial.cut()
			select {
			case ended <- lost(err):
			default:
			}
		}
	})
	listening := make(chan error, 1)
	go func() { listening <- notices.Listen(channel); close(listening) }()
	defer func() {
		dial.cut()
		drained := make(chan struct{})
		go func() {
			defer close(drained)
			for range notices.Notify { // its goroutine must not wait for us while Close waits for it
			}
		}()
		_ = notices.Close()
		<-drained
		for range listening {
		}
	}()
	answered := (<-chan error)(listening)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-ended:
			return err
		case err := <-answered:
			if err != nil {
				return fmt.Errorf("listen: %w", err)
			}
			answered = nil
			open()
		case n := <-notices.Notify:
			if n == nil { // it came back by itself, or closed: what was said meanwhile is lost
				return errLost
			}
			hear(n.Extra)
		}
	}
}

var errLost = errors.New("no connection to listen on")

// lost is errLost with its cause, if there is one.
func lost(cause error) error {
	if cause == nil {
		return errLost
	}
	return fmt.Errorf("%w: %w", errLost, cause)
}

// errStuck says that PostgreSQL has not answered what was said before.
var errStuck = errors.New("the last statement has not been answered")

// speak sends all payloads in one statement. lib/pq waits for an answer even
// after its context has ended, hence the goroutine: never more than one.
func (p *postgres) speak(ctx context.Context, payloads []string) error {
	if !p.busy.CompareAndSwap(false, true) {
		return errStuck
	}
	done := make(chan error, 1)
	go func() {
		_, err := p.db.ExecContext(ctx, `SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload`, channel, pq.Array(payloads))
		p.busy.Store(false)
		done <- err
	}()
	select {
	case err := <-done:
		if err != nil {
			return fmt.Errorf("notify: %w", err)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("notify: %w", ctx.Err())
	}
}

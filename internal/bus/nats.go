package bus

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"sync/atomic"

	"github.com/lib/pq"
	"github.com/nats-io/nats.go"
)

// The subscription's own queue. It is emptied at once into ours, so that one
// that runs over means trouble: the session ends, and with it comes a gap.
const (
	natsMessages = 4096
	natsBytes    = 8 << 20
)

// overNATS speaks and listens on one core subject of a NATS server.
type overNATS struct {
	url, subject string
	now          atomic.Pointer[natsSession]
}

// natsSession is one connection. The library's own way of coming back is not
// used: it buffers what was said, waits without a context, and gives up on
// refused passwords.
type natsSession struct {
	conn *nats.Conn
	dial *dialer
}

func newNATS(address, board, dsn string) *overNATS {
	return &overNATS{url: address, subject: "prosumer." + boardToken(board, dsn) + ".bus"}
}

var plainToken = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,48}$`)

// boardToken is a board's name as NATS takes it. A name with other characters
// becomes its hash, which no plain name is long enough to equal.
func boardToken(board, dsn string) string {
	if cfg, err := pq.NewConfig(dsn); board == "" && dsn != "" && err == nil {
		board = cfg.Database
	}
	switch {
	case board == "":
		return "board"
	case plainToken.MatchString(board):
		return board
	}
	sum := sha256.Sum256([]byte(board))
	return hex.EncodeToString(sum[:])
}

func (n *overNATS) listen(ctx context.Context, open func(), hear func(payload string)) error {
	dial := &dialer{ctx: ctx}
	defer context.AfterFunc(ctx, dial.cut)()
	defer dial.cut()
	ended := make(chan error, 1)
	end := func(err error) {
		select {
		case ended <- err:
		default:
		}
	}
	conn, err := nats.Connect(n.url,
		nats.Name("prosumer"), nats.NoReconnect(), nats.SetCustomDialer(dial), nats.SkipHostLookup(),
		nats.Timeout(dialWithin), nats.FlusherTimeout(dialWithin),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { end(err) }),
		nats.ClosedHandler(func(c *nats.Conn) { end(lost(c.LastError())) }),
	)
	if err != nil {
		return fmt.Errorf("connect to nats: %w", hideAddress(err))
	}
	defer conn.Close()
	defer dial.cut() // before Close, which would wait for a server that hangs
	session := &natsSession{conn, dial}
	sub, err := conn.Subscribe(n.subject, func(m *nats.Msg) { hear(string(m.Data)) })
	if err != nil {
		return fmt.Errorf("subscribe: %w", err)
	}
	if err := sub.SetPendingLimits(natsMessages, natsBytes); err != nil {
		return fmt.Errorf("subscribe: %w", err)
	}
	if err := conn.FlushTimeout(dialWithin); err != nil {
		return fmt.Errorf("subscribe: %w", err)
	}
	n.now.Store(session)
	defer n.now.CompareAndSwap(session, nil)
	open()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-ended:
		return err
	}
}

// speak waits until the server has answered, since what NATS is given just
// before a connection ends is lost without a word.
func (n *overNATS) speak(ctx context.Context, payloads []string) error {
	session := n.now.Load()
	if session == nil {
		return errAway
	}
	stop := context.AfterFunc(ctx, session.dial.cut) // a write into a full pipe does not know ctx
	defer stop()
	for _, payload := range payloads {
		if err := session.conn.Publish(n.subject, []byte(payload)); err != nil {
			return fmt.Errorf("publish: %w", err)
		}
	}
	if err := session.conn.FlushWithContext(ctx); err != nil {
		session.dial.cut()
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}

// hideAddress drops the address, and with it the password, that a URL error
// repeats.
func hideAddress(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}

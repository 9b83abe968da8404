package bus

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// transport is one way between servers. Both methods end when their context
// does, whatever the other side does or fails to do.
type transport interface {
	// listen connects, calls open once it hears, and hands on every payload,
	// until the connection is lost or ctx ends. It always says why it ended.
	listen(ctx context.Context, open func(), hear func(payload string)) error
	// speak sends the payloads. Without an error the other side has them.
	// It is called by one goroutine at a time.
	speak(ctx context.Context, payloads []string) error
}

// errAway says that there is no connection to speak on.
var errAway = errors.New("not connected")

// dialer makes the connections of one session, so that cut can end them all at
// any moment. Neither library lets go of a server that hangs by itself.
type dialer struct {
	ctx    context.Context
	mu     sync.Mutex
	conns  []net.Conn
	closed bool
}

// Dial connects within the bound that the library does not set.
func (d *dialer) Dial(network, address string) (net.Conn, error) {
	return d.DialTimeout(network, address, dialWithin)
}

// DialTimeout connects within a bound.
func (d *dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, done := context.WithTimeout(d.ctx, timeout)
	defer done()
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		_ = conn.Close()
		return nil, net.ErrClosed
	}
	d.conns = append(d.conns, conn)
	return conn, nil
}

// cut closes every connection, now and later.
func (d *dialer) cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	for _, conn := range d.conns {
		_ = conn.Close()
	}
	d.conns = nil
}

// dialWithin bounds a connection attempt.
const dialWithin = 3 * time.Second

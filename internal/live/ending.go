package live

import (
	"errors"
	"io"
	"strconv"
	"time"
)

const (
	closeWait = 2 * time.Second // for the client's answer to a close
	drainMost = 64 << 10        // read after a violation, so that the code arrives before the cut
)

// breach is what the client did wrong, as its close code.
type breach int

func (b breach) Error() string { return "live: closed with " + strconv.Itoa(int(b)) }

// failed answers the end of reading.
func (c *client) failed(err error) {
	var broken breach
	if errors.As(err, &broken) && !c.ending.Load() {
		c.violation(int(broken))
	}
}

// violation tells the client why it is closed.
func (c *client) violation(code int) {
	c.ending.Store(true)
	if c.stuck() {
		c.cut()
		return
	}
	_ = c.out.put(closing(code, ""), true)
	c.drain()
}

// drain reads on for a moment: closing with unread data resets the connection,
// and the client would never see the close code.
func (c *client) drain() {
	conn := c.out.Conn
	_ = conn.SetReadDeadline(time.Now().Add(closeWait))
	if half, ok := conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
		_, _ = io.CopyN(io.Discard, conn, drainMost)
	}
}

// end closes politely from another goroutine; the reader does the rest.
func (c *client) end(code int, reason string) {
	if !c.ending.CompareAndSwap(false, true) {
		return
	}
	if c.stuck() {
		c.cut()
		return
	}
	if err := c.out.put(closing(code, reason), true); err != nil {
		c.cut()
		return
	}
	_ = c.out.SetReadDeadline(time.Now().Add(closeWait))
}

// stuck says whether a close frame could not be sent now.
func (c *client) stuck() bool {
	left, err := c.out.flush()
	return left > 0 || err != nil
}

// cut ends the connection at once and frees what the kernel holds for it.
func (c *client) cut() {
	conn := c.out.Conn
	if l, ok := conn.(interface{ SetLinger(int) error }); ok {
		_ = l.SetLinger(0)
	}
	_ = conn.Close()
}

package live

import (
	"fmt"
	"io"
	"runtime/debug"
	"syscall"
)

// buffer is what one read gave. Only a connection that just said something has
// one: a waiting one has none.
type buffer struct {
	data [2 << 10]byte
	n    int
	err  error
}

// read waits for what the client says and does it. It and what it calls must
// stay within half of the smallest stack while it waits: the stack is most of
// what an idle connection costs, and when the average is deeper, the runtime
// gives new goroutines twice as much. Messages need more to be understood, so
// after one a fresh goroutine takes over.
func (c *client) read() {
	defer c.handOver()
	for !c.on {
		if err := c.await(); err != nil {
			c.on = false
			c.failed(err)
			return
		}
	}
}

// handOver starts the next reader, or ends with the last.
func (c *client) handOver() {
	p := recover()
	if c.on && p == nil {
		c.on = false
		go c.read()
		return
	}
	if p != nil {
		c.hub.o.Log.Error("live: reader failed", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		_ = c.out.put(closing(CloseFailed, ""), true)
	}
	c.leave()
}

// await does one read and what it says.
func (c *client) await() error {
	if c.out.raw == nil {
		return c.block()
	}
	if err := c.out.raw.Read(c.arrive); err != nil {
		return err
	}
	return c.understand()
}

// block is the read of a connection that can only block.
func (c *client) block() error {
	b := c.hub.buffer()
	b.n, b.err = c.out.Read(b.data[:])
	c.got = b
	return c.understand()
}

// pick is one read(2). It reports done unless it must be waited for.
func (c *client) pick(fd uintptr) bool {
	b := c.hub.buffer()
	for {
		b.n, b.err = syscall.Read(int(fd), b.data[:])
		switch b.err {
		case syscall.EINTR:
			continue
		case syscall.EAGAIN:
			c.hub.buffers.Put(b)
			return false
		case nil:
			if b.n == 0 {
				b.err = io.EOF
			}
		}
		c.got = b
		return true
	}
}

func (h *Hub) buffer() *buffer {
	if b, ok := h.buffers.Get().(*buffer); ok {
		return b
	}
	return &buffer{}
}

package live

import "io"

// understand must not be inlined: it would enlarge the waiting stack.
//
//go:noinline
func (c *client) understand() error {
	b := c.got
	c.got = nil
	defer c.hub.buffers.Put(b)
	if b.n <= 0 {
		return b.err
	}
	data := b.data[:b.n]
	if c.in != nil {
		c.in.rest = append(c.in.rest, data...)
		data = c.in.rest
	}
	for {
		a, used, err := open(data, c.room())
		if err != nil {
			return err
		}
		if used == 0 {
			break
		}
		data = data[used:]
		if err := c.heed(a); err != nil {
			return err
		}
	}
	c.keep(data)
	return b.err
}

// room is how long a message may still become.
func (c *client) room() int64 {
	if c.in == nil {
		return c.hub.o.MessageLimit
	}
	return c.hub.o.MessageLimit - int64(len(c.in.message))
}

// keep puts the beginning of a frame aside.
func (c *client) keep(rest []byte) {
	if c.in == nil {
		if len(rest) == 0 {
			return
		}
		c.in = &inbox{}
	}
	if c.in.rest = append(c.in.rest[:0], rest...); c.in.empty() {
		c.in = nil
	}
}

// heed does what one frame says.
func (c *client) heed(a arrival) error {
	if a.op == opClose {
		code, err := closeCode(a.body)
		if err != nil {
			return err
		}
		c.ending.Store(true)
		_ = c.out.put(closing(code, ""), true)
		return io.EOF
	}
	if c.ending.Load() {
		return nil
	}
	if a.op != opMore || len(a.body) == 0 { // parts are counted by their bytes
		if err := c.heard(); err != nil {
			return err
		}
	}
	switch a.op {
	case opPing:
		return c.out.put(appendFrame(nil, opPong, a.body), false)
	case opPong:
		return nil
	}
	if c.in == nil {
		if a.final && a.op != opMore {
			return c.obey(a.op, a.body)
		}
		c.in = &inbox{}
	}
	op, text, err := c.in.add(a)
	if err != nil || op == 0 {
		return err
	}
	return c.obey(op, text)
}

// obey follows a whole message.
func (c *client) obey(op byte, text []byte) error {
	c.on = true
	if op != opText {
		return breach(CloseUnsupported)
	}
	m, err := parse(text)
	if err != nil {
		return breach(ClosePolicy)
	}
	c.hub.follow(c, m)
	return nil
}

package live

import (
	"errors"
	"net"
	"slices"
	"sync"
	"syscall"
	"time"
)

const (
	sendBuffer = 32 << 10    // a stuck reader holds no more of the kernel's memory than a few of these
	maxTail    = 1 << 20     // what is written to a ready reader in one go stays below; only pongs come on top
	blockFor   = time.Second // the most one write to a connection that can only block may take
)

var errTail = errors.New("live: the reader is too far behind")

// stream is a connection whose writes never wait: what the kernel does not take
// at once stays in the tail, until flush gets rid of it. A connection of
// another kind than TCP or a unix socket blocks, but never longer than blockFor.
type stream struct {
	net.Conn
	raw     syscall.RawConn       // nil for a connection that can only block
	attempt func(fd uintptr) bool // made once, so that a write allocates nothing

	mu   sync.Mutex
	tail []byte
	out  []byte // what attempt writes,
	n    int    // how much of it went,
	err  error  // and why no more
}

// NonBlocking wraps a connection so that a reader who does not read delays
// nobody else. A websocket for Serve should be made on top of it.
func NonBlocking(conn net.Conn) net.Conn {
	s := &stream{Conn: conn}
	switch c := conn.(type) {
	case *net.TCPConn:
		s.raw, _ = c.SyscallConn()
		_ = c.SetWriteBuffer(sendBuffer)
	case *net.UnixConn:
		s.raw, _ = c.SyscallConn()
		_ = c.SetWriteBuffer(sendBuffer)
	}
	if s.raw != nil {
		s.attempt = s.try
	}
	_ = conn.SetDeadline(time.Time{})
	return s
}

// Write takes all of p or fails for good; it never waits for the reader.
func (s *stream) Write(p []byte) (int, error) {
	if s.raw == nil {
		if err := s.Conn.SetWriteDeadline(time.Now().Add(blockFor)); err != nil {
			return 0, err
		}
		return s.Conn.Write(p)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.shorten(); err != nil {
		return 0, err
	}
	if len(s.tail) > 0 {
		if len(s.tail)+len(p) > maxTail {
			return 0, errTail
		}
		s.tail = append(s.tail, p...)
		return len(p), nil
	}
	n, err := s.once(p)
	if err != nil {
		return n, err
	}
	if n < len(p) {
		s.tail = slices.Clone(p[n:])
	}
	return len(p), nil
}

// flush sends what it can of the tail and says how much is left.
func (s *stream) flush() (left int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err = s.shorten()
	return len(s.tail), err
}

func (s *stream) shorten() error {
	if len(s.tail) == 0 {
		return nil
	}
	n, err := s.once(s.tail)
	if s.tail = s.tail[n:]; len(s.tail) == 0 {
		s.tail = nil
	}
	return err
}

func (s *stream) once(p []byte) (int, error) {
	s.out, s.n, s.err = p, 0, nil
	err := s.raw.Write(s.attempt)
	s.out = nil
	if err == nil {
		err = s.err
	}
	return s.n, err
}

// try is one write(2). It always reports done, so that RawConn does not wait.
func (s *stream) try(fd uintptr) bool {
	for {
		n, err := syscall.Write(int(fd), s.out)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil && !errors.Is(err, syscall.EAGAIN) {
			s.err = err
		}
		s.n = max(n, 0)
		return true
	}
}

// SetWriteDeadline does nothing: a passed deadline would make the next write
// fail although it would not have waited.
func (s *stream) SetWriteDeadline(time.Time) error { return nil }

// SetDeadline sets the read deadline only, for the same reason.
func (s *stream) SetDeadline(t time.Time) error { return s.Conn.SetReadDeadline(t) }

func (s *stream) left() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.tail)
}

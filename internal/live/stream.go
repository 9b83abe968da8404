package live

import (
	"errors"
	"net"
	"sync"
	"syscall"
	"time"
)

const (
	sendBuffer = 32 << 10    // a stuck reader holds no more of the kernel's memory than a few of these
	maxTail    = 1 << 20     // what is sent to a ready reader in one go stays below; only pongs come on top
	blockFor   = time.Second // the most one write to a connection that can only block may take
)

var errTail = errors.New("live: the reader is too far behind")

// stream is a connection whose writes never wait: what the kernel does not take
// at once stays in the tail, until flush gets rid of it. Each call puts out
// whole frames or keeps their end, so frames of several writers never mix, and
// nothing follows a close frame. A connection of another kind than TCP or a unix
// socket blocks, but never longer than blockFor.
type stream struct {
	net.Conn
	raw     syscall.RawConn       // nil for a connection that can only block
	attempt func(fd uintptr) bool // made once, so that a write allocates nothing

	mu     sync.Mutex
	tail   []byte // may be the end of a shared frame: only read, or copied by append
	out    []byte // what attempt writes,
	n      int32  // how much of it went,
	closed bool   // a close frame was written
	errno  syscall.Errno
}

// NonBlocking wraps a connection so that a reader who does not read delays
// nobody else. A websocket for Serve must be made on top of it.
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
	if err := s.put(p, false); err != nil {
		return 0, err
	}
	return len(p), nil
}

// send writes frames to a reader who has taken all that went before. When he
// has not, they are not taken and it is as if they had never been.
func (s *stream) send(f frame) (left int, taken bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0, true, nil
	}
	if err := s.shorten(); err != nil || len(s.tail) > 0 {
		return len(s.tail), false, err
	}
	n, err := s.once(f)
	if err == nil && n < len(f) {
		s.tail = f[n:len(f):len(f)]
	}
	return len(s.tail), true, err
}

// put writes a control frame, behind the tail if there is one. After the last
// nothing else goes out.
func (s *stream) put(p []byte, last bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = last
	if err := s.shorten(); err != nil {
		return err
	}
	if len(s.tail)+len(p) > maxTail {
		return errTail
	}
	n := 0
	if len(s.tail) == 0 {
		var err error
		if n, err = s.once(p); err != nil {
			return err
		}
	}
	if n < len(p) {
		s.tail = append(s.tail, p[n:]...)
	}
	return nil
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
	if s.raw == nil {
		if err := s.Conn.SetWriteDeadline(time.Now().Add(blockFor)); err != nil {
			return 0, err
		}
		return s.Conn.Write(p)
	}
	s.out, s.n, s.errno = p, 0, 0
	err := s.raw.Write(s.attempt)
	s.out = nil
	if err == nil && s.errno != 0 {
		err = s.errno
	}
	return int(s.n), err
}

// try is one write(2). It always reports done, so that RawConn does not wait.
func (s *stream) try(fd uintptr) bool {
	for {
		n, err := syscall.Write(int(fd), s.out)
		if err == nil {
			s.n = int32(n)
			return true
		}
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if !errors.Is(err, syscall.EAGAIN) && !errors.As(err, &s.errno) {
			s.errno = syscall.EIO
		}
		return true
	}
}

// SetWriteDeadline does nothing: a passed deadline would make the next write
// fail although it would not have waited.
func (s *stream) SetWriteDeadline(time.Time) error { return nil }

// SetDeadline sets the read deadline only, for the same reason.
func (s *stream) SetDeadline(t time.Time) error { return s.Conn.SetReadDeadline(t) }

//go:build linux

package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
)

// crowd is many websockets held by one goroutine and epoll, so that hearing
// takes as little as possible of what the server is measured with.
type crowd struct {
	address [4]byte
	port    int
	epoll   int
	stop    chan struct{}
	stopped chan struct{}

	mu    sync.Mutex // of what follows
	socks []*sock
	late  []int32 // microseconds from change to receipt

	heard  atomic.Int64 // data frames
	noting atomic.Bool  // late is kept
}

// sock is one connection of the crowd.
type sock struct {
	fd   int
	rest []byte // the beginning of a frame
	lost bool
}

func newCrowd(address string) (*crowd, error) {
	a, err := net.ResolveTCPAddr("tcp4", address)
	if err != nil {
		return nil, err
	}
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("epoll: %w", err)
	}
	c := &crowd{address: [4]byte(a.IP.To4()), port: a.Port, epoll: epoll, stop: make(chan struct{}), stopped: make(chan struct{})}
	go c.read()
	return c, nil
}

// join opens n sockets and reads from them. With a window they are never read
// from, and the kernel keeps no more than that for them.
func (c *crowd) join(n, window int) ([]*sock, error) {
	const openers = 16
	var left atomic.Int64
	left.Store(int64(n))
	var mu sync.Mutex
	var joined []*sock
	var failed error
	var all sync.WaitGroup
	for range openers {
		all.Go(func() {
			for left.Add(-1) >= 0 {
				fd, err := c.open(window)
				mu.Lock()
				if err != nil {
					failed = err
					left.Store(0)
				} else {
					joined = append(joined, &sock{fd: fd})
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if failed != nil {
		return nil, fmt.Errorf("open a socket: %w", failed)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range joined {
		c.socks = append(c.socks, s)
		if window > 0 {
			continue
		}
		event := syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(len(c.socks) - 1)}
		if err := syscall.EpollCtl(c.epoll, syscall.EPOLL_CTL_ADD, s.fd, &event); err != nil {
			return nil, fmt.Errorf("epoll: %w", err)
		}
	}
	return joined, nil
}

const socketHandshake = "GET /live HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: " + socketOrigin +
	"\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

func (c *crowd) open(window int) (fd int, err error) {
	if fd, err = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0); err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			_ = syscall.Close(fd)
		}
	}()
	if window > 0 {
		_ = syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_RCVBUF, window)
	}
	_ = syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)
	_ = syscall.SetsockoptLinger(fd, syscall.SOL_SOCKET, syscall.SO_LINGER, &syscall.Linger{Onoff: 1})
	_ = syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &syscall.Timeval{Sec: 10})
	if err = syscall.Connect(fd, &syscall.SockaddrInet4{Port: c.port, Addr: c.address}); err != nil {
		return 0, err
	}
	if _, err = syscall.Write(fd, []byte(socketHandshake)); err != nil {
		return 0, err
	}
	var answer []byte
	for piece := make([]byte, 512); !bytes.Contains(answer, []byte("\r\n\r\n")); {
		n, failed := syscall.Read(fd, piece)
		if failed == syscall.EINTR {
			continue
		}
		if failed != nil || n == 0 {
			return 0, fmt.Errorf("no answer to the handshake: %q %w", answer, failed)
		}
		answer = append(answer, piece[:n]...)
	}
	if !bytes.HasPrefix(answer, []byte("HTTP/1.1 101")) {
		return 0, fmt.Errorf("refused: %q", answer)
	}
	return fd, syscall.SetNonblock(fd, true)
}

// say sends one message from each of the sockets.
func (c *crowd) say(socks []*sock, message string) error {
	for _, s := range socks {
		if _, err := syscall.Write(s.fd, clientFrame(0x81, []byte(message))); err != nil {
			return fmt.Errorf("say: %w", err)
		}
	}
	return nil
}

// clientFrame masks with zeros, which leaves the text as it is.
func clientFrame(first byte, text []byte) []byte {
	frame := []byte{first}
	if len(text) < 126 {
		frame = append(frame, 0x80|byte(len(text)))
	} else {
		frame = binary.BigEndian.AppendUint16(append(frame, 0x80|126), uint16(len(text)))
	}
	return append(append(frame, 0, 0, 0, 0), text...)
}

// lost counts the sockets of the list that the server has ended.
func (c *crowd) lost(socks []*sock) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range socks {
		if s.lost {
			n++
		}
	}
	return n
}

// leave resets the sockets of the list.
func (c *crowd) leave(socks []*sock) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range socks {
		if s.fd >= 0 {
			_ = syscall.Close(s.fd)
			s.fd = -1
		}
	}
}

func (c *crowd) close() {
	close(c.stop)
	<-c.stopped
	c.leave(c.socks)
	_ = syscall.Close(c.epoll)
}

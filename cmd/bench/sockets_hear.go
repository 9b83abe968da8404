//go:build linux

package main

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// read hears everything until the crowd is closed.
func (c *crowd) read() {
	defer close(c.stopped)
	events := make([]syscall.EpollEvent, 256)
	buffer := make([]byte, 256<<10)
	for {
		n, err := syscall.EpollWait(c.epoll, events, 50)
		select {
		case <-c.stop:
			return
		default:
		}
		if err != nil {
			continue // interrupted
		}
		c.mu.Lock()
		for _, e := range events[:n] {
			c.take(c.socks[e.Fd], buffer)
		}
		c.mu.Unlock()
	}
}

func (c *crowd) take(s *sock, buffer []byte) {
	have := copy(buffer, s.rest)
	n, err := syscall.Read(s.fd, buffer[have:])
	if n <= 0 {
		if err == nil || err != syscall.EAGAIN && err != syscall.EINTR {
			s.lost = true
			_ = syscall.EpollCtl(c.epoll, syscall.EPOLL_CTL_DEL, s.fd, nil)
		}
		return
	}
	now := time.Now().UnixNano()
	data := buffer[:have+n]
	for {
		size, header := frameSize(data)
		if size == 0 || size > len(data) {
			break
		}
		switch data[0] & 0x0f {
		case 1:
			c.note(data[header:size], now)
		case 9:
			_, _ = syscall.Write(s.fd, clientFrame(0x8a, data[header:size]))
		}
		data = data[size:]
	}
	s.rest = append(s.rest[:0], data...)
}

// frameSize is zero when the header is not there yet.
func frameSize(data []byte) (size, header int) {
	if len(data) < 2 {
		return 0, 0
	}
	switch length := int(data[1] & 0x7f); {
	case length < 126:
		return 2 + length, 2
	case length == 126 && len(data) >= 4:
		return 4 + int(binary.BigEndian.Uint16(data[2:])), 4
	case length == 127 && len(data) >= 10:
		return 10 + int(binary.BigEndian.Uint64(data[2:])), 10
	}
	return 0, 0
}

func (c *crowd) note(text []byte, now int64) {
	c.heard.Add(1)
	if !c.noting.Load() {
		return
	}
	i := bytes.Index(text, []byte(`"at":`))
	if i < 0 {
		return
	}
	digits := text[i+5:]
	if end := bytes.IndexByte(digits, '}'); end > 0 {
		if at, err := strconv.ParseInt(string(digits[:end]), 10, 64); err == nil && at > 0 {
			c.late = append(c.late, int32((now-at)/1000))
		}
	}
}

// times notes how late each change is heard while work goes on, sorted.
func (c *crowd) times(work func() error) ([]int32, error) {
	c.mu.Lock()
	c.late = c.late[:0]
	c.mu.Unlock()
	c.noting.Store(true)
	err := work()
	c.quiet()
	c.noting.Store(false)
	c.mu.Lock()
	defer c.mu.Unlock()
	late := slices.Clone(c.late)
	slices.Sort(late)
	return late, err
}

// quiet waits until nothing more is heard.
func (c *crowd) quiet() {
	for before := int64(-1); ; time.Sleep(150 * time.Millisecond) {
		now := c.heard.Load()
		if now == before {
			return
		}
		before = now
	}
}

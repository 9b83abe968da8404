package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
)

// sleeperBuffer is what a sleeper asks the kernel to receive for it.
const sleeperBuffer = 4 << 10

// sleeper is a client that watches and then never reads.
type sleeper struct {
	conn *websocket.Conn
	own  string // its end of the connection

	queued    int64     // in both kernels' queues
	movedAt   time.Time // when that last grew
	droppedAt time.Time
}

// fallAsleep connects, asks to watch, and never reads again.
func fallAsleep(ctx context.Context, address string, watch []byte) (*sleeper, error) {
	small := net.Dialer{Control: func(_, _ string, raw syscall.RawConn) (err error) {
		controlled := raw.Control(func(fd uintptr) {
			err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, sleeperBuffer)
		})
		if err != nil {
			return err
		}
		return controlled
	}}
	d := websocket.Dialer{NetDialContext: small.DialContext, HandshakeTimeout: handshakeWithin}
	conn, _, err := d.DialContext(ctx, "ws://"+address+"/live", http.Header{"Origin": {"http://" + address}})
	if err != nil {
		return nil, fmt.Errorf("a client that will not read: %w", err)
	}
	if err := conn.WriteMessage(websocket.TextMessage, watch); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return &sleeper{conn: conn, own: conn.LocalAddr().String(), movedAt: time.Now()}, nil
}

func (s *sleeper) wake() { _ = s.conn.Close() }

// look notes whether the queues still grow, and whether the server has reset
// the connection; false when it has.
func (s *sleeper) look(now time.Time, queues map[[2]string]int64, server string) bool {
	if !s.droppedAt.IsZero() {
		return false
	}
	if s.reset() {
		s.droppedAt = now
		return false
	}
	if n := queues[[2]string{s.own, server}] + queues[[2]string{server, s.own}]; n > s.queued {
		s.queued, s.movedAt = n, now
	}
	return true
}

// reset asks the kernel, without reading, whether the connection has failed.
func (s *sleeper) reset() bool {
	tcp, ok := s.conn.NetConn().(*net.TCPConn)
	if !ok {
		return false
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return true
	}
	failed := 0
	if err := raw.Control(func(fd uintptr) {
		failed, _ = syscall.GetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_ERROR)
	}); err != nil {
		return true
	}
	return failed != 0
}

// tcpQueues is what waits in the kernel for each IPv4 connection, by its own
// and its peer's address: bytes not yet acknowledged, and bytes not yet read.
func tcpQueues() (map[[2]string]int64, error) {
	f, err := os.Open("/proc/net/tcp")
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return readQueues(f)
}

func readQueues(r io.Reader) (map[[2]string]int64, error) {
	queues := map[[2]string]int64{}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 5 || fields[0] == "sl" {
			continue
		}
		tx, rx, _ := strings.Cut(fields[4], ":")
		sent, errSent := strconv.ParseInt(tx, 16, 64)
		received, errReceived := strconv.ParseInt(rx, 16, 64)
		if errSent != nil || errReceived != nil {
			return nil, fmt.Errorf("/proc/net/tcp: %q", lines.Text())
		}
		queues[[2]string{hexAddress(fields[1]), hexAddress(fields[2])}] = sent + received
	}
	return queues, lines.Err()
}

// hexAddress reads "0100007F:0BB8", the address in the order of this machine's
// bytes, as "127.0.0.1:3000".
func hexAddress(s string) string {
	host, port, _ := strings.Cut(s, ":")
	raw, err := hex.DecodeString(host)
	n, failed := strconv.ParseUint(port, 16, 16)
	if err != nil || failed != nil || len(raw) != net.IPv4len {
		return ""
	}
	slices.Reverse(raw)
	return net.JoinHostPort(net.IP(raw).String(), strconv.FormatUint(n, 10))
}

//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/live"
	"prosumer/internal/web/socket"
)

// hotTopic is the one topic most measurements are about.
const hotTopic live.Topic = "idea:1"

// socketOrigin is what the crowd says it comes from.
const socketOrigin = "http://bench.example"

// far is the serving side of the fan-out measurements: the hub as the server
// wires it, without a database, in a process of its own, so that what it uses
// is the sockets' alone.
type far struct {
	hub   *live.Hub
	conns conns
}

// socketServer serves until its standard input ends, and does what each line of
// it orders. The first line it answers is its address.
func socketServer([]string) error {
	debug.SetGCPercent(400) // as the server does
	o := live.Defaults()
	o.PerAccount, o.PerAddress, o.Handshakes, o.MessageRate = 0, 0, 0, -1
	o.Snapshot = func(_ context.Context, _ live.Viewer, topics []live.Topic) (map[live.Topic]live.Snapshot, map[live.Topic]string) {
		frames := make(map[live.Topic]live.Snapshot, len(topics))
		for _, t := range topics {
			n, err := strconv.Atoi(strings.TrimPrefix(string(t), "idea:"))
			if err == nil {
				frames[t] = live.Snapshot{{Kind: "tallies", Body: tallyText(n, 0, time.Time{})}}
			}
		}
		return frames, nil
	}
	f := &far{hub: live.New(o)}
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, ReadBufferSize: 8 << 10, ReadTimeout: 15 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 75 * time.Second})
	socket.Prepare(app)
	app.Get("/live", socket.Handler(socket.Options{
		Hub: f.hub, Origin: socketOrigin,
		Viewer: func(c *fiber.Ctx) (live.Viewer, error) { return live.Viewer{Key: c.IP()}, nil },
	}))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	f.conns.Listener = ln
	served := make(chan error, 1)
	go func() { served <- app.Listener(&f.conns) }()
	out := json.NewEncoder(os.Stdout)
	if err := out.Encode(reply{Address: ln.Addr().String()}); err != nil {
		return err
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		var o order
		if err := json.Unmarshal(in.Bytes(), &o); err != nil {
			return fmt.Errorf("an order: %w", err)
		}
		if err := out.Encode(f.do(o)); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel() // nobody needs to be told
	return errors.Join(f.hub.Close(ctx, 0), app.ShutdownWithTimeout(time.Second), <-served)
}

// tallyText is an item as large as a real one; at says when it changed.
func tallyText(idea, revision int, at time.Time) json.RawMessage {
	stamp := int64(0)
	if !at.IsZero() {
		stamp = at.UnixNano()
	}
	return fmt.Appendf(nil, `{"idea":%d,"voters":%d,"staff":0,"scores":[0,0,0,0,0],"would_buy":0,"revision":%d,"at":%d}`, idea, revision, revision, stamp)
}

// conns remembers what it accepted, for writing past the hub.
type conns struct {
	net.Listener
	mu  sync.Mutex
	all []*net.TCPConn
}

// Accept hands on the very connection it remembers.
func (l *conns) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if tcp, ok := c.(*net.TCPConn); ok {
		l.mu.Lock()
		l.all = append(l.all, tcp)
		l.mu.Unlock()
	}
	return c, err
}

// files lists the descriptors of the connections that are open.
func (l *conns) files() (list []int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.all {
		if raw, err := c.SyscallConn(); err == nil {
			_ = raw.Control(func(fd uintptr) { list = append(list, int(fd)) })
		}
	}
	return list
}

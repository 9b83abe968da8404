package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	handshakeWithin = 20 * time.Second
	deafAfter       = 45 * time.Second // the server pings every 25 s
)

// liveTally is a tally as the socket sends it.
type liveTally struct {
	Idea     int64 `json:"idea"`
	Voters   int   `json:"voters"`
	WouldBuy int   `json:"would_buy"`
	Staff    int   `json:"staff"`
	Revision int64 `json:"revision"`
}

// hearing is when a watcher learnt a revision of an idea.
type hearing struct {
	revision int64
	at       time.Time
}

// watcher is one websocket that watches the herd's ideas and comes back by
// itself, with the manners the protocol asks for.
type watcher struct {
	herd    *herd
	from    net.IP
	records bool // keeps all it hears, not only that it does

	mu    sync.Mutex
	conn  net.Conn // nil while there is none
	heard map[int64][]hearing
	last  map[int64]liveTally
}

// run connects, listens and comes back until ctx ends.
func (w *watcher) run(ctx context.Context) {
	var back comeback
	for ctx.Err() == nil {
		var asked, spread time.Duration
		conn, answer, err := w.dial(ctx)
		if err != nil {
			asked = w.herd.refused(ctx, answer, err)
		} else {
			since := time.Now()
			again := false
			if spread, again = w.listen(ctx, conn); !again {
				return
			}
			back.lasted(time.Since(since))
		}
		if !rest(ctx, back.wait(asked, spread)) {
			return
		}
	}
}

// rest waits; false when ctx ended first.
func rest(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

func (w *watcher) dial(ctx context.Context) (*websocket.Conn, *http.Response, error) {
	own := net.Dialer{LocalAddr: &net.TCPAddr{IP: w.from}, Timeout: handshakeWithin}
	d := websocket.Dialer{
		NetDialContext: own.DialContext, HandshakeTimeout: handshakeWithin,
		ReadBufferSize: 512, WriteBufferSize: 512, WriteBufferPool: &w.herd.buffers,
	}
	head := http.Header{"Origin": {w.herd.origin}, "Host": {w.herd.host}}
	conn, answer, err := d.DialContext(ctx, "ws://"+w.herd.address+"/live", head)
	if err != nil {
		return nil, answer, err
	}
	w.herd.accepted()
	if err := conn.WriteMessage(websocket.TextMessage, w.herd.watch); err != nil {
		_ = conn.Close()
		return nil, nil, err
	}
	return conn, nil, nil
}

// listen reads until the connection is lost, and says whether the protocol
// lets this client come back, and over which time.
func (w *watcher) listen(ctx context.Context, conn *websocket.Conn) (spread time.Duration, again bool) {
	w.hold(conn.NetConn())
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	defer func() { _ = conn.Close() }()
	alive := func() { _ = conn.SetReadDeadline(time.Now().Add(deafAfter)) }
	alive()
	conn.SetPingHandler(func(data string) error {
		alive()
		_ = conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
		return nil
	})
	told := false
	for {
		_, frame, err := conn.NextReader()
		if err == nil {
			err = w.take(frame)
		}
		if err != nil {
			w.hold(nil)
			if told {
				w.herd.listening.Add(-1)
			}
			return w.herd.lost(ctx, err)
		}
		if !told {
			told = true
			w.herd.listening.Add(1)
			w.herd.welcomed.Add(1)
		}
	}
}

// take notes what a frame says.
func (w *watcher) take(frame io.Reader) error {
	w.herd.frames.Add(1)
	if !w.records {
		_, err := io.Copy(io.Discard, frame)
		return err
	}
	var said struct {
		Tallies []liveTally `json:"tallies"`
		Refused []any       `json:"refused"`
	}
	if err := json.NewDecoder(frame).Decode(&said); err != nil {
		return err
	}
	if len(said.Refused) > 0 {
		w.herd.denied.Add(1)
	}
	now := time.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, t := range said.Tallies {
		if before, known := w.last[t.Idea]; known && t.Revision < before.Revision {
			continue // older than what it has: a client drops it
		}
		w.last[t.Idea] = t
		w.heard[t.Idea] = append(w.heard[t.Idea], hearing{t.Revision, now})
	}
	return nil
}

func (w *watcher) hold(conn net.Conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.conn = conn
}

// cut ends the connection from this side as a crash does: with a reset.
func (w *watcher) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.conn == nil {
		return
	}
	if tcp, ok := w.conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = w.conn.Close()
}

// closedWith is the close code of a read's error, zero without one.
func closedWith(err error) (code int, reason string) {
	var closed *websocket.CloseError
	if errors.As(err, &closed) && closed.Code != websocket.CloseAbnormalClosure {
		return closed.Code, closed.Text
	}
	return 0, ""
}

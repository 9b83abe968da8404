package socket

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"prosumer/internal/live"

	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/websocket"
)

// The refusals of Upgrade.
var (
	ErrNotUpgrade = errors.New("not a websocket handshake")
	ErrBadVersion = errors.New("not websocket version 13")
	ErrBadKey     = errors.New("the websocket key is not 16 bytes in base64")

	errEarly = errors.New("the client spoke before it was answered")
)

// Prepare makes the app's server leave upgraded connections open.
func Prepare(app *fiber.App) { app.Server().KeepHijackedConns = true }

// handshakeHeaders are the ones gorilla reads.
var handshakeHeaders = []string{"Connection", "Upgrade", "Sec-Websocket-Version", "Sec-Websocket-Key"}

// NewUpgrader gives an upgrader with the least buffers: the hub reads and writes
// past it. It checks no Origin, since that is refused before the connection is
// taken over, and compresses nothing: a small frame could unpack past the read
// limit.
func NewUpgrader() *websocket.Upgrader {
	return &websocket.Upgrader{
		ReadBufferSize:  128,
		WriteBufferSize: 256,
		WriteBufferPool: &sync.Pool{},
		CheckOrigin:     func(*http.Request) bool { return true },
	}
}

// Check says what is wrong with a handshake, or nothing.
func Check(c *fiber.Ctx) error {
	r := handshake(c)
	if r.Method != fiber.MethodGet || !websocket.IsWebSocketUpgrade(r) {
		return ErrNotUpgrade
	}
	if !slices.Equal(r.Header["Sec-Websocket-Version"], []string{"13"}) {
		return ErrBadVersion
	}
	if key, err := base64.StdEncoding.DecodeString(r.Header.Get("Sec-Websocket-Key")); err != nil || len(key) != 16 {
		return ErrBadKey
	}
	return nil
}

// Upgrade answers a handshake that Check found good, after the handler has
// returned. One of open and fail is called, on another goroutine: open owns the
// websocket and should return soon; fail learns why there is none, a panic of
// open included. Neither is called when the client is gone by then.
func Upgrade(c *fiber.Ctx, u *websocket.Upgrader, open func(*websocket.Conn), fail func(error)) {
	r := handshake(c)
	ctx := c.Context()
	ctx.HijackSetNoResponse(true)
	ctx.Hijack(func(hijacked net.Conn) {
		var err error
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
			if err != nil {
				_ = hijacked.Close()
				fail(err)
			}
		}()
		if spokeEarly(hijacked) {
			err = errEarly
			return
		}
		conn := hijacked
		if inner, ok := hijacked.(interface{ UnsafeConn() net.Conn }); ok {
			conn = inner.UnsafeConn()
		}
		var ws *websocket.Conn
		if ws, err = u.Upgrade(&bridge{conn: live.NonBlocking(conn)}, r, nil); err == nil {
			open(ws)
		}
	})
}

// handshake copies what gorilla needs: fasthttp uses its memory again.
func handshake(c *fiber.Ctx) *http.Request {
	r := &http.Request{Method: strings.Clone(c.Method()), Header: http.Header{}}
	for _, name := range handshakeHeaders {
		for _, value := range c.Request().Header.PeekAll(name) {
			r.Header.Add(name, string(value))
		}
	}
	return r
}

// spokeEarly says whether the client sent frames before it was answered. They
// would be lost in fasthttp's buffer. With the deadline passed, a read gives
// what is buffered and nothing else.
func spokeEarly(conn net.Conn) bool {
	if err := conn.SetReadDeadline(time.Unix(1, 0)); err != nil {
		return true
	}
	n, _ := conn.Read(make([]byte, 1))
	return n > 0
}

// bridge is what gorilla wants of net/http: a connection to take over.
type bridge struct{ conn net.Conn }

// Header is not used: nothing is ever answered through it.
func (b *bridge) Header() http.Header { return http.Header{} }

// WriteHeader drops the status: Check has refused what gorilla would.
func (b *bridge) WriteHeader(int) {}

// Write drops the text, too.
func (b *bridge) Write(p []byte) (int, error) { return len(p), nil }

// Hijack gives the connection with buffers too small for gorilla to keep.
func (b *bridge) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return b.conn, bufio.NewReadWriter(bufio.NewReaderSize(b.conn, 16), bufio.NewWriterSize(b.conn, 16)), nil
}

package main

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"time"
)

// weather is what a proxy does to the traffic through it; the zero value
// forwards everything at once.
type weather struct {
	Latency      time.Duration // added in each direction
	Hold         bool          // nothing arrives, nothing is closed; it goes on when the weather clears
	LoseRequests bool          // what clients send is swallowed
	LoseAnswers  bool          // half open: what the far side sends is swallowed
	Refuse       bool          // new connections are reset
}

// proxy stands between two ends of a TCP connection and spoils it on demand.
type proxy struct {
	Address string

	network, target string
	listener        net.Listener
	mu              sync.Mutex
	now             weather
	conns           map[net.Conn]bool
	closed          bool
}

// proxyTo listens on a port of 127.0.0.1 and forwards to target, a TCP address
// or, for the network "unix", a socket file. It is closed at the end of the
// drill.
func (l *lab) proxyTo(network, target string) (*proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("proxy: %w", err)
	}
	p := &proxy{Address: listener.Addr().String(), network: network, target: target, listener: listener, conns: map[net.Conn]bool{}}
	go p.accept()
	l.after(p.close)
	return p, nil
}

// proxyToPostgres is one before the lab's PostgreSQL; use board.proxied.
func (l *lab) proxyToPostgres() (*proxy, error) {
	u, err := url.Parse(l.pg.dsn("postgres"))
	if err != nil {
		return nil, err
	}
	return l.proxyTo("unix", filepath.Join(u.Query().Get("host"), ".s.PGSQL."+u.Query().Get("port")))
}

// set changes the weather for all connections, old and new.
func (p *proxy) set(w weather) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = w
}

func (p *proxy) weather() (w weather, closed bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now, p.closed
}

// cut resets every connection.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.conns {
		reset(c)
	}
}

func (p *proxy) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	_ = p.listener.Close()
	p.cut()
}

// reset closes with RST where that can be.
func reset(c net.Conn) {
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetLinger(0)
	}
	_ = c.Close()
}

func (p *proxy) accept() {
	for {
		c, err := p.listener.Accept()
		if err != nil {
			return
		}
		go p.serve(c)
	}
}

func (p *proxy) serve(near net.Conn) {
	if w, closed := p.weather(); w.Refuse || closed {
		reset(near)
		return
	}
	far, err := net.Dial(p.network, p.target)
	if err != nil {
		reset(near)
		return
	}
	p.mu.Lock()
	p.conns[near], p.conns[far] = true, true
	p.mu.Unlock()
	var both sync.WaitGroup
	both.Go(func() { p.pump(far, near, func(w weather) bool { return w.LoseRequests }) })
	both.Go(func() { p.pump(near, far, func(w weather) bool { return w.LoseAnswers }) })
	both.Wait()
	p.mu.Lock()
	delete(p.conns, near)
	delete(p.conns, far)
	p.mu.Unlock()
}

// chunk is data on its way.
type chunk struct {
	data []byte
	due  time.Time
}

// pump moves data one way. When its source ends it closes both ends, so that
// what was still under way is lost, as it is when a machine dies.
func (p *proxy) pump(dst, src net.Conn, lost func(weather) bool) {
	defer func() { _, _ = dst.Close(), src.Close() }()
	way := make(chan chunk, 256)
	go func() {
		defer close(way)
		for {
			buf := make([]byte, 32<<10)
			n, err := src.Read(buf)
			if n > 0 {
				w, _ := p.weather()
				way <- chunk{buf[:n], time.Now().Add(w.Latency)}
			}
			if err != nil {
				return
			}
		}
	}()
	defer func() { // the reader must never wait for a writer that has gone
		_ = src.Close()
		for range way {
			continue
		}
	}()
	for c := range way {
		time.Sleep(time.Until(c.due))
		w, closed := p.weather()
		for w.Hold && !closed {
			time.Sleep(10 * time.Millisecond)
			w, closed = p.weather()
		}
		if lost(w) {
			continue
		}
		if _, err := dst.Write(c.data); err != nil {
			return
		}
	}
}

package bus_test

import (
	"bytes"
	"net"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/lib/pq"
)

type address struct{ network, name string }

// databaseAddress is where a DSN leads.
func databaseAddress(t *testing.T, dsn string) address {
	t.Helper()
	cfg, err := pq.NewConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(int(cfg.Port))
	if filepath.IsAbs(cfg.Host) {
		return address{"unix", filepath.Join(cfg.Host, ".s.PGSQL."+port)}
	}
	return address{"tcp", net.JoinHostPort(cfg.Host, port)}
}

// pipe leads to a server, and can be made to hang: it then takes connections
// and bytes, and gives nothing.
type pipe struct {
	met    chan struct{} // somebody connected
	to     address
	at     net.Listener
	mu     sync.Mutex
	flows  *sync.Cond
	frozen bool
	trap   string // freezes when it comes by
	sprung chan struct{}
	ended  bool
	ends   []net.Conn
	all    sync.WaitGroup
}

func newPipe(t *testing.T, to address) *pipe {
	t.Helper()
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &pipe{met: make(chan struct{}, 1000), sprung: make(chan struct{}), to: to, at: at}
	p.flows = sync.NewCond(&p.mu)
	p.all.Go(p.serve)
	t.Cleanup(p.close)
	return p
}

func (p *pipe) port() string { return strconv.Itoa(p.at.Addr().(*net.TCPAddr).Port) }

func (p *pipe) serve() {
	for {
		near, err := p.at.Accept()
		if err != nil {
			return
		}
		p.met <- struct{}{}
		far, err := net.Dial(p.to.network, p.to.name)
		if err != nil {
			_ = near.Close()
			continue
		}
		p.mu.Lock()
		p.ends = append(p.ends, near, far)
		p.mu.Unlock()
		p.all.Go(func() { p.flow(far, near) })
		p.all.Go(func() { p.flow(near, far) })
	}
}

func (p *pipe) flow(to, from net.Conn) {
	defer func() { _, _ = to.Close(), from.Close() }()
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer)
		p.mu.Lock()
		if p.trap != "" && bytes.Contains(buffer[:n], []byte(p.trap)) {
			p.trap, p.frozen = "", true
			close(p.sprung)
		}
		for p.frozen && !p.ended {
			p.flows.Wait()
		}
		p.mu.Unlock()
		if err != nil {
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (p *pipe) set(frozen, ended bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.frozen, p.ended = frozen, p.ended || ended
	p.flows.Broadcast()
}

// freezeAt makes the pipe hang as soon as some words are sent through it.
func (p *pipe) freezeAt(words string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.trap = words
}

func (p *pipe) freeze() { p.set(true, false) }
func (p *pipe) thaw()   { p.set(false, false) }

func (p *pipe) close() {
	_ = p.at.Close()
	p.set(false, true)
	p.mu.Lock()
	for _, c := range p.ends {
		_ = c.Close()
	}
	p.mu.Unlock()
	p.all.Wait()
}

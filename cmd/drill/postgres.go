package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/lib/pq"

	"prosumer/internal/pg"
	"prosumer/internal/pg/cluster"
)

// postgres is a durable PostgreSQL that can be stopped, killed and started
// again; its address stays the same.
type postgres struct {
	dir string
	out io.Writer

	mu      sync.Mutex
	handles []*cluster.Cluster // one for each start; the last runs
}

// startWithin is how long a killed one's children may stand in the way of the
// next.
const startWithin = 20 * time.Second

// start starts it, the first time or after it went, and returns when it answers.
func (p *postgres) start(ctx context.Context) error {
	begun := time.Now()
	c, err := cluster.Start(ctx, cluster.Options{Data: p.dir, Log: p.out})
	for err != nil && !errors.Is(err, cluster.ErrNotFound) && ctx.Err() == nil && time.Since(begun) < startWithin {
		pause(ctx, 100*time.Millisecond)
		c, err = cluster.Start(ctx, cluster.Options{Data: p.dir, Log: p.out})
	}
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.handles = append(p.handles, c)
	return nil
}

// first also has it note when each transaction was committed, so that a vote
// can be told to come before or after a closing.
func (p *postgres) first(ctx context.Context) error {
	if err := p.start(ctx); err != nil {
		return err
	}
	db, err := pg.Open(ctx, p.dsn("postgres"))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `ALTER SYSTEM SET track_commit_timestamp = on`)
	_ = db.Close()
	if err == nil {
		err = p.stop()
	}
	if err != nil {
		return fmt.Errorf("commit times: %w", err)
	}
	return p.start(ctx)
}

// stop stops it as an administrator does, with everybody connected.
func (p *postgres) stop() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var err error
	for _, c := range p.handles { // the last of them stops the postmaster
		err = errors.Join(err, c.Stop())
	}
	p.handles = nil
	return err
}

// kill kills the postmaster with SIGKILL; its children go by themselves.
func (p *postgres) kill() error {
	pid, err := p.pid()
	if err != nil {
		return err
	}
	return syscall.Kill(pid, syscall.SIGKILL)
}

// pid is the postmaster's number.
func (p *postgres) pid() (int, error) {
	raw, err := os.ReadFile(filepath.Join(p.dir, "data", "postmaster.pid"))
	if err != nil {
		return 0, fmt.Errorf("the postmaster's number: %w", err)
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 {
		return 0, fmt.Errorf("the postmaster's number: %q", first)
	}
	return pid, nil
}

// running is the cluster as it was last started.
func (p *postgres) running() *cluster.Cluster {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.handles[len(p.handles)-1]
}

// dsn is the address of a database over the cluster's own socket.
func (p *postgres) dsn(db string) string { return p.running().DSN(db) }

// drop removes a database, with whoever is still in it. One that cannot be
// removed now goes with the folder.
func (p *postgres) drop(name string) {
	p.mu.Lock()
	stopped := len(p.handles) == 0
	p.mu.Unlock()
	if stopped {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	db, err := pg.Open(ctx, p.dsn("postgres"))
	if err != nil {
		return
	}
	defer func() { _ = db.Close() }()
	_, _ = db.ExecContext(ctx, `DROP DATABASE IF EXISTS `+pq.QuoteIdentifier(name)+` WITH (FORCE)`)
}

// log is where it writes.
func (p *postgres) log() string { return filepath.Join(p.dir, "server.log") }

// mark is where its log ends now.
func (p *postgres) mark() int64 {
	info, err := os.Stat(p.log())
	if err != nil {
		return 0
	}
	return info.Size()
}

// said counts how often it wrote something since the mark.
func (p *postgres) said(mark int64, text string) int {
	raw, err := os.ReadFile(p.log())
	if err != nil || int64(len(raw)) < mark {
		return 0
	}
	return strings.Count(string(raw[mark:]), text)
}

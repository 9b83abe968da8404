package cluster

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/lib/pq"
)

const (
	recovery = 2 * time.Minute // a crashed cluster replays its log before it answers
	farewell = 30 * time.Second
	glance   = 20 * time.Millisecond
)

// await waits until the postmaster answers, or has ended.
func (c *Cluster) await(ctx context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, recovery)
	defer cancel()
	for {
		err := c.knock(bounded)
		if err == nil {
			return nil
		}
		if !c.alive() {
			return errors.New("it ended")
		}
		if sleep(bounded, glance) != nil {
			return err
		}
	}
}

// knock connects once. A dead postmaster's children may still hold the socket
// open without answering, hence the short limit.
func (c *Cluster) knock(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	connector, err := pq.NewConnector(dsn(c.socket, "postgres") + "&connect_timeout=1")
	if err != nil {
		return err
	}
	conn, err := connector.Connect(ctx)
	if err != nil {
		return err
	}
	return conn.Close()
}

// alive reports whether the postmaster we know still runs.
func (c *Cluster) alive() bool {
	if c.exited == nil {
		return isPostgres(c.pid)
	}
	select {
	case <-c.exited:
		return false
	default:
		return true
	}
}

// down stops the postmaster: politely, then firmly, then by force.
func (c *Cluster) down() error {
	for _, step := range []struct {
		signal syscall.Signal
		wait   time.Duration
	}{{syscall.SIGINT, farewell}, {syscall.SIGQUIT, 5 * time.Second}, {syscall.SIGKILL, 5 * time.Second}} {
		if !c.alive() {
			return nil
		}
		if err := syscall.Kill(c.pid, step.signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("stop PostgreSQL (process %d): %w", c.pid, err)
		}
		for end := time.Now().Add(step.wait); c.alive() && time.Now().Before(end); {
			c.glimpse()
		}
	}
	if c.alive() {
		return fmt.Errorf("PostgreSQL (process %d) does not stop", c.pid)
	}
	return nil
}

// glimpse waits a moment, or less if our child ends within it.
func (c *Cluster) glimpse() {
	select {
	case <-c.exited: // nil, and so never, for a postmaster that is not ours
	case <-time.After(glance):
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

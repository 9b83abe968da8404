package cluster

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// A dead postmaster's children leave within seconds; until then a new one is
// refused with these words.
const (
	linger     = 15 * time.Second
	lingerText = "pre-existing shared memory block"
)

// up makes the postmaster run: the one that does, or a new one. The caller
// holds the gate and c.mu.
func (c *Cluster) up(ctx context.Context) error {
	if p, ok := c.home.running(); ok {
		c.pid, c.exited = p.pid, nil
		if c.socket = p.socket; c.socket == "" { // it has only just begun
			c.socket = c.home.socket()
		}
		err := c.await(ctx)
		if err == nil {
			return nil
		}
		if isPostgres(p.pid) {
			return fmt.Errorf("PostgreSQL (process %d) runs on %s but does not answer: %w", p.pid, c.home.root, err)
		}
	}
	c.socket = c.home.socket()
	if err := makePrivate(c.socket, c.who); err != nil {
		return err
	}
	if c.home.major() == 0 {
		if err := c.initialise(ctx); err != nil {
			return err
		}
	}
	for deadline := time.Now().Add(linger); ; {
		err := c.launch(ctx)
		if err == nil || !errors.Is(err, errLinger) || time.Now().After(deadline) {
			return err
		}
		if err := sleep(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
}

// errLinger says that backends of a postmaster that died still hold its memory.
var errLinger = errors.New("processes of the one before have not ended yet")

// launch starts the postmaster as our child and waits until it answers. It is
// not tied to ctx: only Stop ends it.
func (c *Cluster) launch(ctx context.Context) error {
	c.home.clear()
	log, start, err := c.openLog()
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	cmd := c.who.as(exec.Command(c.bin.path("postgres"), c.args()...))
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	exited := make(chan struct{})
	go func() {
		_ = cmd.Wait() // the log says why
		close(exited)
	}()
	c.pid, c.exited = cmd.Process.Pid, exited
	err = c.await(ctx)
	if err == nil {
		return nil
	}
	if c.alive() { // too slow, or ctx ended: leave nothing behind
		_ = c.down()
	}
	written := c.logSince(start)
	if strings.Contains(written, lingerText) { // anywhere: backends that are dying write into the same log
		err = errLinger
	}
	return fmt.Errorf("start PostgreSQL %d (%s): %w\n%s", c.bin.Major, c.bin.Dir, err, lastLines(written))
}

func (c *Cluster) args() []string {
	args := []string{"-D", c.home.data()}
	set := func(s string) { args = append(args, "-c", s) }
	set("listen_addresses=")
	set("port=5432")
	set("unix_socket_directories=" + c.socket)
	set("unix_socket_permissions=0700")
	set("max_connections=200")
	set("shared_buffers=128MB")
	set("timezone=UTC")
	set("log_timezone=UTC")
	set("jit=off") // costs more than it gives in short queries
	if c.fast {
		set("fsync=off")
		set("synchronous_commit=off")
		set("full_page_writes=off")
	}
	return args
}

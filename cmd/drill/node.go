package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// serveOptions say how a server is started; only DSN is needed.
type serveOptions struct {
	DSN     string
	Address string   // a free port of 127.0.0.1 when empty
	Data    string   // DATA_DIR; a new folder when empty
	Env     []string // further settings, which win
	Log     string   // where its output goes; in Data when empty
	NoWait  bool     // return at once rather than when it is ready
}

// node is one running server.
type node struct {
	Address string
	Data    string
	DSN     string

	log    string
	cmd    *exec.Cmd
	exited chan struct{}

	mu   sync.Mutex
	code int
}

// serve starts a server and waits until it is ready. It is killed at the end of
// the drill if it still runs.
func (l *lab) serve(ctx context.Context, o serveOptions) (*node, error) {
	var err error
	if o.Address == "" {
		if o.Address, err = freeAddress(); err != nil {
			return nil, err
		}
	}
	if o.Data == "" {
		if o.Data, err = l.folder("data"); err != nil {
			return nil, err
		}
	}
	if o.Log == "" {
		o.Log = filepath.Join(o.Data, "server.log")
	}
	n := &node{Address: o.Address, Data: o.Data, DSN: o.DSN, log: o.Log, exited: make(chan struct{}), code: -1}
	out, err := os.OpenFile(n.log, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	defer func() { _ = out.Close() }()
	n.cmd = exec.Command(l.server, "serve")
	n.cmd.Env = append(append(clean(os.Environ()), "DATABASE_URL="+o.DSN, "ADDR="+o.Address, "BASE_URL=http://"+o.Address,
		"DATA_DIR="+o.Data, "LIMITS=off", "LOG_LEVEL=warn", "LOG_FORMAT=text"), o.Env...)
	n.cmd.Stdout, n.cmd.Stderr = out, out
	if err := n.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", l.server, err)
	}
	go func() {
		_ = n.cmd.Wait()
		n.mu.Lock()
		n.code = n.cmd.ProcessState.ExitCode()
		n.mu.Unlock()
		close(n.exited)
	}()
	l.mu.Lock()
	l.nodes = append(l.nodes, n)
	l.mu.Unlock()
	if o.NoWait {
		return n, nil
	}
	return n, n.ready(ctx, time.Minute)
}

// clean drops the settings of whoever runs the drill.
func clean(env []string) []string {
	var kept []string
	for _, v := range env {
		switch name, _, _ := strings.Cut(v, "="); name {
		case "DATABASE_URL", "ADDR", "PORT", "BASE_URL", "DATA_DIR", "SMTP_URL", "NATS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "TRUSTED_PROXIES":
		default:
			kept = append(kept, v)
		}
	}
	return kept
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a port: %w", err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String(), nil
}

// probe is a client for /readyz that reuses nothing.
var probe = &http.Client{Timeout: 3 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}

// status asks for a path once; 0 when there was no answer.
func (n *node) status(path string) int {
	answer, err := probe.Get("http://" + n.Address + path)
	if err != nil {
		return 0
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// becomes waits until /readyz answers with the status, and says how long that
// took.
func (n *node) becomes(ctx context.Context, status int, within time.Duration) (time.Duration, error) {
	begun := time.Now()
	for {
		if n.status("/readyz") == status {
			return time.Since(begun), nil
		}
		if time.Since(begun) > within {
			return time.Since(begun), fmt.Errorf("/readyz did not become %d within %s", status, within)
		}
		select {
		case <-ctx.Done():
			return time.Since(begun), ctx.Err()
		case <-n.exited:
			return time.Since(begun), errors.New("the server ended")
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// ready waits until the server can serve.
func (n *node) ready(ctx context.Context, within time.Duration) error {
	_, err := n.becomes(ctx, http.StatusOK, within)
	return err
}

// alive reports whether the process still runs.
func (n *node) alive() bool {
	select {
	case <-n.exited:
		return false
	default:
		return true
	}
}

// kill ends the server with SIGKILL and waits until it is gone.
func (n *node) kill() {
	_ = n.cmd.Process.Kill()
	<-n.exited
}

// term asks it to stop and gives its exit code and how long it took.
func (n *node) term(within time.Duration) (code int, took time.Duration, err error) {
	begun := time.Now()
	if err := n.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return -1, 0, err
	}
	select {
	case <-n.exited:
		n.mu.Lock()
		defer n.mu.Unlock()
		return n.code, time.Since(begun), nil
	case <-time.After(within):
		return -1, time.Since(begun), fmt.Errorf("it did not stop within %s", within)
	}
}

// pid is the number of the process.
func (n *node) pid() int { return n.cmd.Process.Pid }

// logged is everything it wrote.
func (n *node) logged() string {
	raw, _ := os.ReadFile(n.log)
	return string(raw)
}

// tail is the last lines it wrote.
func (n *node) tail(lines int) string {
	all := strings.Split(strings.TrimSpace(n.logged()), "\n")
	return fmt.Sprintf("--- the last of %s ---\n%s", n.log, strings.Join(all[max(0, len(all)-lines):], "\n"))
}

// run runs another command of the program on a database and gives what it said.
func (l *lab) run(ctx context.Context, dsn string, args ...string) (string, error) {
	dir, err := l.folder("command")
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, l.server, args...)
	cmd.Env = append(clean(os.Environ()), "DATABASE_URL="+dsn, "DATA_DIR="+dir)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

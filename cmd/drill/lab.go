package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// lab is where drills run: a folder, a durable PostgreSQL, and the servers that
// the drill in hand has started.
type lab struct {
	dir    string
	server string // the program
	short  bool
	out    io.Writer
	pg     *postgres

	mu       sync.Mutex
	drill    string
	made     int // names databases and folders
	nodes    []*node
	cleanups []func()
}

// newLab makes the folder and starts PostgreSQL.
func newLab(ctx context.Context, server string, short bool, out io.Writer) (*lab, error) {
	program, err := filepath.Abs(server)
	if err == nil {
		_, err = os.Stat(program)
	}
	if err != nil {
		return nil, fmt.Errorf("the built server: %w (make build first)", err)
	}
	dir, err := os.MkdirTemp("/var/tmp", "prosumer-drill-")
	if err != nil {
		return nil, fmt.Errorf("a folder to work in: %w", err)
	}
	l := &lab{dir: dir, server: program, short: short, out: out, drill: "lab", pg: &postgres{dir: filepath.Join(dir, "pg"), out: out}}
	err = os.Chmod(dir, 0o755) // PostgreSQL runs as another user when we are root
	if err == nil {
		err = l.pg.first(ctx)
	}
	if err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

// close ends what runs and removes the folder.
func (l *lab) close() {
	l.end()
	if err := l.pg.stop(); err != nil {
		_, _ = fmt.Fprintln(l.out, err)
	}
	_ = os.RemoveAll(l.dir)
}

// lasts is how long something goes on, in the full and in the short form.
func (l *lab) lasts(full, short time.Duration) time.Duration {
	if l.short {
		return short
	}
	return full
}

// times is how often something is done, in the full and in the short form.
func (l *lab) times(full, short int) int {
	if l.short {
		return short
	}
	return full
}

func (l *lab) begin(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drill = strings.ToLower(id)
}

// after has do called when the drill is over, the last first.
func (l *lab) after(do func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cleanups = append(l.cleanups, do)
}

// end kills the servers that still run and undoes the rest. It gives the last
// lines of their logs.
func (l *lab) end() []string {
	tails := l.killNodes()
	l.mu.Lock()
	cleanups := l.cleanups
	l.cleanups = nil
	l.mu.Unlock()
	for _, do := range slices.Backward(cleanups) {
		do()
	}
	return tails
}

// killNodes kills the servers that still run.
func (l *lab) killNodes() (tails []string) {
	l.mu.Lock()
	nodes := l.nodes
	l.nodes = nil
	l.mu.Unlock()
	for _, n := range nodes {
		n.kill()
		tails = append(tails, n.tail(5))
	}
	return tails
}

// folder makes a new folder for the drill.
func (l *lab) folder(kind string) (string, error) {
	l.mu.Lock()
	l.made++
	dir := filepath.Join(l.dir, fmt.Sprintf("%s-%s-%d", l.drill, kind, l.made))
	l.mu.Unlock()
	return dir, os.MkdirAll(dir, 0o755)
}

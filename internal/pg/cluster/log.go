package cluster

import (
	"fmt"
	"io"
	"os"
	"strings"
)

const logLimit = 10 << 20

// openLog opens PostgreSQL's own log and says where this run begins in it. One
// that has grown large makes room for the next, keeping a single old one.
func (c *Cluster) openLog() (*os.File, int64, error) {
	path := c.home.log()
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		_ = os.Rename(path, path+".old")
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, 0, fmt.Errorf("PostgreSQL's log: %w", err)
	}
	if err := c.who.own(path); err != nil {
		_ = f.Close()
		return nil, 0, fmt.Errorf("PostgreSQL's log: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, 0, fmt.Errorf("PostgreSQL's log: %w", err)
	}
	return f, info.Size(), nil
}

// logSince is what PostgreSQL wrote since start, the first megabyte of it.
func (c *Cluster) logSince(start int64) string {
	f, err := os.Open(c.home.log())
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }()
	raw, _ := io.ReadAll(io.NewSectionReader(f, start, 1<<20))
	return string(raw)
}

// lastLines are what a person needs of it.
func lastLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-8):], "\n")
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// command runs one of the server's commands on a database, shows its progress,
// and gives what it printed.
func (l *lab) command(ctx context.Context, dsn string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, l.server, args...)
	cmd.Env = append(os.Environ(), "DATABASE_URL="+dsn, "DATA_DIR="+filepath.Join(l.dir, "command"), "LOG_LEVEL=warn")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.MultiWriter(&out, os.Stdout), os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 30 * time.Second
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("server %s: %w", args[0], err)
	}
	return out.String(), nil
}

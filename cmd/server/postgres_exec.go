package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"prosumer/internal/pg/cluster"
)

// killAfter is how long a command may take to end once it was asked to.
const killAfter = 20 * time.Second

// Run runs the command against a cluster that is gone afterwards.
func (c *execCmd) Run(a *app) error {
	words := c.Command
	if len(words) > 0 && words[0] == "--" {
		words = words[1:]
	}
	if len(words) == 0 {
		return errors.New("postgres exec: name a command after --")
	}
	return cluster.Throwaway(a.ctx, func(dsn string) error {
		cmd := exec.CommandContext(a.ctx, words[0], words[1:]...)
		cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
		cmd.WaitDelay = killAfter
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, a.out, os.Stderr
		cmd.Env = append(os.Environ(), "TEST_DATABASE_URL="+dsn)
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w", words[0], err)
		}
		return nil
	})
}

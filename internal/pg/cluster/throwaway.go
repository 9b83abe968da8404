package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Throwaway runs do with the address of a fresh cluster that keeps nothing
// safe, and removes the cluster afterwards. It waits for do, which should heed
// ctx itself. If this process is killed, the cluster still goes: a guard in a
// process of its own sees to that.
func Throwaway(ctx context.Context, do func(dsn string) error) (err error) {
	who, err := unprivileged()
	if err != nil {
		return err
	}
	dir, err := makeTemporary(who)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	c, err := Start(ctx, Options{Data: dir, Fast: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Stop()) }()
	dismiss, err := c.guard()
	if err != nil {
		return err
	}
	defer dismiss()
	return do(c.DSN("postgres"))
}

// makeTemporary makes a folder that who can reach; a private TMPDIR of root's
// is not one.
func makeTemporary(who identity) (string, error) {
	for _, base := range []string{os.TempDir(), "/tmp", "/var/tmp"} {
		dir, err := os.MkdirTemp(base, "prosumer-pg-")
		if err != nil {
			continue
		}
		if who.own(dir) == nil && reaches(who, dir) {
			return dir, nil
		}
		_ = os.Remove(dir)
	}
	return "", errors.New("no folder for temporary files that PostgreSQL could use: set TMPDIR")
}

// guardScript waits for the end of its input, which is the end of our process.
const guardScript = `
read -r _
pid=$(head -n 1 "$1/data/postmaster.pid")
kill -QUIT "$pid"
while kill -0 "$pid"; do sleep 0.1; done
rm -rf "$1"`

// guard removes the cluster when our process ends without dismissing it.
func (c *Cluster) guard() (dismiss func(), err error) {
	cmd := c.who.as(exec.Command("/bin/sh", "-c", guardScript, "sh", filepath.Clean(c.home.root)))
	lifeline, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("guard the cluster: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("guard the cluster: %w", err)
	}
	return func() {
		_ = cmd.Process.Kill() // before the lifeline ends
		_ = lifeline.Close()
		_ = cmd.Wait()
	}, nil
}

package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// ErrInUse says that another server has locked the folder.
var ErrInUse = errors.New("another server is using this data folder")

const (
	shared    = syscall.LOCK_SH
	exclusive = syscall.LOCK_EX
)

// Lock claims a data folder for one server. It does not wait: a folder in use
// is refused with ErrInUse and a sentence that names the folder and the other
// process. The claim ends with release, or with the process however it ends.
func Lock(dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	f, err := openLock(filepath.Join(dir, "serve.lock"))
	if err != nil {
		return nil, err
	}
	if !tryLock(f, exclusive) {
		defer func() { _ = f.Close() }()
		holder, _ := io.ReadAll(io.LimitReader(f, 20))
		return nil, fmt.Errorf("%w: %s (process %s). Stop that server first, or give this one another DATA_DIR",
			ErrInUse, dir, strings.TrimSpace(string(holder)))
	}
	// The number only serves the sentence above; the lock itself is the kernel's.
	_ = f.Truncate(0)
	_, _ = fmt.Fprintln(f, os.Getpid())
	return func() { release(f) }, nil
}

func openLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock file: %w", err)
	}
	return f, nil
}

func tryLock(f *os.File, how int) bool {
	for {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			return err == nil
		}
	}
}

// waitLock tries again and again rather than block, so that ctx can end it.
func waitLock(ctx context.Context, f *os.File, how int) error {
	for !tryLock(f, how) {
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w", f.Name(), ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

// release unlocks before it closes: a child being forked at this moment holds a
// copy of the descriptor, and with it the lock, until it execs.
func release(f *os.File) {
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN)
	_ = f.Close()
}

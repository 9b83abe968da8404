package cluster_test

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/lib/pq"

	"prosumer/internal/pg/cluster"
)

// newFolder is a folder that PostgreSQL's user can reach, unlike t.TempDir.
func newFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "cluster-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "pg")
}

func start(t *testing.T, dir string) *cluster.Cluster {
	t.Helper()
	c, err := cluster.Start(t.Context(), cluster.Options{Data: dir, Fast: true})
	if errors.Is(err, cluster.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Stop(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func ask(ctx context.Context, c *cluster.Cluster, query string) (answer string, err error) {
	db, err := sql.Open("postgres", c.DSN("postgres"))
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	return answer, db.QueryRowContext(ctx, query).Scan(&answer)
}

// expect asks a statement that gives one text.
func expect(t *testing.T, c *cluster.Cluster, query, want string) {
	t.Helper()
	got, err := ask(t.Context(), c, query)
	if err != nil || got != want {
		t.Errorf("%s: %q (%v), want %q", query, got, err, want)
	}
}

func postmaster(t *testing.T, dir string) int {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// wait polls until true, for as long as the test may run.
func wait(t *testing.T, what string, until func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !until(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("in vain: " + what)
		}
	}
}

const settled = `SELECT concat_ws(' ', current_setting('TimeZone'), current_setting('server_encoding'),
	upper('é'), current_setting('listen_addresses'))`

func TestTheClusterIsPrivateAndKeepsItsData(t *testing.T) {
	t.Parallel()
	dir := newFolder(t)
	c := start(t, dir)
	expect(t, c, settled, "UTC UTF8 É ")
	for _, private := range []string{dir, filepath.Join(dir, "data"), filepath.Join(dir, "socket")} {
		if info, err := os.Lstat(private); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v (%v), want it closed to others", private, info.Mode(), err)
		}
	}
	for range 2 {
		if err := c.EnsureDatabase(t.Context(), `odd "name"`); err != nil {
			t.Error(err)
		}
	}
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := c.Stop(); err != nil {
		t.Errorf("stopping twice: %v", err)
	}
	if _, err := ask(t.Context(), c, "SELECT 'still here'"); err == nil {
		t.Error("it answers after Stop")
	}
	again := start(t, dir)
	expect(t, again, `SELECT datname FROM pg_database WHERE datname LIKE 'odd%'`, `odd "name"`)
}

func TestTheLastUserStopsIt(t *testing.T) {
	t.Parallel()
	dir := newFolder(t)
	server := start(t, dir)
	command, release, err := cluster.Join(t.Context(), cluster.Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	if command.DSN("x") != server.DSN("x") {
		t.Error("the command did not join the server's cluster")
	}
	if err := server.Stop(); err != nil {
		t.Error(err)
	}
	expect(t, command, "SELECT 'still here'", "still here")
	release()
	if _, err := ask(t.Context(), command, "SELECT 1"); err == nil {
		t.Error("it runs without users")
	}
}

func TestItStartsAtOnceAfterThePostmasterWasKilled(t *testing.T) {
	t.Parallel()
	dir := newFolder(t)
	crashed := start(t, dir)
	if err := crashed.EnsureDatabase(t.Context(), "kept"); err != nil {
		t.Fatal(err)
	}
	kill(t, dir)
	expect(t, start(t, dir), "SELECT datname FROM pg_database WHERE datname = 'kept'", "kept")
}

func kill(t *testing.T, dir string) {
	t.Helper()
	if err := syscall.Kill(postmaster(t, dir), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

func TestSuperviseBringsItBack(t *testing.T) {
	t.Parallel()
	dir := newFolder(t)
	owner := start(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); owner.Supervise(ctx) }()
	for range 2 {
		before := postmaster(t, dir)
		kill(t, dir)
		wait(t, "it comes back", func() bool {
			_, err := ask(ctx, owner, "SELECT 'x'")
			return err == nil && postmaster(t, dir) != before
		})
	}
	cancel()
	<-ended
}

func TestSuperviseBringsBackOneThatItDidNotStart(t *testing.T) {
	t.Parallel()
	dir := newFolder(t)
	start(t, dir)
	joined := start(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); joined.Supervise(ctx) }()
	before := postmaster(t, dir)
	kill(t, dir)
	wait(t, "it comes back", func() bool {
		_, err := ask(ctx, joined, "SELECT 'x'")
		return err == nil && postmaster(t, dir) != before
	})
	cancel()
	<-ended
}

func TestANumberOfAStrangerIsNotAPostmaster(t *testing.T) {
	t.Parallel()
	dir := newFolder(t)
	c := start(t, dir)
	file := filepath.Join(dir, "data", "postmaster.pid")
	left, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(left), "\n")
	if err := os.WriteFile(file, []byte(strconv.Itoa(os.Getpid())+"\n"+rest), 0o644); err != nil {
		t.Fatal(err)
	}
	expect(t, start(t, dir), "SELECT 'up'", "up")
}

func TestLockRefusesASecondServer(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	unlock, err := cluster.Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		_, err = cluster.Lock(dir)
		if !errors.Is(err, cluster.ErrInUse) || !strings.Contains(err.Error(), dir) ||
			!strings.Contains(err.Error(), strconv.Itoa(os.Getpid())) {
			t.Errorf("got %v, want a sentence naming the folder and the process", err)
		}
	}
	unlock()
	unlock, err = cluster.Lock(dir)
	if err != nil {
		t.Errorf("after the first has gone: %v", err)
	} else {
		unlock()
	}
}

func TestDataOfAnotherMajorIsRefused(t *testing.T) {
	t.Parallel()
	dir := newFolder(t)
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte("99\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := cluster.Start(t.Context(), cluster.Options{Data: dir, Log: io.Discard})
	if !errors.Is(err, cluster.ErrNotFound) || !strings.Contains(err.Error(), "PostgreSQL 99") {
		t.Errorf("got %v, want it to name the version", err)
	}
}

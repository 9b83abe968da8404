package cluster_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"prosumer/internal/pg/cluster"
)

// childVar makes this test binary the process whose end is tested.
const childVar = "CLUSTER_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVar) == "" {
		os.Exit(m.Run())
	}
	err := cluster.Throwaway(context.Background(), func(dsn string) error {
		fmt.Println(rootOf(dsn))
		select {}
	})
	fmt.Println(err)
}

// rootOf is the cluster's folder, read from its address.
func rootOf(dsn string) string {
	u, err := url.Parse(dsn)
	if err != nil {
		return ""
	}
	return filepath.Dir(u.Query().Get("host"))
}

func gone(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, os.ErrNotExist)
}

func TestThrowawayLeavesNothing(t *testing.T) {
	t.Parallel()
	refusal := errors.New("refused")
	var root string
	err := cluster.Throwaway(t.Context(), func(dsn string) error {
		root = rootOf(dsn)
		return refusal
	})
	if errors.Is(err, cluster.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if !errors.Is(err, refusal) {
		t.Errorf("got %v, want the error of the function", err)
	}
	if root == "" || !gone(root) {
		t.Errorf("%q is still there", root)
	}
}

func TestThrowawayLeavesNothingWhenKilled(t *testing.T) {
	t.Parallel()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childVar+"=yes")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	root := strings.TrimSpace(line)
	_ = child.Process.Kill()
	_ = child.Wait()
	if strings.Contains(root, cluster.ErrNotFound.Error()) && os.Getenv("CI") != "true" {
		t.Skip(root)
	}
	if !filepath.IsAbs(root) {
		t.Fatal(root)
	}
	wait(t, "the guard removes "+root, func() bool { return gone(root) })
}

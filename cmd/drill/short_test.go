package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"prosumer/internal/pg/cluster"
)

// program is the built server, or the reason that there is none.
func program(t *testing.T) string {
	t.Helper()
	path := os.Getenv("SERVER_BIN")
	if path == "" {
		path = filepath.Join("..", "..", "bin", "server")
	}
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no built server to drill: %v (make build makes it)", err)
	}
	return path
}

// What a slow machine may miss is left to make drill; what is lost, doubled or
// wrong is an error here.
func TestVotesAndCrashesLoseNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("the drills take half a minute")
	}
	l, err := newLab(t.Context(), program(t), true, t.Output())
	if errors.Is(err, cluster.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.close)
	chosen, err := choose(drills(), "V1,V2,V4,M1,C1,C2")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range chosen {
		t.Run(d.ID, func(t *testing.T) {
			r := l.perform(t.Context(), d)
			if r.Impossible != "" {
				t.Skip(r.Impossible)
			}
			if len(r.Figures) == 0 {
				t.Error(strings.Join(append(r.Notes, r.Tails...), "\n"))
			}
			for _, f := range r.Figures {
				if !f.Met && !f.timed {
					t.Errorf("%s: %s, want %s\n%s", f.Name, f.Value, f.Goal, strings.Join(append(r.Notes, r.Tails...), "\n"))
				}
			}
		})
	}
}

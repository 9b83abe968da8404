package cluster

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFolderThatIsNotOursIsRefused(t *testing.T) {
	base := t.TempDir()
	who := identity{uid: os.Geteuid(), gid: os.Getegid()}
	target, link, file := filepath.Join(base, "target"), filepath.Join(base, "link"), filepath.Join(base, "file")
	if err := os.Mkdir(target, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{link, file} {
		if makePrivate(path, who) == nil {
			t.Errorf("%s is taken", filepath.Base(path))
		}
	}
	if err := makePrivate(target, who); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(target); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v (%v), want it closed to others", info.Mode(), err)
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder away, to see it refused")
	}
	if err := os.Chown(target, 12345, 12345); err != nil {
		t.Fatal(err)
	}
	if err := makePrivate(target, who); err == nil || !strings.Contains(err.Error(), "12345") {
		t.Errorf("got %v, want a refusal that names the owner", err)
	}
}

func TestRootsDataMovesWherePostgresCanReach(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root runs PostgreSQL as another user")
	}
	who, err := unprivileged()
	if err != nil {
		t.Skip(err)
	}
	asked := filepath.Join(t.TempDir(), "pg") // below a folder of root's with mode 0700
	var told bytes.Buffer
	home, err := settle(asked, who, &told)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home.root) })
	if !strings.HasPrefix(home.root, elsewhere) || !strings.Contains(told.String(), home.root) {
		t.Errorf("settled in %s and said %q", home.root, told.String())
	}
	again, err := settle(asked, who, &told)
	if err != nil || again != home {
		t.Errorf("the second time in %v (%v)", again, err)
	}
}

func TestALongNameGetsAShortSocket(t *testing.T) {
	for _, root := range []string{"/data/pg", "/" + strings.Repeat("long/", 40)} {
		if path := socketFile(folder{root}.socket()); len(path) > socketPathLimit {
			t.Errorf("%s has %d bytes", path, len(path))
		}
	}
}

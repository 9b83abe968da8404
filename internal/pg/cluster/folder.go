package cluster

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// elsewhere begins the name of the folder that root's cluster moves to when the
// one asked for cannot be reached by the user PostgreSQL runs as.
const elsewhere = "/var/lib/prosumer-pg-"

// socketPathLimit is what sockaddr_un holds on macOS, the shortest.
const socketPathLimit = 103

// folder is where a cluster lives.
type folder struct{ root string }

func (f folder) data() string { return filepath.Join(f.root, "data") }
func (f folder) log() string  { return filepath.Join(f.root, "server.log") }

// major is the version that made the data, 0 when there is none yet.
func (f folder) major() int {
	raw, err := os.ReadFile(filepath.Join(f.data(), "PG_VERSION"))
	if err != nil {
		return 0
	}
	major, _ := strconv.Atoi(strings.TrimSpace(string(raw)))
	return major
}

// gate lets one process at a time start or stop the postmaster.
func (f folder) gate(ctx context.Context) (unlock func(), err error) {
	file, err := openLock(filepath.Join(f.root, "start.lock"))
	if err != nil {
		return nil, err
	}
	if err := waitLock(ctx, file, exclusive); err != nil {
		_ = file.Close()
		return nil, err
	}
	return func() { release(file) }, nil
}

// settle makes the folder, owned by and open to nobody but who. Where who may
// not go, such as below /root, it settles in /var/lib and says so.
func settle(dir string, who identity, log io.Writer) (folder, error) {
	if dir == "" {
		return folder{}, errors.New("no data folder given")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return folder{}, fmt.Errorf("data folder: %w", err)
	}
	here, there := folder{dir}, folder{fmt.Sprintf("%s%x", elsewhere, shortHash(dir))}
	if who.cred != nil && there.major() != 0 && here.major() == 0 {
		return there, nil // it moved on an earlier day; told then
	}
	if err := makePrivate(here.root, who); err != nil {
		return folder{}, err
	}
	if who.cred == nil || reaches(who, here.root) {
		root, err := filepath.EvalSymlinks(here.root) // one cluster, one name
		return folder{root}, err
	}
	if here.major() != 0 {
		return folder{}, fmt.Errorf("the user %s, as whom PostgreSQL runs, can no longer reach the data in %s. "+
			"Open the folders above it (chmod a+x)", who.name, here.root)
	}
	_ = os.Remove(here.root) // only if empty
	if err := makePrivate(there.root, who); err != nil {
		return folder{}, err
	}
	_, _ = fmt.Fprintf(log, "PostgreSQL runs as %s, who cannot reach %s; its data is in %s instead.\n", who.name, dir, there.root)
	return there, nil
}

// makePrivate makes dir with mode 0700 for who. One that exists must be a true
// folder of who's, of root's, or of ours: anybody may make folders in /tmp.
func makePrivate(dir string, who identity) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("data folder: %w", err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", dir)
	}
	owner := int(info.Sys().(*syscall.Stat_t).Uid) // always so on unix
	if owner != who.uid && owner != os.Geteuid() {
		return fmt.Errorf("%s belongs to somebody else (user %d); remove it or choose another folder", dir, owner)
	}
	if err := who.own(dir); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if info.Mode().Perm() != 0o700 {
		return os.Chmod(dir, 0o700)
	}
	return nil
}

// reaches asks the only one who knows: a process of that user.
func reaches(who identity, dir string) bool {
	return who.as(exec.Command("/bin/sh", "-c", `test -w "$1"`, "sh", dir)).Run() == nil
}

// socket is the private folder for the socket: inside the root, where every
// process finds it, or in /tmp when that name is too long.
func (f folder) socket() string {
	dir := filepath.Join(f.root, "socket")
	if len(socketFile(dir)) > socketPathLimit {
		return fmt.Sprintf("/tmp/prosumer-pg-%x", shortHash(f.root))
	}
	return dir
}

func socketFile(dir string) string { return filepath.Join(dir, ".s.PGSQL.5432") }

func shortHash(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:5]
}

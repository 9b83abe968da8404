package cluster

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// identity is who PostgreSQL runs as. It refuses to run as root.
type identity struct {
	name string              // empty for ourselves
	uid  int                 // owner of the data and the socket
	gid  int                 // its group
	cred *syscall.Credential // nil for ourselves
}

// unprivileged is ourselves, or for root the user postgres, or else nobody.
func unprivileged() (identity, error) {
	if os.Geteuid() != 0 {
		return identity{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.Atoi(u.Uid)
		gid, gidErr := strconv.Atoi(u.Gid)
		if uidErr != nil || gidErr != nil || uid <= 0 {
			continue
		}
		return identity{name, uid, gid, &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return identity{}, errors.New("PostgreSQL does not run as root, and this system has no user postgres or nobody. " +
		"Start the server as an ordinary user, or set DATABASE_URL")
}

// as prepares a program to run under this identity, in a process group of its
// own (a Ctrl-C in the terminal is for the server, which then stops PostgreSQL)
// and without settings that were meant for somebody else's PostgreSQL.
func (who identity) as(cmd *exec.Cmd) *exec.Cmd {
	cmd.Dir = "/"
	cmd.Env = []string{"LC_ALL=" + locale(), "TZ=UTC"}
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		if strings.HasPrefix(name, "PG") || strings.HasPrefix(name, "LC_") || name == "LANG" || name == "TZ" {
			continue
		}
		cmd.Env = append(cmd.Env, v)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: who.cred, Setpgid: true}
	return cmd
}

// own gives a file to this identity when we are root.
func (who identity) own(path string) error {
	if who.cred == nil {
		return nil
	}
	return os.Lchown(path, who.uid, who.gid)
}

// locale sorts by code point and knows the letters of all languages. macOS got
// C.UTF-8 only lately.
func locale() string {
	if runtime.GOOS == "darwin" {
		return "en_US.UTF-8"
	}
	return "C.UTF-8"
}

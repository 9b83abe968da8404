package cluster

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// postmaster is what PostgreSQL writes about itself in postmaster.pid.
type postmaster struct {
	pid    int
	socket string // its folder; empty while it starts
}

// running reads who runs on the data folder. A file left by a crash, or whose
// number now belongs to another program, counts as nobody.
func (f folder) running() (postmaster, bool) {
	raw, err := os.ReadFile(filepath.Join(f.data(), "postmaster.pid"))
	if err != nil {
		return postmaster{}, false
	}
	lines := strings.Split(string(raw), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || !isPostgres(pid) {
		return postmaster{}, false
	}
	p := postmaster{pid: pid}
	if len(lines) >= 5 {
		p.socket = strings.TrimSpace(lines[4])
	}
	return p, true
}

// isPostgres reports whether pid lives and is PostgreSQL. Numbers come round,
// in containers very soon, and a zombie still has one.
func isPostgres(pid int) bool {
	if pid <= 1 || errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return false
	}
	if stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat"); err == nil {
		name, rest, _ := strings.Cut(string(stat), ") ")
		return strings.Contains(name, "(postgres") && !strings.HasPrefix(rest, "Z")
	}
	if _, err := os.Stat("/proc/self/stat"); err == nil {
		return false // this system has /proc, and pid is gone from it
	}
	out, err := exec.Command("ps", "-o", "stat=,comm=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(out), "postgres") && !strings.HasPrefix(string(out), "Z")
}

// clear removes what a dead postmaster left, so that the next one does not take
// a stranger with the same number for it. Only for the holder of the gate, and
// only when nothing runs: PostgreSQL's own checks rest on these files.
func (f folder) clear() {
	socket := socketFile(f.socket())
	for _, path := range []string{filepath.Join(f.data(), "postmaster.pid"), socket + ".lock"} {
		raw, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		first, _, _ := strings.Cut(string(raw), "\n")
		if pid, err := strconv.Atoi(strings.TrimPrefix(first, "-")); err == nil && isStranger(pid) {
			_ = os.Remove(path)
		}
	}
}

// isStranger reports whether pid certainly lives and is not PostgreSQL. A dead
// number is left to PostgreSQL, which then still looks for children.
func isStranger(pid int) bool {
	return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) && !isPostgres(pid)
}

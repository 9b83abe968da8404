package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// oldest is the first PostgreSQL that our SQL runs on.
const oldest = 14

// ErrNotFound says that no PostgreSQL was found that could be run here. The
// error around it says what to install.
var ErrNotFound = errors.New("no usable PostgreSQL found")

// Binaries is a folder with initdb and postgres in it.
type Binaries struct {
	Dir   string
	Major int
}

func (b Binaries) path(program string) string { return filepath.Join(b.Dir, program) }

// Find gives the programs of the newest PostgreSQL from 14 on that may be run
// by whoever would run it, or those of the major version that PG_VERSION names.
func Find(ctx context.Context) (Binaries, error) {
	who, err := unprivileged()
	if err != nil {
		return Binaries{}, err
	}
	return find(ctx, folder{}, who)
}

// find is Find, bound to the version that made the data in home, if any.
func find(ctx context.Context, home folder, who identity) (Binaries, error) {
	made, asked := 0, 0
	if home.root != "" {
		made = home.major()
	}
	if v := os.Getenv("PG_VERSION"); v != "" {
		var err error
		if asked, err = strconv.Atoi(strings.SplitN(v, ".", 2)[0]); err != nil {
			return Binaries{}, fmt.Errorf("PG_VERSION=%q is not a version number such as 15", v)
		}
	}
	if made != 0 && asked != 0 && made != asked {
		return Binaries{}, fmt.Errorf("the data in %s was made by PostgreSQL %d, but PG_VERSION asks for %d", home.root, made, asked)
	}
	var found []Binaries
	for _, dir := range candidates() {
		if b, err := inspect(ctx, dir, who); err == nil {
			found = append(found, b)
		}
	}
	best, ok := choose(found, max(made, asked))
	if !ok {
		return Binaries{}, notFound(found, made, asked, home)
	}
	return best, nil
}

// choose takes the newest, or exactly the wanted major. Of equals the first.
func choose(found []Binaries, want int) (best Binaries, ok bool) {
	for _, b := range found {
		if b.Major >= oldest && (want == 0 || b.Major == want) && b.Major > best.Major {
			best, ok = b, true
		}
	}
	return best, ok
}

// notFound says what was sought, what there is, and what to install.
func notFound(found []Binaries, made, asked int, home folder) error {
	var text strings.Builder
	pkg, brew := "postgresql", "postgresql@18"
	switch want := max(made, asked); {
	case made != 0:
		fmt.Fprintf(&text, ": the data in %s was made by PostgreSQL %d, and only that version can read it", home.root, made)
		pkg, brew = fmt.Sprintf("postgresql-%d", want), fmt.Sprintf("postgresql@%d", want)
	case asked != 0:
		fmt.Fprintf(&text, ": PG_VERSION asks for PostgreSQL %d", want)
		pkg, brew = fmt.Sprintf("postgresql-%d", want), fmt.Sprintf("postgresql@%d", want)
	default:
		fmt.Fprintf(&text, ": it must be version %d or newer", oldest)
	}
	for i, b := range found {
		text.WriteString(map[bool]string{true: ". Found: ", false: ", "}[i == 0])
		fmt.Fprintf(&text, "%d in %s", b.Major, b.Dir)
	}
	text.WriteString(".\nInstall it with one of\n")
	if runtime.GOOS == "darwin" {
		fmt.Fprintf(&text, "  brew install %s\n", brew)
	} else {
		fmt.Fprintf(&text, "  sudo apt-get install %s\n", pkg)
	}
	if want := max(made, asked); want == 0 || want == 18 {
		text.WriteString("  npm ci --prefix tools/pg --ignore-scripts\n")
	}
	text.WriteString("or set DATABASE_URL to a PostgreSQL that already runs.")
	return fmt.Errorf("%w%s", ErrNotFound, text.String())
}

// inspect asks the programs in dir for their version, as the user who would run
// them: root's own copies may be closed to that user.
func inspect(ctx context.Context, dir string, who identity) (Binaries, error) {
	dir, err := reachable(ctx, dir, who)
	if err != nil {
		return Binaries{}, err
	}
	out, err := who.as(exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version")).Output()
	if err != nil {
		return Binaries{}, fmt.Errorf("%s: %w", dir, err)
	}
	major, err := majorIn(string(out))
	return Binaries{Dir: dir, Major: major}, err
}

// majorIn reads "postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)".
func majorIn(version string) (int, error) {
	_, after, _ := strings.Cut(version, "(PostgreSQL) ")
	digits := strings.IndexFunc(after+" ", func(r rune) bool { return r < '0' || r > '9' })
	major, err := strconv.Atoi(after[:digits])
	if err != nil {
		return 0, fmt.Errorf("no version in %q", strings.TrimSpace(version))
	}
	return major, nil
}

// candidates lists folders that hold the programs: first the one on PATH, then
// where Debian, Red Hat, Alpine, Homebrew, Postgres.app, Nix and npm put them.
func candidates() []string {
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	patterns := append([]string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*", "/usr/local/bin",
		"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin", "/opt/homebrew/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin", "/nix/var/nix/profiles/default/bin",
	}, packaged()...)
	for _, p := range patterns {
		matches, _ := filepath.Glob(p) // only a bad pattern fails
		dirs = append(dirs, matches...)
	}
	var complete []string
	for _, dir := range dirs {
		program, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres"))
		if err != nil {
			continue
		}
		if dir, err = filepath.Abs(filepath.Dir(program)); err != nil || slices.Contains(complete, dir) {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err == nil {
			complete = append(complete, dir)
		}
	}
	return complete
}

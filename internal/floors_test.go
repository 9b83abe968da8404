package internal_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// floors lists every package from the ground up. A package may import only
// packages on floors below its own; on one floor, only those listed before it.
// Beside them stand frontend and migrations, which import nothing of ours, and
// on top cmd, which may import everything.
var floors = []string{
	"fault config clean i18n",                                    // words and rules, no I/O
	"pg pg/cluster pg/pgtest bus outbox live media mail drawing", // plumbing; no idea what a vote is
	"accounts topics challenges ideas votes notices comments milestones merges products cocreation shortlists triage standing sharing", // the domain
	"board insights owndata imports fixture load",     // things that need several of the above
	"web/views/ui web/views web/request web/response", // HTTP
	"web/socket web/api/wire web/api web/api/apitest web/feed web/pages web",
}

// rooms says who may import a library of the kind that spreads. What is on top,
// in cmd, wires everything and is not asked.
var rooms = map[string]string{
	"github.com/gofiber/fiber/v2":  "web web/request web/response web/socket web/api web/api/wire web/pages",
	"github.com/a-h/templ":         "web web/response web/views web/views/ui web/api web/pages",
	"github.com/gorilla/websocket": "live web/socket",
	"github.com/nats-io/nats.go":   "bus",
	"github.com/jmoiron/sqlx":      "pg pg/pgtest bus outbox media accounts topics challenges ideas votes notices comments milestones merges products cocreation shortlists triage standing sharing board insights owndata imports fixture load",
	"github.com/lib/pq":            "pg pg/cluster pg/pgtest bus outbox media accounts topics challenges ideas votes notices comments milestones merges products cocreation shortlists triage standing sharing board insights owndata imports fixture load",
}

// forTests are packages that only tests import.
var forTests = []string{"pg/pgtest", "web/api/apitest"}

const root = "prosumer/internal/"

// imports asks Go what each package imports, tests left out.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "prosumer/...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal("go list: ", err)
	}
	found := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		found[words[0]] = words[1:]
	}
	return found
}

func TestImportsPointDown(t *testing.T) {
	place := map[string]int{}
	for i, floor := range floors {
		for j, name := range strings.Fields(floor) {
			place[root+name] = 100*(i+1) + j
		}
	}

	for from, list := range imports(t) {
		name := strings.TrimPrefix(from, root)
		switch {
		case strings.HasPrefix(from, root) && place[from] == 0:
			t.Errorf("%s has no floor yet", name)
		case !strings.HasPrefix(from, root) && !strings.HasPrefix(from, "prosumer/cmd/"):
			if slices.ContainsFunc(list, func(to string) bool { return strings.HasPrefix(to, "prosumer/") }) {
				t.Errorf("%s stands beside the floors and must not import any of them", from)
			}
			continue
		}
		for _, to := range list {
			if strings.HasPrefix(from, root) && strings.HasPrefix(to, root) && place[to] >= place[from] {
				t.Errorf("%s must not import %s: see floors", name, strings.TrimPrefix(to, root))
			}
			if slices.Contains(forTests, strings.TrimPrefix(to, root)) {
				t.Errorf("%s imports %s, which is for tests", name, to)
			}
		}
	}
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	for from, list := range imports(t) {
		name, ours := strings.CutPrefix(from, root)
		if !ours {
			continue
		}
		for _, to := range list {
			for library, allowed := range rooms {
				if (to == library || strings.HasPrefix(to, library+"/")) && !slices.Contains(strings.Fields(allowed), name) {
					t.Errorf("%s must not import %s: it belongs to %s", name, to, allowed)
				}
			}
		}
	}
}

func TestEveryPackageSaysWhatItOwns(t *testing.T) {
	for _, floor := range floors {
		for name := range strings.FieldsSeq(floor) {
			if _, err := os.Stat(name); err != nil {
				continue // a floor that nobody has moved into
			}
			text, err := os.ReadFile(filepath.Join(name, "doc.go"))
			if err != nil {
				t.Error(err)
				continue
			}
			comment := strings.Join(strings.Fields(strings.ReplaceAll(string(text), "//", "")), " ")
			for _, words := range []string{"Package " + path.Base(name) + " ", "refuses to"} {
				if !strings.Contains(comment, words) {
					t.Errorf("%s/doc.go does not say %q", name, words)
				}
			}
		}
	}
}

// longest is the most lines a file may have that somebody wrote.
const longest = 400

var (
	handWritten = regexp.MustCompile(`\.(go|ts|css|templ|sql)$`)
	generated   = regexp.MustCompile(`(_templ\.go|\.gen\.go|\.gen\.ts)$`)
	test        = regexp.MustCompile(`(_test\.go|\.(test|spec)\.ts)$`)
)

func TestNoFileIsTooLong(t *testing.T) {
	for name, text := range sources(t) {
		if !handWritten.MatchString(name) || generated.MatchString(name) {
			continue
		}
		lines := bytes.Count(text, []byte("\n"))
		switch {
		case lines <= longest:
		case test.MatchString(name):
			t.Logf("%s has %d lines: which second thing does it test?", name, lines)
		default:
			t.Errorf("%s has %d lines, more than %d: which second noun hides in it?", name, lines, longest)
		}
	}
}

// passedOn is fasthttp's own context as an argument: it is used again for the
// next request. A handler passes c.UserContext() on.
var passedOn = regexp.MustCompile(`\bc\.Context\(\)[,)]`)

func TestNoHandlerPassesItsContextOn(t *testing.T) {
	for name, text := range sources(t) {
		if strings.HasSuffix(name, ".go") && !test.MatchString(name) && passedOn.Match(text) {
			t.Errorf("%s passes c.Context() on: it must be c.UserContext()", name)
		}
	}
}

// foreign are words that belong to one machine or one network, put together
// here so that this file does not hold them.
var foreign = regexp.MustCompile(strings.Join([]string{
	"/" + `(work|root|farm|home/[a-z]+)/`, `\.\.` + `/\.library`, "registry" + `\.npmjs`, "proxy" + `\.golang\.org`,
}, "|"))

func TestTheTextNamesNoMachine(t *testing.T) {
	for name, text := range sources(t) {
		for number, line := range bytes.Split(text, []byte("\n")) {
			if word := foreign.Find(line); word != nil {
				t.Errorf("%s:%d holds %q", name, number+1, word)
			}
		}
	}
}

// made are folders that builds, tests and package managers fill.
var made = []string{".git", ".bin", ".data", "bin", "node_modules", "dist", "test-results", "playwright-report", "out"}

// sources reads every text of the project, by its path from the project's root.
func sources(t *testing.T) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	project := os.DirFS("..")
	err := fs.WalkDir(project, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains(made, entry.Name()):
			return fs.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		text, err := fs.ReadFile(project, name)
		if err == nil && !bytes.Contains(text, []byte{0}) {
			found[name] = text
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// setting is how internal/config names an environment variable.
var setting = regexp.MustCompile("env:\"([A-Z_]+)\"")

func TestEverySettingIsDocumented(t *testing.T) {
	config, err := os.ReadFile("config/config.go")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	settings := setting.FindAllSubmatch(config, -1)
	if len(settings) == 0 {
		t.Fatal("no settings found in config.go")
	}

	for _, s := range settings {
		if !bytes.Contains(page, []byte("`"+string(s[1])+"`")) {
			t.Errorf("docs/configuration.md does not tell of %s", s[1])
		}
	}
}

package frontend

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const sample = `{
  "src/main.ts": {"file": "assets/main-IMeGCpM-.js", "isEntry": true, "css": ["assets/main-BWVJtYfN.css"],
    "assets": ["assets/inter-latin-wght-normal-Dx4kXJAl.woff2", "assets/inter-latin-ext-wght-normal-DO1Apj_S.woff2",
      "assets/bricolage-grotesque-latin-wght-normal-DLoelf7F.woff2"]},
  "src/editor/editor.ts": {"file": "assets/editor-DsPz1J7m.js", "isDynamicEntry": true}
}`

func built() fstest.MapFS {
	files := fstest.MapFS{"manifest.json": {Data: []byte(sample)}}
	for _, name := range []string{
		"main-IMeGCpM-.js", "main-BWVJtYfN.css", "inter-latin-wght-normal-Dx4kXJAl.woff2",
		"bricolage-grotesque-latin-wght-normal-DLoelf7F.woff2", "theme.js", "icons.svg",
	} {
		files["assets/"+name] = &fstest.MapFile{Data: []byte(name)}
	}
	return files
}

func TestAFolderWithoutABuildIsNotBuilt(t *testing.T) {
	a, err := load(fstest.MapFS{".gitkeep": {}})
	if err != nil {
		t.Fatal(err)
	}
	if a.Built() {
		t.Error("an empty folder counts as built")
	}
	if _, err := a.FS().Open("main.js"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("opening a file there gives %v, want that it does not exist", err)
	}
}

func TestTheManifestNamesTheFiles(t *testing.T) {
	a, err := load(built())
	if err != nil {
		t.Fatal(err)
	}
	if !a.Built() {
		t.Error("a build does not count as built")
	}
	if a.Script != "/assets/main-IMeGCpM-.js" {
		t.Errorf("the script is %s", a.Script)
	}
	if diff := cmp.Diff([]string{"/assets/main-BWVJtYfN.css"}, a.Styles); diff != "" {
		t.Error(diff)
	}
	want := []string{"/assets/bricolage-grotesque-latin-wght-normal-DLoelf7F.woff2", "/assets/inter-latin-wght-normal-Dx4kXJAl.woff2"}
	if diff := cmp.Diff(want, a.FontPreloads); diff != "" {
		t.Errorf("only the latin fonts are preloaded:\n%s", diff)
	}
	if !strings.HasPrefix(a.Theme, "/assets/theme.js?v=") || !strings.HasPrefix(a.Icons, "/assets/icons.svg?v=") {
		t.Errorf("files that keep their name carry no version: %s, %s", a.Theme, a.Icons)
	}
	if content, err := fs.ReadFile(a.FS(), "theme.js"); err != nil || string(content) != "theme.js" {
		t.Errorf("theme.js is not under its name below /assets/: %q, %v", content, err)
	}
}

func TestABrokenBuildIsAnError(t *testing.T) {
	for name, breakIt := range map[string]func(fstest.MapFS){
		"manifest that does not parse": func(f fstest.MapFS) { f["manifest.json"] = &fstest.MapFile{Data: []byte("{")} },
		"manifest without the entry":   func(f fstest.MapFS) { f["manifest.json"] = &fstest.MapFile{Data: []byte("{}")} },
		"missing script":               func(f fstest.MapFS) { delete(f, "assets/main-IMeGCpM-.js") },
		"missing theme script":         func(f fstest.MapFS) { delete(f, "assets/theme.js") },
		"missing sprite":               func(f fstest.MapFS) { delete(f, "assets/icons.svg") },
	} {
		t.Run(name, func(t *testing.T) {
			files := built()
			breakIt(files)
			if _, err := load(files); err == nil {
				t.Error("it loads all the same")
			}
		})
	}
}

func TestWhatTheBinaryCarriesLoads(t *testing.T) {
	a, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if !a.Built() {
		t.Skip("the frontend has not been built: run make frontend")
	}
	if len(a.Styles) == 0 || len(a.FontPreloads) != 2 {
		t.Errorf("the build has %d style sheets and %d fonts to preload", len(a.Styles), len(a.FontPreloads))
	}
}

func TestOnlyHashedNamesAreImmutable(t *testing.T) {
	for name, want := range map[string]bool{
		"main-IMeGCpM-.js": true, "inter-latin-ext-wght-normal-DO1Apj_S.woff2": true, "icons.svg": false, "theme.js": false, "icon.svg": false,
	} {
		if got := Immutable(name); got != want {
			t.Errorf("Immutable(%q) = %v, want %v", name, got, want)
		}
	}
}

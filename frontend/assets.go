package frontend

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

const (
	entry    = "src/main.ts"
	more     = "src/styles/more.css"
	manifest = "manifest.json"
	folder   = "assets"

	embedEntry    = "src/embed.ts"
	embedManifest = "manifest.embed.json"
)

// Assets are the addresses of the built files. They are empty when nothing has
// been built.
type Assets struct {
	Script       string   // the module every page loads
	Styles       []string // style sheets of every page, in the order to link them
	More         string   // the style sheet of all pages but the board
	FontPreloads []string // fonts of the first screen
	Theme        string   // small classic script for the head, against a flash of the wrong theme
	Icons        string   // the sprite; symbols are named after it: Icons + "#search"
	Embed        string   // the module of what stands in frames on other sites
	EmbedStyle   string

	files fs.FS
}

// chunk is one entry of Vite's manifest.
type chunk struct {
	File   string   `json:"file"`
	CSS    []string `json:"css"`
	Assets []string `json:"assets"`
}

// Load reads what the binary carries. Not having been built is no error: Built
// tells. A manifest that does not fit its files is one.
func Load() (Assets, error) {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		return Assets{}, fmt.Errorf("open the built frontend: %w", err)
	}
	return load(built)
}

func load(built fs.FS) (Assets, error) {
	raw, err := fs.ReadFile(built, manifest)
	if errors.Is(err, fs.ErrNotExist) {
		return Assets{}, nil
	}
	if err != nil {
		return Assets{}, fmt.Errorf("read the frontend's manifest: %w", err)
	}
	var chunks map[string]chunk
	if err := json.Unmarshal(raw, &chunks); err != nil {
		return Assets{}, fmt.Errorf("parse the frontend's manifest: %w", err)
	}
	main, ok := chunks[entry]
	if !ok {
		return Assets{}, fmt.Errorf("the frontend's manifest does not name %s", entry)
	}
	a := Assets{Script: address(main.File)}
	for _, name := range main.CSS {
		a.Styles = append(a.Styles, address(name))
	}
	if found, ok := chunks[more]; ok {
		a.More = address(found.File)
	}
	for _, name := range main.Assets {
		if strings.HasSuffix(name, ".woff2") && strings.Contains(name, "-latin-wght-") {
			a.FontPreloads = append(a.FontPreloads, address(name))
		}
	}
	slices.Sort(a.FontPreloads)
	if a.files, err = fs.Sub(built, folder); err != nil {
		return Assets{}, fmt.Errorf("open the frontend's %s: %w", folder, err)
	}
	for _, name := range append([]string{a.Script}, append(a.Styles, a.FontPreloads...)...) {
		if _, err := fs.Stat(built, strings.TrimPrefix(name, "/")); err != nil {
			return Assets{}, fmt.Errorf("the frontend's manifest names a missing file: %w", err)
		}
	}
	if a.Embed, a.EmbedStyle, err = embedded(built); err != nil {
		return Assets{}, err
	}
	if a.Theme, err = a.versioned("theme.js"); err != nil {
		return Assets{}, err
	}
	if a.Icons, err = a.versioned("icons.svg"); err != nil {
		return Assets{}, err
	}
	return a, nil
}

// embedded finds what frames on other sites load, which is built by itself.
func embedded(built fs.FS) (script, style string, err error) {
	raw, err := fs.ReadFile(built, embedManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return "", "", nil // a frame without them still shows its picture
	}
	if err != nil {
		return "", "", fmt.Errorf("read the manifest of frames: %w", err)
	}
	var chunks map[string]chunk
	if err := json.Unmarshal(raw, &chunks); err != nil {
		return "", "", fmt.Errorf("parse the manifest of frames: %w", err)
	}
	found, ok := chunks[embedEntry]
	if !ok || len(found.CSS) != 1 {
		return "", "", fmt.Errorf("the manifest of frames does not name %s with one style sheet", embedEntry)
	}
	return address(found.File), address(found.CSS[0]), nil
}

func address(file string) string { return "/" + file }

// versioned is the address of a file that keeps its name, with its content's
// hash behind it, so that a new build is fetched anew.
func (a Assets) versioned(name string) (string, error) {
	content, err := fs.ReadFile(a.files, name)
	if err != nil {
		return "", fmt.Errorf("read the frontend's %s: %w", name, err)
	}
	sum := sha256.Sum256(content)
	return "/" + folder + "/" + name + "?v=" + hex.EncodeToString(sum[:4]), nil
}

// Built reports whether the frontend was built before the binary was. Without
// it pages have neither style nor script: run make frontend.
func (a Assets) Built() bool { return a.Script != "" }

// FS holds the files to serve under /assets/, by their names below it. It is
// empty when nothing has been built.
func (a Assets) FS() fs.FS {
	if a.files == nil {
		return nothing{}
	}
	return a.files
}

type nothing struct{}

func (nothing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// A name with Vite's hash: eight letters before the extension.
var hashed = regexp.MustCompile(`-[A-Za-z0-9_-]{8}\.(js|css|woff2|svg|png|webp)$`)

// Immutable reports whether the file called name keeps its content for good, so
// that a browser may keep it for a year without asking.
func Immutable(name string) bool { return hashed.MatchString(path.Base(name)) }

package i18n_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"text/template"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/i18n"
)

// entries reads a language's catalogue from the files beside this test.
func entries(t *testing.T, lang i18n.Lang) map[string]map[string]string {
	t.Helper()
	all, err := i18n.Entries(os.DirFS("."), lang)
	if err != nil {
		t.Fatalf("read catalogue %s: %v", lang, err)
	}
	if len(all) == 0 {
		t.Fatalf("catalogue %s is empty", lang)
	}
	return all
}

// each calls f with every sentence of every language.
func each(t *testing.T, f func(where, text string)) {
	t.Helper()
	for _, lang := range i18n.All {
		for key, forms := range entries(t, lang) {
			for form, text := range forms {
				f(fmt.Sprintf("%s %s (%s)", lang, key, form), text)
			}
		}
	}
}

func TestEveryLanguageHoldsTheSameKeysInTheSameFiles(t *testing.T) {
	keys := func(lang i18n.Lang) map[string][]string {
		files := map[string][]string{}
		names, err := filepath.Glob(filepath.Join("catalogue", string(lang), "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var area map[string]any
			if err := json.Unmarshal(raw, &area); err != nil {
				t.Fatalf("parse %s: %v", name, err)
			}
			files[filepath.Base(name)] = slices.Sorted(maps.Keys(area))
		}
		return files
	}
	english := keys(i18n.EN)

	for _, lang := range i18n.All[1:] {
		if diff := cmp.Diff(english, keys(lang)); diff != "" {
			t.Errorf("%s differs from English (-en +%s):\n%s", lang, lang, diff)
		}
	}
}

func TestASentenceIsAloneOrHasASingularAndAPlural(t *testing.T) {
	for _, lang := range i18n.All {
		for key, forms := range entries(t, lang) {
			got := strings.Join(slices.Sorted(maps.Keys(forms)), ",")
			if got != "other" && got != "one,other" {
				t.Errorf("%s %s has the forms %s", lang, key, got)
			}
		}
	}
}

func TestEveryLanguageHasTheSamePluralForms(t *testing.T) {
	english := entries(t, i18n.EN)
	for _, lang := range i18n.All[1:] {
		for key, forms := range entries(t, lang) {
			if len(forms) != len(english[key]) {
				t.Errorf("%s %s has %d forms, in English %d", lang, key, len(forms), len(english[key]))
			}
		}
	}
}

// hole is {{.Name}} of a page's sentence or {name} of a script's.
var hole = regexp.MustCompile(`\{\{[^{}]*\}\}|\{[^{}]*\}`)

// holes are the names in all forms of a sentence: a singular may spell its one
// out ("once").
func holes(forms map[string]string) []string {
	found := map[string]bool{}
	for _, text := range forms {
		for _, h := range hole.FindAllString(text, -1) {
			found[h] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func TestEveryLanguageHasTheSameHoles(t *testing.T) {
	english := entries(t, i18n.EN)
	for _, lang := range i18n.All[1:] {
		for key, forms := range entries(t, lang) {
			if diff := cmp.Diff(holes(english[key]), holes(forms)); diff != "" {
				t.Errorf("the holes of %s (-en +%s):\n%s", key, lang, diff)
			}
		}
	}
}

func TestEveryHoleIsWellFormed(t *testing.T) {
	named := regexp.MustCompile(`^(\{\{\.[A-Z][A-Za-z]*\}\}|\{[a-z]+\})$`)
	each(t, func(where, text string) {
		if _, err := template.New("").Parse(text); err != nil {
			t.Errorf("%s: %v", where, err)
		}
		for _, h := range hole.FindAllString(text, -1) {
			if !named.MatchString(h) {
				t.Errorf("%s: %q is no hole", where, h)
			}
		}
		if strings.ContainsAny(hole.ReplaceAllString(text, ""), "{}") {
			t.Errorf("%s: a brace without its other: %q", where, text)
		}
	})
}

func TestNoSentenceShoutsIsEmptyOrHasDoubleSpaces(t *testing.T) {
	each(t, func(where, text string) {
		switch {
		case strings.TrimSpace(text) == "":
			t.Errorf("%s is empty", where)
		case strings.Contains(text, "!"):
			t.Errorf("%s shouts: %q", where, text)
		case strings.Contains(text, "  "), strings.Contains(text, " \n"), strings.ContainsAny(text, "\t\r"):
			t.Errorf("%s has a wrong space: %q", where, text)
		}
	})
}

// A parser keeps the last of two equal keys and says nothing, so this looks at
// the text: the catalogues are flat, one key a line.
func TestNoKeyStandsTwiceInOneFile(t *testing.T) {
	keyed := regexp.MustCompile(`(?m)^  "([^"]+)":`)
	names, err := filepath.Glob(filepath.Join("catalogue", "*", "*.json"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no catalogues: %v", err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var area map[string]any
		if err := json.Unmarshal(raw, &area); err != nil {
			t.Fatalf("parse %s: %v", name, err)
		}
		if lines := keyed.FindAllString(string(raw), -1); len(lines) != len(area) {
			t.Errorf("%s has %d lines with a key and %d keys: one stands twice, or not on a line of its own with two spaces before it", name, len(lines), len(area))
		}
	}
}

func TestAKeyInTwoFilesIsRefused(t *testing.T) {
	source := fstest.MapFS{
		"catalogue/en/a.json": {Data: []byte(`{"x.y": "One."}`)},
		"catalogue/en/b.json": {Data: []byte(`{"x.y": "Two."}`)},
	}

	_, err := i18n.Entries(source, i18n.EN)

	if err == nil || !strings.Contains(err.Error(), "x.y") {
		t.Errorf("got %v, want an error that names the key", err)
	}
}

func TestAFileThatIsNoCatalogueIsRefusedByName(t *testing.T) {
	for _, text := range []string{`{"x": 3}`, `{"x": ["y"]}`, `["x"]`, `{"x": "y"`, ``} {
		_, err := i18n.Entries(fstest.MapFS{"catalogue/nl/odd.json": {Data: []byte(text)}}, i18n.NL)

		if err == nil || !strings.Contains(err.Error(), "odd.json") {
			t.Errorf("%s: got %v, want an error that names the file", text, err)
		}
	}
}

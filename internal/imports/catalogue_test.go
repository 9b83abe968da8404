package imports

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"prosumer/internal/i18n"
)

var codeShape = regexp.MustCompile(`"(imports\.[a-z0-9_]+)"`)

func TestEveryCodeHasItsSentenceInBothLanguages(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range codeShape.FindAllSubmatch(text, -1) {
			found++
			for _, lang := range i18n.All {
				if key := "fault." + string(m[1]); !i18n.Has(lang, key) {
					t.Errorf("%s: no sentence for %s", lang, key)
				}
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d codes found", found)
	}
}

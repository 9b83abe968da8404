package clean_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

type vector struct{ ID, Payload, Want string }

// vectors reads the published attack vectors of some kinds, which are kept
// outside the source. Without them the test skips and says so.
func vectors(t *testing.T, kinds ...string) []vector {
	t.Helper()
	dir := os.Getenv("VECTORS_DIR")
	if dir == "" {
		t.Skip("VECTORS_DIR is not set: the published attack vectors are not at hand")
	}
	var found []vector
	files := 0
	for _, pattern := range []string{"*.json", "given/*.json"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var file struct {
				Kind    string
				Vectors []vector
			}
			if err := json.Unmarshal(raw, &file); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			files++
			if slices.Contains(kinds, file.Kind) {
				found = append(found, file.Vectors...)
			}
		}
	}
	if files == 0 {
		t.Fatalf("VECTORS_DIR=%s holds no vector files", dir)
	}
	if len(found) == 0 {
		t.Skipf("VECTORS_DIR=%s holds no vectors of the kinds %v", dir, kinds)
	}
	return found
}

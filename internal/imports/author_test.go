package imports

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAuthorsKeepTheirNameAndNeverTheirAddress(t *testing.T) {
	hash := digest("jane@example.org")
	for written, want := range map[string]author{
		"":                                     {"?", "Decide Madrid"},
		"9884":                                 {"9884", "Decide Madrid 9884"},
		"Jane Doe":                             {"Jane Doe", "Jane Doe"},
		"jdoe42":                               {"jdoe42", "jdoe42"},
		"jane@example.org":                     {"mail-" + hash, "Decide Madrid " + hash[:6]},
		"Jane Doe <Jane@Example.org>":          {"mail-" + hash, "Jane Doe"},
		"5f2b9c1de8b0a94f6c001d2e":             {"5f2b9c1de8b0a94f6c001d2e", "Decide Madrid 5f2b9c1de8b0"},
		"3d813cbb-47fb-32ba-91df-831e1593ac29": {"3d813cbb-47fb-32ba-91df-831e1593ac29", "Decide Madrid 3d813cbb-47f"},
	} {
		if diff := cmp.Diff(want, authorOf("decide-madrid", written), cmp.AllowUnexported(author{})); diff != "" {
			t.Errorf("%q: %s", written, diff)
		}
	}
}

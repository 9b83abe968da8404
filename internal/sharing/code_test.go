package sharing_test

import (
	"strings"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/sharing"
	"prosumer/internal/votes"
)

func TestACodeIsOfOneMemberAndOneIdea(t *testing.T) {
	t.Parallel()
	key := []byte("a key of tests")
	seen := map[string]bool{}
	for idea := range ideas.ID(40) {
		for member := range accounts.ID(40) {
			code := sharing.Code(key, idea, member)
			if seen[code] {
				t.Fatalf("%s is the code of two", code)
			}
			seen[code] = true
			// It must come through the way that votes take, as it is.
			if kept := votes.OriginOf(key, "", "", sharing.Referrer(code)).Referrer; kept != "share:"+code {
				t.Fatalf("a vote keeps %q of %q", kept, code)
			}
		}
	}
	again := sharing.Code([]byte("a key of tests"), 1, 2)
	if again != sharing.Code(key, 1, 2) || sharing.Code([]byte("another"), 1, 2) == again {
		t.Error("a code follows from something else than the key, the idea and the member")
	}
}

func TestWhatIsNoCodeIsIgnored(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"", "abc", "share:abcdefghijkm", "ABCDEFGHIJKM", "abcdefghijkl", "abcdefghijk\x00", "abcdefghijk%", strings.Repeat("a", 13), "äbcdefghijk"} {
		if got := sharing.Referrer(typed); got != "" {
			t.Errorf("%q became %q", typed, got)
		}
	}
}

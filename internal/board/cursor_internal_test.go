package board

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestACursorReadsWhatItWrote(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		c := cursor{
			order: string(rapid.SampledFrom(Orders).Draw(r, "order")),
			key:   rapid.StringMatching(`[-+.e0-9]{0,24}`).Draw(r, "key"),
			id:    rapid.Int64Min(0).Draw(r, "id"),
		}
		got, err := parseCursor(c.String(), c.order)
		if err != nil || got != c {
			r.Fatalf("%+v came back as %+v (%v)", c, got, err)
		}
		if _, err := parseCursor(c.String(), c.order+"2"); !errors.Is(err, ErrCursor) {
			r.Fatalf("for another order: %v", err)
		}
	})
}

// FuzzCursor holds that whatever somebody writes into a link is either ErrCursor
// or the one name of a place that the database can be asked for.
func FuzzCursor(f *testing.F) {
	for _, key := range []string{"1772600000000000", "-5", "0.25", "NaN", "+Inf", "1e400", "9223372036854775807", "0x1p-2", ""} {
		f.Add(cursor{order: "newest", key: key, id: 7}.String())
	}
	f.Add("")
	f.Add("bmV3ZXN0CjEKMQ\n")
	f.Add("bmV3ZXN0CjEKMQ==")
	f.Add("bmV3ZXN0CjEKLTE")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := parseCursor(s, "newest")
		if err != nil {
			if !errors.Is(err, ErrCursor) || c != (cursor{}) {
				t.Fatalf("%q: %+v, %v", s, c, err)
			}
			return
		}
		if c.String() != s || c.order != "newest" || c.id < 0 {
			t.Fatalf("%q reads as %+v", s, c)
		}
		if at, err := c.moment(); err == nil && (at.Year() < 1970 || at.Year() > 9999) {
			t.Errorf("%q is in the year %d", s, at.Year())
		}
		if n, err := c.float(); err == nil && (math.IsNaN(n) || math.IsInf(n, 0)) {
			t.Errorf("%q is %v", s, n)
		}
	})
}

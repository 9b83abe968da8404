package board_test

import (
	"encoding/base64"
	"errors"
	"testing"

	"prosumer/internal/board"
)

// TestABrokenCursorIsRefusedEverywhere asks every list with cursors that are
// broken, of another list, or of a place the database cannot count to. None of
// them is our fault.
func TestABrokenCursorIsRefusedEverywhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lists := map[string]func(after string) error{
		"trending": func(after string) error { return second(w.List(t.Context(), w.boss, board.Query{After: after})) },
		"newest": func(after string) error {
			return second(w.List(t.Context(), w.boss, board.Query{Order: board.Newest, After: after}))
		},
		"votes": func(after string) error {
			return second(w.List(t.Context(), w.boss, board.Query{Order: board.Votes, After: after}))
		},
		"unseen": func(after string) error {
			return second(w.List(t.Context(), w.boss, board.Query{Order: board.Unseen, After: after}))
		},
		"found": func(after string) error {
			return second(w.List(t.Context(), w.boss, board.Query{Q: "lamp", After: after}))
		},
		"my-ideas": func(after string) error { return second(w.MyIdeas(t.Context(), w.boss, after, 5)) },
		"my-votes": func(after string) error { return second(w.MyVotes(t.Context(), w.boss, after, 5)) },
		"studio": func(after string) error {
			return second(w.Studio(t.Context(), w.boss, board.StudioQuery{After: after}))
		},
		"studio-waiting": func(after string) error {
			return second(w.Studio(t.Context(), w.boss, board.StudioQuery{Waiting: true, After: after}))
		},
		"people":       func(after string) error { return second(w.People(t.Context(), false, after, 5)) },
		"people-month": func(after string) error { return second(w.People(t.Context(), true, after, 5)) },
		"products":     func(after string) error { return second(w.Products(t.Context(), w.boss, after, 5)) },
	}
	name := func(order, key, id string) string {
		return base64.RawURLEncoding.EncodeToString([]byte(order + "\n" + key + "\n" + id))
	}
	for list, ask := range lists {
		for other := range lists {
			if err := ask(name(other, "1", "1")); (err == nil) != (other == list) || err != nil && !errors.Is(err, board.ErrCursor) {
				t.Errorf("%s with a cursor of %s: %v", list, other, err)
			}
		}
		for _, broken := range []string{"!", "AAAA", name(list, "1", ""), name(list, "1", "-1"), name(list, "1", "01"), name(list, "1", "9999999999999999999"), name(list, "1", "1") + "=", name(list, "1", "1\n")} {
			if err := ask(broken); !errors.Is(err, board.ErrCursor) {
				t.Errorf("%s with %q: %v", list, broken, err)
			}
		}
		for _, key := range []string{"", "x", "NaN", "-Inf", "1e400", "1e300", "-9223372036854775808", "9223372036854775807", "253402300799999999", "-1", "0x10", "' OR 1=1"} {
			if err := ask(name(list, key, "9223372036854775807")); err != nil && !errors.Is(err, board.ErrCursor) {
				t.Errorf("%s with the key %q: %v", list, key, err)
			}
		}
	}
}

package load

import (
	"testing"

	"pgregory.net/rapid"

	"prosumer/internal/votes"
)

func TestScoresAgreeWithTheAggregateTheyCameFrom(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var s votes.Scores
		for i := range s {
			s[i] = rapid.IntRange(0, 400).Draw(t, "count")
		}
		n := s.Count()
		if n == 0 {
			return
		}
		points := s[0] + 2*s[1] + 3*s[2] + 4*s[3] + 5*s[4]
		for _, average := range []int{(200*points + n) / (2 * n), (200*points + n - 1) / (2 * n)} { // halves go either way
			a := Aggregate{Count: n, Average: average, Ones: s[0], Fives: s[4]}
			found, ok := a.Scores()
			if !ok || !a.Agrees(found) {
				t.Fatalf("%+v of %v: %v, %v", a, s, found, ok)
			}
			for _, count := range found {
				if count < 0 {
					t.Fatalf("%+v of %v: %v", a, s, found)
				}
			}
		}
	})
}

func TestNoScoresAreFoundWhereNoneAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := Aggregate{
			Count: rapid.IntRange(-1, 12).Draw(t, "count"), Average: rapid.IntRange(0, 600).Draw(t, "average"),
			Ones: rapid.IntRange(-1, 12).Draw(t, "ones"), Fives: rapid.IntRange(-1, 12).Draw(t, "fives"),
		}
		found, ok := a.Scores()
		if ok && !a.Agrees(found) {
			t.Fatalf("%+v: %v does not agree", a, found)
		}
		if !ok && possible(a) {
			t.Fatalf("%+v: there are scores that agree, and none were found", a)
		}
	})
}

// possible tries every way.
func possible(a Aggregate) bool {
	rest := a.Count - a.Ones - a.Fives
	for twos := 0; twos <= rest; twos++ {
		for threes := 0; twos+threes <= rest; threes++ {
			s := votes.Scores{a.Ones, twos, threes, rest - twos - threes, a.Fives}
			if a.Count > 0 && a.Ones >= 0 && a.Fives >= 0 && a.Agrees(s) {
				return true
			}
		}
	}
	return false
}

func TestTheMiddleIsSmooth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, sum int
		want   [3]int
	}{
		{0, 0, [3]int{}},
		{1, 2, [3]int{1, 0, 0}},
		{1, 3, [3]int{0, 1, 0}},
		{2, 6, [3]int{1, 0, 1}},
		{90, 270, [3]int{30, 30, 30}},
		{100, 200, [3]int{100, 0, 0}},
		{100, 400, [3]int{0, 0, 100}},
		{100, 350, [3]int{12, 26, 62}},
	} {
		twos, threes, fours := middle(c.n, c.sum)
		if got := [3]int{twos, threes, fours}; got != c.want {
			t.Errorf("%d that make %d: %v, want %v", c.n, c.sum, got, c.want)
		}
	}
}

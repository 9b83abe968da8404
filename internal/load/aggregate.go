package load

import (
	"math"

	"prosumer/internal/votes"
)

// Aggregate is what a table says of all scores of one design.
type Aggregate struct {
	Count   int // how many scores
	Average int // their mean in hundredths, rounded
	Fives   int
	Ones    int
}

// Scores finds scores that agree with the aggregate: as many, with these ones
// and fives, and a mean that rounds to the average. It reports false when there
// are none. What lies between is spread as smoothly as the figures allow:
// of all sums that round to the average the one nearest to it, and over 2, 3 and
// 4 in a geometric series, which assumes nothing beyond the mean.
func (a Aggregate) Scores() (votes.Scores, bool) {
	rest := a.Count - a.Ones - a.Fives
	if a.Count < 1 || a.Ones < 0 || a.Fives < 0 || rest < 0 {
		return votes.Scores{}, false
	}
	// The mean m rounds to q hundredths when |100 m - q| <= 1/2. A mean halfway
	// may have been rounded either way.
	low, high := ceilDiv((2*a.Average-1)*a.Count, 200), floorDiv((2*a.Average+1)*a.Count, 200)
	ends := 5*a.Fives + a.Ones
	low, high = max(low-ends, 2*rest), min(high-ends, 4*rest)
	if low > high {
		return votes.Scores{}, false
	}
	near := int(math.Round(float64(a.Average)*float64(a.Count)/100)) - ends
	twos, threes, fours := middle(rest, min(max(near, low), high))
	return votes.Scores{a.Ones, twos, threes, fours, a.Fives}, true
}

// Agrees reports whether these scores are what the aggregate sums up.
func (a Aggregate) Agrees(s votes.Scores) bool {
	points := s[0] + 2*s[1] + 3*s[2] + 4*s[3] + 5*s[4]
	apart := 200*points - 2*a.Average*a.Count
	return s.Count() == a.Count && s[0] == a.Ones && s[4] == a.Fives && -a.Count <= apart && apart <= a.Count
}

// middle spreads n scores of 2, 3 and 4 that add up to sum, from 2n to 4n.
func middle(n, sum int) (twos, threes, fours int) {
	if n == 0 {
		return 0, 0, 0
	}
	tilt := sum - 3*n // fours less twos
	steep := max(tilt, -tilt)
	threes = n - steep
	if steep < n {
		// A geometric series x^-1, 1, x with this mean m: x^2 (1-m) - x m - (1+m) = 0.
		m := float64(steep) / float64(n)
		x := (m + math.Sqrt(m*m+4*(1-m*m))) / (2 * (1 - m))
		threes = min(int(math.Round(float64(n)*x/(1+x+x*x))), n-steep)
		threes -= (n - steep - threes) % 2 // twos and fours are whole; rounded down, so that it never passes n-steep
		threes = max(threes, (n-steep)%2)
	}
	fours = (n - threes + tilt) / 2
	return n - threes - fours, threes, fours
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func ceilDiv(a, b int) int { return -floorDiv(-a, b) }

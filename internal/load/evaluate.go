package load

import (
	"cmp"
	"math"
	"slices"

	"prosumer/internal/votes"
)

// Orders are the orders that an evaluation compares: first the shortlist's, then
// what one might do instead.
var Orders = []string{"ours", "average", "scores", "fives"}

// topShare is the part of a challenge that counts as its top, rounded up.
const topShare = 0.05

// Measure says how well an order finds what was printed.
type Measure struct {
	AUC  float64 // chance that a printed design stands above one that was not; 0.5 is a guess
	Hits float64 // printed designs in the top; parts of one where equals stand on both sides of its end
}

// ChallengeEvaluation is one challenge of which something was printed.
type ChallengeEvaluation struct {
	Challenge             string
	Designs, Printed, Top int // Top: how many places the top has
	By                    map[string]Measure
}

// Evaluation compares the orders over all challenges.
type Evaluation struct {
	Challenges []ChallengeEvaluation // by name
	Printed    int
	AUC        map[string]float64 // mean over the challenges, weighted by what each printed
	Recall     map[string]float64 // part of all that was printed that stands in the tops
}

// Evaluate orders each challenge of the table by each order and compares with
// what was printed. A challenge that printed nothing, or everything, says
// nothing about an order and is left out. It costs a sort of the table for each
// order.
func Evaluate(t Table) Evaluation {
	byChallenge := map[string][]Design{}
	for _, d := range t.Designs {
		byChallenge[d.Challenge] = append(byChallenge[d.Challenge], d)
	}
	e := Evaluation{AUC: map[string]float64{}, Recall: map[string]float64{}}
	for name, designs := range byChallenge {
		printed := 0
		for _, d := range designs {
			if d.Printed {
				printed++
			}
		}
		if printed == 0 || printed == len(designs) {
			continue
		}
		c := ChallengeEvaluation{Challenge: name, Designs: len(designs), Printed: printed, Top: int(math.Ceil(topShare * float64(len(designs)))), By: map[string]Measure{}}
		for order, value := range orders(designs) {
			c.By[order] = measure(designs, value, c.Top)
			e.AUC[order] += c.By[order].AUC * float64(printed)
			e.Recall[order] += c.By[order].Hits
		}
		e.Printed += printed
		e.Challenges = append(e.Challenges, c)
	}
	for _, order := range Orders {
		e.AUC[order] /= float64(max(e.Printed, 1))
		e.Recall[order] /= float64(max(e.Printed, 1))
	}
	slices.SortFunc(e.Challenges, func(a, b ChallengeEvaluation) int { return cmp.Compare(a.Challenge, b.Challenge) })
	return e
}

// orders gives what each order sorts the designs of one challenge by, the most
// first.
func orders(designs []Design) map[string]func(Design) float64 {
	mean, weight := prior(designs)
	return map[string]func(Design) float64{
		"ours": func(d Design) float64 {
			shrunk, _ := votes.Shrunk(d.Scores, mean, weight)
			return shrunk
		},
		"average": func(d Design) float64 { // as a page shows it, to the hundredth
			own, _ := d.Scores.Mean()
			return math.Round(own*100) / 100
		},
		"scores": func(d Design) float64 { return float64(d.Ballots()) },
		"fives":  func(d Design) float64 { return float64(d.Scores[4]) / float64(max(d.Ballots(), 1)) },
	}
}

// prior is the mean of all scores of a challenge and the median number that a
// design of it got: what the board keeps as a challenge's prior.
func prior(designs []Design) (mean, weight float64) {
	var points, all float64
	var counts []int
	for _, d := range designs {
		if n := d.Ballots(); n > 0 {
			own, _ := d.Scores.Mean()
			points, all, counts = points+own*float64(n), all+float64(n), append(counts, n)
		}
	}
	if len(counts) == 0 {
		return 0, 0
	}
	slices.Sort(counts)
	middle := len(counts) / 2
	weight = float64(counts[middle])
	if len(counts)%2 == 0 {
		weight = float64(counts[middle-1]+counts[middle]) / 2
	}
	return points / all, weight
}

// measure sorts the designs by value and walks down groups of equals: a group
// shares the places that are left in the top, and a pair within it is half won.
func measure(designs []Design, value func(Design) float64, top int) Measure {
	sorted := slices.SortedFunc(slices.Values(designs), func(a, b Design) int { return cmp.Compare(value(b), value(a)) })
	var printed, others, hits, lost float64 // lost: pairs in which a printed design stands below another
	for at := 0; at < len(sorted); {
		end := at
		var here float64 // printed among these equals
		for end < len(sorted) && value(sorted[end]) == value(sorted[at]) {
			if sorted[end].Printed {
				here++
			}
			end++
		}
		size := float64(end - at)
		lost += here * (others + (size-here)/2)
		hits += here * min(1, max(0, float64(top-at))/size)
		printed, others, at = printed+here, others+size-here, end
	}
	return Measure{AUC: 1 - lost/(printed*others), Hits: hits}
}

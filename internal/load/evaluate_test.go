package load

import (
	"math"
	"testing"
	"time"

	"prosumer/internal/votes"
)

// scored is a design on which n people gave the score each.
func scored(score, n int, printed bool) Design {
	d := Design{Challenge: "tea", Printed: printed}
	d.Scores[score-1] = n
	return d
}

func TestAnOrderThatFindsEveryPrintedDesignIsPerfectAndItsReverseWorthless(t *testing.T) {
	t.Parallel()
	designs := []Design{scored(5, 10, true), scored(4, 10, true), scored(3, 10, false), scored(2, 10, false), scored(1, 10, false)}
	up := func(d Design) float64 { mean, _ := d.Scores.Mean(); return mean }
	down := func(d Design) float64 { return -up(d) }
	if got := measure(designs, up, 2); got != (Measure{AUC: 1, Hits: 2}) {
		t.Errorf("the perfect order measures %+v", got)
	}
	if got := measure(designs, down, 2); got != (Measure{AUC: 0, Hits: 0}) {
		t.Errorf("its reverse measures %+v", got)
	}
}

func TestEqualsShareWhatTheyWinTogether(t *testing.T) {
	t.Parallel()
	designs := []Design{scored(4, 1, true), scored(4, 1, false), scored(4, 1, false), scored(4, 1, false)}
	same := func(Design) float64 { return 1 }
	if got := measure(designs, same, 2); got != (Measure{AUC: 0.5, Hits: 0.5}) {
		t.Errorf("four equals, one printed, two places: %+v", got)
	}
}

func TestAChallengeThatPrintedNothingSaysNothing(t *testing.T) {
	t.Parallel()
	if e := Evaluate(Table{Designs: []Design{scored(5, 3, false), scored(4, 3, false)}}); len(e.Challenges) != 0 || e.Printed != 0 {
		t.Errorf("it was evaluated: %+v", e)
	}
}

func TestThreeFivesDoNotBeatAThousandFours(t *testing.T) {
	t.Parallel()
	designs := []Design{scored(5, 3, false), scored(4, 1000, false)}
	for range 50 {
		designs = append(designs, scored(3, 120, false))
	}
	ours := orders(designs)["ours"]
	if ours(designs[0]) >= ours(designs[1]) {
		t.Errorf("three 5s are at %f, a thousand 4s at %f", ours(designs[0]), ours(designs[1]))
	}
}

// The goals of docs/ranking.md, on the real table.
func TestOurOrderFindsWhatThreadlessPrintedAsWellAsTheAverageDoes(t *testing.T) {
	t.Parallel()
	table, err := ReadThreadless(realTable(t), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	e := Evaluate(table)
	if e.Printed != 181 {
		t.Fatalf("%d printed designs were compared, not 181", e.Printed)
	}
	if e.AUC["ours"] < e.AUC["average"] {
		t.Errorf("the area under our curve is %.4f, under the average's %.4f", e.AUC["ours"], e.AUC["average"])
	}
	if e.Recall["ours"] < e.Recall["average"]-0.02 {
		t.Errorf("our top holds %.4f of what was printed, the average's %.4f", e.Recall["ours"], e.Recall["average"])
	}
	if math.Abs(e.AUC["scores"]-0.6976) > 0.005 {
		t.Errorf("by number of scores the area is %.4f; another program said 0.6976", e.AUC["scores"])
	}
}

func TestThePriorIsTheBoards(t *testing.T) {
	t.Parallel()
	mean, weight := prior([]Design{scored(5, 1, false), scored(2, 3, false), {Scores: votes.Scores{}}})
	if mean != 2.75 || weight != 2 {
		t.Errorf("mean %f, weight %f; want 2.75 and 2", mean, weight)
	}
}

package load

import (
	"math"
	"math/rand/v2"
	"time"
)

// plan says of every number what the set holds. It follows from the options
// and the moment the set was begun, so that a load that was stopped goes on with
// the same set.
type plan struct {
	ideas, votes, members int
	at                    time.Time // to the second
	counts                []int32   // voters by place in popularity
	first, step           int       // walk from an idea to its place
	contributors          int       // the first of the members
	topics                []int64
	tongues               [2]*tongue
}

// years is how far back the set reaches.
const years = 2

func newPlan(o SeedOptions, at time.Time, topics []int64) *plan {
	p := &plan{ideas: o.Ideas, votes: o.Votes, members: o.Members, at: at.UTC().Truncate(time.Second), topics: topics}
	p.counts = powerLaw(o.Ideas, o.Votes, most(o.Members))
	r := rand.New(rand.NewPCG(1, 3))
	p.first, p.step = r.IntN(o.Ideas), coprime(r, o.Ideas)
	p.contributors = max(o.Members/5, 1)
	p.tongues = [2]*tongue{newTongue("nl"), newTongue("en")}
	return p
}

// most is how many members vote on one idea at most: not its contributor.
func most(members int) int { return max(members/2, 1) }

// powerLaw shares out the votes: the idea in place r gets about (r+10)^-0.9 of
// them, and none more than top. The sum is exact; it must fit.
func powerLaw(ideas, votes, top int) []int32 {
	counts, sum, given := make([]int32, ideas), 0.0, 0
	for r := range counts {
		sum += math.Pow(float64(r+10), -0.9)
	}
	for r := range counts {
		n := min(int(float64(votes)*math.Pow(float64(r+10), -0.9)/sum), top)
		counts[r] = int32(n)
		given += n
	}
	for given < votes {
		for r := range counts {
			if given < votes && int(counts[r]) < top {
				counts[r]++
				given++
			}
		}
	}
	return counts
}

func (p *plan) voters(idea int) int { return int(p.counts[(p.first+idea*p.step)%p.ideas]) }

// submitted is when an idea was proposed: they come evenly, in order.
func (p *plan) submitted(idea int) time.Time {
	span := p.at.Sub(p.at.AddDate(-years, 0, 0))
	return p.at.Add(-time.Duration(float64(span) * (1 - (float64(idea)+0.5)/float64(p.ideas)))).Truncate(time.Second)
}

// random gives chance that belongs to one idea.
func (p *plan) random(idea int) *rand.Rand { return rand.New(rand.NewPCG(uint64(idea), 4)) }

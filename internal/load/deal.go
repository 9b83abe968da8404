package load

import (
	"hash/fnv"
	"io"
	"math/rand/v2"

	"prosumer/internal/votes"
)

// deal gives the ballots of one design to the members: ballot j belongs to
// member first+j*step, and its score stands at start+j*stride among all scores
// in order. Both walks meet everything once before they repeat, so that nothing
// is kept, no member votes twice, and a later run deals the same.
type deal struct {
	scores        votes.Scores
	n, members    int
	first, step   int
	back          int // the inverse of step: leads from a member to the ballot
	start, stride int
}

// newDeal deals the scores of the design with this name. There must be at least
// as many members as scores.
func newDeal(name string, scores votes.Scores, members int) deal {
	r := rand.New(rand.NewPCG(hash(name), 0))
	d := deal{scores: scores, n: scores.Count(), members: members}
	d.first, d.step = r.IntN(members), coprime(r, members)
	d.back = inverse(d.step, members)
	d.start, d.stride = r.IntN(d.n), coprime(r, d.n)
	return d
}

// ballot gives the voter and the score of a ballot.
func (d deal) ballot(j int) (member, score int) {
	member = (d.first + j*d.step) % d.members
	rank := (d.start + j*d.stride) % d.n
	for i, count := range d.scores {
		if rank < count {
			return member, i + 1
		}
		rank -= count
	}
	return member, votes.MaxScore
}

// of gives the ballot of a member, and false when the member has none.
func (d deal) of(member int) (int, bool) {
	j := ((member - d.first + d.members) % d.members) * d.back % d.members
	return j, j < d.n
}

// coprime picks a step that walks over all of n: about between a quarter and
// three quarters of it, so that neighbours lie far apart.
func coprime(r *rand.Rand, n int) int {
	if n < 4 {
		return 1
	}
	for step := n/4 + r.IntN(n/2); ; step++ {
		if gcd(step, n) == 1 {
			return step
		}
	}
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// inverse finds x with a*x = 1 modulo n, for a and n without a common divisor.
func inverse(a, n int) int {
	x, next, r, left := 0, 1, n, a%n
	for left != 0 {
		q := r / left
		x, next = next, x-q*next
		r, left = left, r-q*left
	}
	return (x%n + n) % n
}

func hash(text string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, text) // it never fails
	return h.Sum64()
}

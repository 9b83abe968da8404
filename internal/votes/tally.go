package votes

import (
	"fmt"

	"github.com/lib/pq"

	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
)

// Tally is what the votes on one idea add up to. Voters, Scores and WouldBuy
// are customers'; Staff counts staff's votes apart. Revision grows by one with
// every change, so that whoever holds a newer one can drop an older.
//
// A tally read from the database holds its figures whatever its Seal says.
// Whoever hands it out says by Seen to whom.
type Tally struct {
	Idea     ideas.ID        `db:"idea_id"`
	Voters   int             `db:"voters"`
	Scores   Scores          `db:"scored"` // all zero where the ballot is support
	WouldBuy int             `db:"would_buy"`
	Staff    int             `db:"staff"`
	Revision int64           `db:"revision"`
	Seal     challenges.Seal `db:"seal"`
}

// Seen is the tally as somebody may see it who has voted on the idea, or not:
// without a seal when they may, without any figure, the revision included, when
// they may not.
func (t Tally) Seen(voted bool) Tally {
	switch {
	case t.Seal == challenges.Unsealed:
		return t
	case t.Seal == challenges.UntilVoted && voted:
		t.Seal = challenges.Unsealed
		return t
	default:
		return Tally{Idea: t.Idea, Seal: t.Seal}
	}
}

// Scores says how many gave 1, 2, 3, 4 and 5.
type Scores [5]int

// Scan reads PostgreSQL's integer array of five.
func (s *Scores) Scan(src any) error {
	var list pq.Int64Array
	if err := list.Scan(src); err != nil {
		return err
	}
	if len(list) != len(s) {
		return fmt.Errorf("%d scores, not %d", len(list), len(s))
	}
	for i, n := range list {
		s[i] = int(n)
	}
	return nil
}

// Count says how many gave a score.
func (s Scores) Count() int { return s[0] + s[1] + s[2] + s[3] + s[4] }

// Mean is their average, and false while there are none.
func (s Scores) Mean() (float64, bool) {
	n := s.Count()
	if n == 0 {
		return 0, false
	}
	return float64(s[0]+2*s[1]+3*s[2]+4*s[3]+5*s[4]) / float64(n), true
}

package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// choice is what a client wants its vote on an idea to be.
type choice int8

const (
	absent  choice = iota // retracted, or never cast
	support               // a vote
	buys                  // a vote with the tick
)

// verdict is what a client knows about what it asked.
type verdict int8

const (
	inDoubt verdict = iota // no answer, or one that leaves it open (5xx)
	acked                  // a 2xx answer
	refused                // a 4xx answer: nothing was changed
)

// pair is what there can be one vote on.
type pair struct{ Idea, Voter int64 }

// entry is one line of the journal.
type entry struct {
	Pair            pair
	Choice          choice
	Verdict         verdict
	Status          int
	Again           bool // the refusal carried Retry-After
	Asked, Answered time.Time
}

// Took is how long the client waited.
func (e entry) took() time.Duration { return e.Answered.Sub(e.Asked) }

// journal is what clients asked and what they were told.
type journal struct {
	mu      sync.Mutex
	entries []entry
}

func (j *journal) add(e entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries = append(j.entries, e)
}

// all is a copy of the entries so far.
func (j *journal) all() []entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.entries)
}

// since are the entries asked at or after a moment.
func (j *journal) since(t time.Time) []entry {
	return slices.DeleteFunc(j.all(), func(e entry) bool { return e.Asked.Before(t) })
}

// judgement is what comparing the table with the journal found.
type judgement struct {
	Acked, Refused, InDoubt int
	Pairs                   int
	Lost                    int // an acknowledged vote is not there
	Changed                 int // another choice than the acknowledged one
	Extra                   int // a vote that nobody asked for, or that was acknowledged as retracted
	Double                  int // more than one row for a voter and an idea
	Samples                 []string
}

func (f judgement) wrong() int { return f.Lost + f.Changed + f.Extra + f.Double }

// figures are the judgement in the report.
func (f judgement) figures() []figure {
	return []figure{
		told("votes acknowledged", "%d (%d refused, %d in doubt) on %d pairs of voter and idea", f.Acked, f.Refused, f.InDoubt, f.Pairs),
		none("acknowledged votes lost", f.Lost),
		none("votes with another choice than acknowledged", f.Changed),
		none("votes nobody asked for or that were taken back", f.Extra),
		none("double votes", f.Double),
	}
}

// check compares the table with the journal.
func (j *journal) check(ctx context.Context, b *board) (judgement, error) {
	var rows []struct {
		Idea  int64 `db:"idea_id"`
		Voter int64 `db:"voter_id"`
		Buys  bool  `db:"would_buy"`
		N     int   `db:"n"`
	}
	const query = `SELECT idea_id, voter_id, bool_or(would_buy) AS would_buy, count(*) AS n FROM votes GROUP BY idea_id, voter_id`
	if err := b.DB.SelectContext(ctx, &rows, query); err != nil {
		return judgement{}, fmt.Errorf("read the votes: %w", err)
	}
	there := map[pair]choice{}
	var f judgement
	for _, r := range rows {
		there[pair{r.Idea, r.Voter}] = map[bool]choice{false: support, true: buys}[r.Buys]
		if r.N > 1 {
			f.Double++
		}
	}
	lines := map[pair][]entry{}
	for _, e := range j.all() {
		lines[e.Pair] = append(lines[e.Pair], e)
		switch e.Verdict {
		case acked:
			f.Acked++
		case refused:
			f.Refused++
		default:
			f.InDoubt++
		}
	}
	f.Pairs = len(lines)
	for p := range there {
		if _, known := lines[p]; !known {
			f.Extra++
		}
	}
	for p, list := range lines {
		f.compare(p, there[p], list)
	}
	return f, nil
}

// compare judges one pair.
func (f *judgement) compare(p pair, is choice, list []entry) {
	may := possible(list)
	if slices.Contains(may, is) {
		return
	}
	switch {
	case is == absent:
		f.Lost++
	case slices.Contains(may, absent) && len(may) == 1:
		f.Extra++
	default:
		f.Changed++
	}
	if len(f.Samples) < 5 {
		f.Samples = append(f.Samples, fmt.Sprintf("idea %d, voter %d: is %d, may be %v", p.Idea, p.Voter, is, may))
	}
}

// possible are the choices that may stand at the end. An entry is overruled by
// one that was acknowledged and asked only after the entry's own answer; what
// was asked at the same time, or is in doubt, may have come last.
func possible(list []entry) (may []choice) {
	var last time.Time // when the newest acknowledged one was asked
	any := false
	for _, e := range list {
		if e.Verdict == acked && (!any || e.Asked.After(last)) {
			last, any = e.Asked, true
		}
	}
	if !any {
		may = append(may, absent)
	}
	for _, e := range list {
		if e.Verdict == refused || any && e.Answered.Before(last) || slices.Contains(may, e.Choice) {
			continue
		}
		may = append(may, e.Choice)
	}
	return may
}

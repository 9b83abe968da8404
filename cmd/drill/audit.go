package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"prosumer/internal/pg"
)

// auditor compares tallies with votes again and again, each time in one
// statement and so in one snapshot.
type auditor struct {
	Snapshots, Mismatches, Away int
	First                       string // what differed first

	stop context.CancelFunc
	done sync.WaitGroup
}

// everySnapshot is the pause between two snapshots.
const everySnapshot = 50 * time.Millisecond

// audit starts one; halt ends it.
func (b *board) audit(ctx context.Context) *auditor {
	ctx, stop := context.WithCancel(ctx)
	w := &auditor{stop: stop}
	query := b.differing(ctx)
	w.done.Go(func() {
		tick := time.NewTicker(everySnapshot)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			n, err := b.count(ctx, query)
			switch {
			case ctx.Err() != nil:
				return
			case pg.Away(err):
				w.Away++
			case err != nil:
				w.Mismatches++
				w.First = err.Error()
			default:
				w.Snapshots++
				if n > 0 {
					w.Mismatches++
					if w.First == "" {
						w.First = fmt.Sprintf("%d tallies differed at %s", n, time.Now().Format(time.TimeOnly))
					}
				}
			}
		}
	})
	return w
}

// halt ends it and gives its figures.
func (w *auditor) halt() []figure {
	w.stop()
	w.done.Wait()
	f := none("snapshots in which a tally differed from its votes", w.Mismatches)
	f.Value = fmt.Sprintf("%d of %d", w.Mismatches, w.Snapshots)
	if w.First != "" {
		f.Value += ": " + w.First
	}
	f.Met = f.Met && w.Snapshots > 0
	return []figure{f}
}

// differing is the query for the number of tallies that do not equal their
// votes; it asks for the scores too where the schema has them.
func (b *board) differing(ctx context.Context) string {
	counted := []string{"voters", "would_buy", "staff"}
	sums := []string{
		"count(*) FILTER (WHERE counts AND NOT staff) AS voters",
		"count(*) FILTER (WHERE counts AND NOT staff AND would_buy) AS would_buy",
		"count(*) FILTER (WHERE counts AND staff) AS staff",
	}
	if b.has(ctx, "tallies", "ones") && b.has(ctx, "votes", "score") {
		for i, name := range []string{"ones", "twos", "threes", "fours", "fives"} {
			counted = append(counted, name)
			sums = append(sums, fmt.Sprintf("count(*) FILTER (WHERE counts AND NOT staff AND score = %d) AS %s", i+1, name))
		}
	}
	var kept, made []string
	for _, name := range counted {
		kept, made = append(kept, "t."+name), append(made, "coalesce(c."+name+", 0)")
	}
	return fmt.Sprintf(`
		SELECT count(*) FROM tallies t FULL JOIN (SELECT idea_id, %s FROM votes GROUP BY idea_id) AS c USING (idea_id)
		WHERE (%s) IS DISTINCT FROM (%s)`, strings.Join(sums, ", "), strings.Join(kept, ", "), strings.Join(made, ", "))
}

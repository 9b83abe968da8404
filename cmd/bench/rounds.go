package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// outcome is what a round saw.
type outcome struct {
	perSecond float64
	p50, p99  time.Duration
	failed    int
}

// design is one way of doing something, measured in rounds.
type design struct {
	name  string
	round func(ctx context.Context, lasts time.Duration) outcome
	seen  []outcome
}

// interleave runs the designs round by round, so that what disturbs one
// disturbs its neighbours too. A first round of each warms it up.
func interleave(ctx context.Context, o options, designs ...*design) error {
	for round := range o.rounds + 1 {
		for _, d := range designs {
			if err := ctx.Err(); err != nil {
				return err
			}
			seen := d.round(ctx, o.round)
			if round > 0 {
				d.seen = append(d.seen, seen)
			}
		}
		fmt.Printf("  round %d of %d\n", round, o.rounds)
	}
	return nil
}

// closed runs clients that each act again when the last act was answered, and
// gathers how long each act took.
func closed(clients int, lasts time.Duration, client func(n int, end time.Time) (times []time.Duration, failed int)) outcome {
	end := time.Now().Add(lasts)
	var mu sync.Mutex
	var times []time.Duration
	failed := 0
	var all sync.WaitGroup
	begun := time.Now()
	for n := range clients {
		all.Go(func() {
			own, bad := client(n, end)
			mu.Lock()
			defer mu.Unlock()
			times = append(times, own...)
			failed += bad
		})
	}
	all.Wait()
	took := time.Since(begun)
	slices.Sort(times)
	if len(times) == 0 {
		return outcome{failed: failed}
	}
	return outcome{perSecond: float64(len(times)) / took.Seconds(), p50: times[len(times)/2], p99: times[len(times)*99/100], failed: failed}
}

func median[T any, K float64 | time.Duration](list []T, key func(T) K) K {
	if len(list) == 0 {
		return 0
	}
	keys := make([]K, len(list))
	for i, v := range list {
		keys[i] = key(v)
	}
	slices.Sort(keys)
	return keys[len(keys)/2]
}

func rate(o outcome) float64      { return o.perSecond }
func p50(o outcome) time.Duration { return o.p50 }
func p99(o outcome) time.Duration { return o.p99 }

// row is a design's line in a table.
func (d *design) row() []string {
	return []string{d.name, fmt.Sprintf("%.0f", median(d.seen, rate)), ms(median(d.seen, p50)), ms(median(d.seen, p99)), fmt.Sprint(failures(d.seen))}
}

var roundColumns = []string{"design", "votes/s", "p50", "p99", "failed"}

// against gives the median, least and most of the ratio of two designs, round
// by round: what two neighbours in time share cancels out.
func (d *design) against(other *design, key func(outcome) float64) (mid float64, noise string) {
	var all []float64
	for i := range min(len(d.seen), len(other.seen)) {
		if below := key(other.seen[i]); below > 0 {
			all = append(all, key(d.seen[i])/below)
		}
	}
	if len(all) == 0 {
		return 0, ""
	}
	slices.Sort(all)
	return all[len(all)/2], fmt.Sprintf("%.2f to %.2f", all[0], all[len(all)-1])
}

func slowest(o outcome) float64 { return o.p99.Seconds() }

// atLeast makes the goal that a ratio reaches a bound.
func atLeast(number, what string, value, bound float64, noise string) goal {
	return goal{Number: number, What: what, Goal: "at least " + times(bound), Seen: times(value), Value: value, Met: value >= bound, Noise: noise}
}

// atMost makes the goal that a ratio stays below a bound.
func atMost(number, what string, value, bound float64, noise string) goal {
	return goal{Number: number, What: what, Goal: "at most " + times(bound), Seen: times(value), Value: value, Met: value <= bound, Noise: noise}
}

func times(v float64) string { return fmt.Sprintf("%.2f times", v) }

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

func failures(list []outcome) (n int) {
	for _, o := range list {
		n += o.failed
	}
	return n
}

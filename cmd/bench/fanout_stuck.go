//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	stuckOf       = 10 // one in so many does not read
	stuckRounds   = 5
	stuckFor      = 2500 * time.Millisecond
	stuckWindow   = 4 << 10
	votesFew      = 100
	votesMany     = 5_000
	votesOn       = 30 // ideas
	votesFor      = 3 * time.Second
	votesRounds   = 3
	droppedWithin = 20 * time.Second // 15 and the time to notice
)

// growth is what votes cost the serving side, by how many there are.
type growth struct{ few, many, ratio span }

// measureGrowth has every socket watch all ideas and interleaves the two rates.
func measureGrowth(ctx context.Context, program string) (growth, error) {
	n, err := startSockets(ctx, program)
	if err != nil {
		return growth{}, err
	}
	defer n.stop()
	socks, err := n.crowd.join(fewSockets, 0)
	if err != nil {
		return growth{}, err
	}
	message := `{"watch":["idea:1"`
	for i := 2; i <= votesOn; i++ {
		message += fmt.Sprintf(`,"idea:%d"`, i)
	}
	if err := n.watch(socks, message+`]}`); err != nil {
		return growth{}, err
	}
	var few, many, ratio []float64
	for range votesRounds {
		var used [2]float64
		for i, rate := range []int{votesFew, votesMany} {
			if err := ctx.Err(); err != nil {
				return growth{}, err
			}
			r, err := n.order(order{Do: "votes", Rate: rate, Ideas: votesOn, For: votesFor})
			if err != nil {
				return growth{}, err
			}
			used[i] = r.CPU.Seconds() / r.Took.Seconds()
			n.crowd.quiet()
		}
		few, many, ratio = append(few, used[0]), append(many, used[1]), append(ratio, used[1]/used[0])
	}
	return growth{spanOf(few), spanOf(many), spanOf(ratio)}, nil
}

// stuck is what readers who do not read cost the others, and the kernel.
type stuck struct {
	readers, dropped    int
	without, with       span // the others' p99 in ms
	ratio               span
	kernelMid, kernelOf int // bytes: of the median and of the largest
	after               time.Duration
}

// measureStuck interleaves rounds without and with stuck readers; the last of
// them stay until the hub drops them.
func measureStuck(ctx context.Context, program string) (s stuck, err error) {
	n, err := startSockets(ctx, program)
	if err != nil {
		return s, err
	}
	defer n.stop()
	s.readers = fewSockets / stuckOf
	others := fewSockets - s.readers
	socks, err := n.crowd.join(others, 0)
	if err != nil {
		return s, err
	}
	if err := n.watch(socks, watchHot); err != nil {
		return s, err
	}
	var without, with, ratio []float64
	for round := range stuckRounds {
		if err := ctx.Err(); err != nil {
			return s, err
		}
		free, err := n.steady(others, stuckFor)
		if err != nil {
			return s, err
		}
		silent, err := n.jam(s.readers)
		if err != nil {
			return s, err
		}
		begun := time.Now()
		held, err := n.steady(others, stuckFor)
		if err != nil {
			return s, err
		}
		without, with = append(without, free.p99), append(with, held.p99)
		ratio = append(ratio, held.p99/free.p99)
		r, err := n.order(order{Do: "kernel"})
		if err != nil {
			return s, err
		}
		if len(r.Kernel) < s.readers {
			return s, fmt.Errorf("only %d of %d readers are stuck", len(r.Kernel), s.readers)
		}
		s.kernelMid, s.kernelOf = r.Kernel[len(r.Kernel)/2], max(s.kernelOf, r.Kernel[len(r.Kernel)-1])
		if round == stuckRounds-1 {
			if err := n.dropped(&s, begun); err != nil {
				return s, err
			}
		}
		n.crowd.leave(silent)
		time.Sleep(200 * time.Millisecond) // for the hub to notice
	}
	s.without, s.with, s.ratio = spanOf(without), spanOf(with), spanOf(ratio)
	return s, nil
}

// jam makes readers that watch, never read, and have no room left.
func (n *near) jam(readers int) ([]*sock, error) {
	silent, err := n.crowd.join(readers, stuckWindow)
	if err == nil {
		err = n.crowd.say(silent, watchHot)
	}
	if err == nil {
		time.Sleep(100 * time.Millisecond)
		_, err = n.order(order{Do: "fill", Size: 8 << 10, Every: 40 * time.Millisecond, For: time.Second})
	}
	n.crowd.quiet()
	return silent, err
}

// dropped waits until the hub has cut every stuck reader.
func (n *near) dropped(s *stuck, begun time.Time) error {
	for time.Since(begun) < droppedWithin {
		r, err := n.order(order{Do: "resident"})
		if err != nil {
			return err
		}
		if s.dropped = int(r.Stats.Stuck); s.dropped >= s.readers {
			s.after = time.Since(begun)
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("the hub does not drop stuck readers")
}

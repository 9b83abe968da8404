//go:build linux

package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// How much is measured; all of it together takes about a minute and a half.
const (
	fewSockets  = 1_000
	manySockets = 10_000
	changeEvery = 100 * time.Millisecond
	steadyFor   = 2500 * time.Millisecond
	steadyTimes = 5
	flatRounds  = 7
	flatFor     = 400 * time.Millisecond
)

// The goals of the fan-out.
const (
	goalFlat   = 0.75
	goalKiB    = 6.0
	goalLate   = 150 // ms
	goalGrowth = 1.5
	goalOthers = 1.5
	goalKernel = 256 << 10
)

// span is a figure measured several times.
type span struct{ mid, low, high float64 }

func spanOf(all []float64) span {
	if len(all) == 0 {
		return span{}
	}
	all = slices.Sorted(slices.Values(all))
	return span{all[len(all)/2], all[0], all[len(all)-1]}
}

func (s span) noise() string { return fmt.Sprintf("%.2f to %.2f", s.low, s.high) }

// heard is what a steady pace of changes gave.
type heard struct {
	share    float64 // of all changes to all sockets
	p50, p99 float64 // ms
	cpu      float64 // processors the serving side used
}

// size is what one number of sockets costs.
type size struct {
	sockets                int
	idle, watching, loaded float64 // KiB a connection
	goroutines             float64
	share, p50, p99, cpu   span
	hub, bare              span // messages a second
	clock, work            span // hub to bare, by the clock and by processor time
}

// measureFanout runs the hub in a process of its own, by the hidden command
// socket-server of the given program, and holds the other ends of its sockets.
func measureFanout(ctx context.Context, program string) ([]section, error) {
	many, err := measureSize(ctx, program, manySockets)
	if err != nil {
		return nil, fmt.Errorf("%d sockets: %w", manySockets, err)
	}
	few, err := measureSize(ctx, program, fewSockets)
	if err != nil {
		return nil, fmt.Errorf("%d sockets: %w", fewSockets, err)
	}
	growth, err := measureGrowth(ctx, program)
	if err != nil {
		return nil, fmt.Errorf("processor time by votes: %w", err)
	}
	stuck, err := measureStuck(ctx, program)
	if err != nil {
		return nil, fmt.Errorf("stuck readers: %w", err)
	}
	return []section{socketsSection(few, many), flatSection(few, many), growth.section(), stuck.section()}, nil
}

// measureSize opens so many sockets on a fresh process and does everything to them.
func measureSize(ctx context.Context, program string, sockets int) (size, error) {
	s := size{sockets: sockets}
	n, err := startSockets(ctx, program)
	if err != nil {
		return s, err
	}
	defer n.stop()
	each := func(r, empty reply) float64 { return float64(r.Resident-empty.Resident) / float64(sockets) }

	if err := n.warm(); err != nil {
		return s, err
	}
	empty, err := n.order(order{Do: "memory"})
	if err != nil {
		return s, err
	}
	socks, err := n.crowd.join(sockets, 0)
	if err != nil {
		return s, err
	}
	idle, err := n.order(order{Do: "memory"})
	if err != nil {
		return s, err
	}
	if err := n.watch(socks, watchHot); err != nil {
		return s, err
	}
	watching, err := n.order(order{Do: "memory"})
	if err != nil {
		return s, err
	}
	s.idle, s.watching = each(idle, empty), each(watching, empty)
	s.goroutines = float64(idle.Goroutines-empty.Goroutines) / float64(sockets)

	if err := n.steadily(ctx, &s); err != nil {
		return s, err
	}
	loaded, err := n.order(order{Do: "resident"})
	if err != nil {
		return s, err
	}
	s.loaded = each(loaded, empty)
	if err := n.flat(ctx, &s); err != nil {
		return s, err
	}
	if lost := n.crowd.lost(socks); lost > 0 {
		return s, fmt.Errorf("%d sockets were lost on the way", lost)
	}
	return s, nil
}

// steady has the hot topic change at an even pace and says how it was heard by
// so many watchers.
func (n *near) steady(watchers int, lasts time.Duration) (heard, error) {
	var r reply
	late, err := n.crowd.times(func() (err error) {
		r, err = n.order(order{Do: "steady", For: lasts, Every: changeEvery})
		return err
	})
	if err != nil || len(late) == 0 {
		return heard{}, fmt.Errorf("a steady pace: %d receipts: %w", len(late), err)
	}
	at := func(share int) float64 { return float64(late[len(late)*share/100]) / 1000 }
	return heard{
		share: float64(len(late)) / float64(r.Changes*watchers), p50: at(50), p99: at(99),
		cpu: r.CPU.Seconds() / r.Took.Seconds(),
	}, nil
}

// steadily repeats that, since the machine is never the same for long.
func (n *near) steadily(ctx context.Context, s *size) error {
	var share, p50, p99, cpu []float64
	for range steadyTimes {
		if err := ctx.Err(); err != nil {
			return err
		}
		h, err := n.steady(s.sockets, steadyFor)
		if err != nil {
			return err
		}
		share, p50, p99, cpu = append(share, h.share), append(p50, h.p50), append(p99, h.p99), append(cpu, h.cpu)
	}
	s.share, s.p50, s.p99, s.cpu = spanOf(share), spanOf(p50), spanOf(p99), spanOf(cpu)
	return nil
}

// flat interleaves the hub and bare writes on the same connections.
func (n *near) flat(ctx context.Context, s *size) error {
	var hub, bare, clock, work []float64
	for round := range flatRounds + 1 {
		var r [2]reply
		for i := range 2 {
			if err := ctx.Err(); err != nil {
				return err
			}
			which := (i + round) % 2 // take turns at being first
			var err error
			if r[which], err = n.order(order{Do: []string{"direct", "bare"}[which], For: flatFor}); err != nil {
				return err
			}
			n.crowd.quiet()
		}
		if round == 0 {
			continue // warms up
		}
		rate := func(r reply) float64 { return float64(r.Sent) / r.Took.Seconds() }
		cost := func(r reply) float64 { return r.CPU.Seconds() / float64(max(r.Sent, 1)) }
		hub, bare = append(hub, rate(r[0])), append(bare, rate(r[1]))
		clock, work = append(clock, rate(r[0])/rate(r[1])), append(work, cost(r[1])/cost(r[0]))
	}
	s.hub, s.bare, s.clock, s.work = spanOf(hub), spanOf(bare), spanOf(clock), spanOf(work)
	return nil
}

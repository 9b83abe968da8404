//go:build linux

package main

import (
	"fmt"
	"time"
)

func socketsSection(few, many size) section {
	s := section{
		Title: "Websockets: memory and delay",
		Text: fmt.Sprintf("The hub and its endpoint as the server wires them, in a process of its own; the other ends of the sockets in another, on the same machine. Resident memory is what the process grew by, tidied up (garbage collected, free pages given back) but for the column under load. One topic changes every %s, %d times for %s; p50 and p99 are from the change to its receipt, medians of these times, beside the time that bare write(2) takes to go round once. Delivered counts what was heard of all changes to all sockets: what is too old to be sent is skipped.",
			changeEvery, steadyTimes, steadyFor),
		Columns: []string{"sockets", "KiB idle", "KiB watching a topic", "KiB under load", "goroutines", "delivered", "p50", "p99", "noise", "bare round", "processors"},
	}
	for _, z := range []size{few, many} {
		s.Rows = append(s.Rows, []string{
			fmt.Sprint(z.sockets), fmt.Sprintf("%.2f", z.idle), fmt.Sprintf("%.2f", z.watching), fmt.Sprintf("%.2f", z.loaded), fmt.Sprintf("%.2f", z.goroutines),
			fmt.Sprintf("%.1f %%", 100*z.share.mid), fmt.Sprintf("%.1f ms", z.p50.mid), fmt.Sprintf("%.1f ms", z.p99.mid), z.p99.noise(), fmt.Sprintf("%.1f ms", z.round()), fmt.Sprintf("%.2f", z.cpu.mid),
		})
	}
	s.Goals = []goal{
		{
			Number: "7", What: fmt.Sprintf("memory and goroutines per idle connection at %d", many.sockets),
			Goal: fmt.Sprintf("at most %.0f KiB and 1 goroutine", goalKiB), Seen: fmt.Sprintf("%.2f KiB (%.2f watching a topic), %.2f goroutines", many.idle, many.watching, many.goroutines),
			Value: many.idle, Met: many.idle <= goalKiB && many.goroutines < 1.01,
		},
		{
			Number: "8a", What: fmt.Sprintf("p99 from change to receipt at %d sockets and %d changes a second", many.sockets, time.Second/changeEvery),
			Goal: fmt.Sprintf("at most %d ms", goalLate), Seen: fmt.Sprintf("%.0f ms (p50 %.0f); bare writes alone %.0f ms", many.p99.mid, many.p50.mid, many.round()),
			Value: many.p99.mid, Met: many.p99.mid <= goalLate, Noise: many.p99.noise(),
		},
	}
	return s
}

// round is how long bare writes take to reach every socket once, in ms.
func (z size) round() float64 { return 1000 * float64(z.sockets) / z.bare.mid }

func flatSection(few, many size) section {
	s := section{
		Title: "Websockets: flat out",
		Text: fmt.Sprintf("Every socket watches one topic, which changes as soon as the last change is out; against bare write(2) of the same frame to the same sockets in the same process. %d rounds of %s each, interleaved. By the clock the ratio also holds what else the machine did; by processor time it is the messages for each second of the serving process alone.",
			flatRounds, flatFor),
		Columns: []string{"sockets", "hub, messages/s", "bare write(2), messages/s", "hub / bare by the clock", "noise", "by processor time", "noise"},
	}
	for i, z := range []size{few, many} {
		s.Rows = append(s.Rows, []string{fmt.Sprint(z.sockets), fmt.Sprintf("%.0f", z.hub.mid), fmt.Sprintf("%.0f", z.bare.mid), fmt.Sprintf("%.2f", z.clock.mid), z.clock.noise(), fmt.Sprintf("%.2f", z.work.mid), z.work.noise()})
		s.Goals = append(s.Goals, goal{
			Number: []string{"6a", "6b"}[i], What: fmt.Sprintf("fan-out to %d sockets against bare write(2)", z.sockets),
			Goal: fmt.Sprintf("at least %.0f %%", 100*goalFlat), Seen: fmt.Sprintf("%.0f %% by the clock, %.0f %% by processor time", 100*z.clock.mid, 100*z.work.mid),
			Value: z.clock.mid, Met: z.clock.mid >= goalFlat, Noise: z.clock.noise(),
		})
	}
	return s
}

func (g growth) section() section {
	row := func(rate int, used span) []string {
		return []string{fmt.Sprint(rate), fmt.Sprintf("%.3f", used.mid), used.noise()}
	}
	return section{
		Title: "Websockets: processor time by votes",
		Text: fmt.Sprintf("%d sockets that each watch the same %d ideas; votes fall evenly on these and are told of every 4 ms, as after a commit. Processors used by the serving process, %d rounds of %s each, interleaved.",
			fewSockets, votesOn, votesRounds, votesFor),
		Columns: []string{"votes/s", "processors", "noise"},
		Rows:    [][]string{row(votesFew, g.few), row(votesMany, g.many)},
		Goals: []goal{{
			Number: "8b", What: fmt.Sprintf("processor time of the live path from %d to %d votes/s", votesFew, votesMany),
			Goal: fmt.Sprintf("less than %.1f times", goalGrowth), Seen: fmt.Sprintf("%.2f times", g.ratio.mid),
			Value: g.ratio.mid, Met: g.ratio.mid < goalGrowth, Noise: g.ratio.noise(),
		}},
	}
}

func (s stuck) section() section {
	return section{
		Title: "Websockets: stuck readers",
		Text: fmt.Sprintf("%d sockets of which %d have a small receive window and never read; large events fill what the kernel holds for them, then one topic changes every %s as above. Kernel memory is what SO_MEMINFO reports of the serving end: received, queued, reserved ahead, options and backlog. %d rounds of %s each, interleaved; the last stuck readers stay until they are dropped.",
			fewSockets, s.readers, changeEvery, stuckRounds, stuckFor),
		Columns: []string{"", "median", "noise"},
		Rows: [][]string{
			{"p99 of the others, none stuck", fmt.Sprintf("%.1f ms", s.without.mid), s.without.noise()},
			{"p99 of the others, 10 % stuck", fmt.Sprintf("%.1f ms", s.with.mid), s.with.noise()},
			{"kernel memory of a stuck reader", fmt.Sprintf("%d KiB", s.kernelMid>>10), fmt.Sprintf("at most %d KiB", s.kernelOf>>10)},
			{"dropped", fmt.Sprintf("%d of %d", s.dropped, s.readers), fmt.Sprintf("the last after %.1f s", s.after.Seconds())},
		},
		Goals: []goal{
			{
				Number: "9a", What: "the others' p99 with 10 % stuck readers",
				Goal: fmt.Sprintf("less than %.1f times", goalOthers), Seen: fmt.Sprintf("%.2f times", s.ratio.mid),
				Value: s.ratio.mid, Met: s.ratio.mid < goalOthers, Noise: s.ratio.noise(),
			},
			{
				Number: "9b", What: "kernel memory of a stuck reader",
				Goal: fmt.Sprintf("at most %d KB", goalKernel>>10), Seen: fmt.Sprintf("%d KiB", s.kernelOf>>10),
				Value: float64(s.kernelOf), Met: s.kernelOf <= goalKernel,
			},
		},
	}
}

package main

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"sort"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
)

// delays says for every recording watcher and every vote acknowledged from a
// moment on and before another, how long after the answer the watcher had
// heard of it. What was heard before the answer counts as no delay; never is
// how many pairs were not heard of at all.
func (h *herd) delays(list []receipt, from, to time.Time) (delays []time.Duration, never int) {
	for _, w := range h.members {
		if !w.records {
			continue
		}
		w.mu.Lock()
		for _, a := range list {
			if a.at.Before(from) || !a.at.Before(to) {
				continue
			}
			heard := w.heard[a.idea]
			i := sort.Search(len(heard), func(i int) bool { return heard[i].revision >= a.revision })
			if i == len(heard) {
				never++
				continue
			}
			delays = append(delays, max(0, heard[i].at.Sub(a.at)))
		}
		w.mu.Unlock()
	}
	slices.Sort(delays)
	return delays, never
}

// busiest is the most tallies of one idea that one recording watcher was sent
// within any second of a span.
func (h *herd) busiest(from, to time.Time) int {
	most := 0
	for _, w := range h.members {
		w.mu.Lock()
		for _, heard := range w.heard {
			first := 0
			for i, e := range heard {
				if e.at.Before(from) || e.at.After(to) {
					first = i + 1
					continue
				}
				for e.at.Sub(heard[first].at) >= time.Second {
					first++
				}
				most = max(most, i-first+1)
			}
		}
		w.mu.Unlock()
	}
	return most
}

// quantile is the smallest value that so large a share of a sorted list does
// not exceed.
func quantile(sorted []time.Duration, share float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

// middle is the median of sorted times in words.
func middle(sorted []time.Duration) string {
	if len(sorted) == 0 {
		return "nothing was measured"
	}
	return span(quantile(sorted, 0.5))
}

// prompt is a figure of a quantile of sorted times; without any, it is missed.
func prompt(name string, sorted []time.Duration, share float64, goal time.Duration) figure {
	f := within(name, quantile(sorted, share), goal)
	if len(sorted) == 0 {
		f.Value, f.Met = "nothing was measured", false
	}
	return f
}

// wrong counts the pairs of a recording watcher and an idea whose last tally
// is not what the database holds, and shows one of them.
func (h *herd) wrong(stored map[int64]liveTally) (count int, example string) {
	for i, w := range h.members {
		if !w.records {
			continue
		}
		w.mu.Lock()
		for _, id := range h.ideas {
			if got := w.last[id]; got != stored[id] {
				count++
				example = fmt.Sprintf("watcher %d, idea %d: heard %+v, stored %+v", i, id, got, stored[id])
			}
		}
		w.mu.Unlock()
	}
	return count, example
}

// plainError names what went wrong with a connection without its addresses, so
// that the same counts as the same.
func plainError(err error) string {
	var number syscall.Errno
	var timeout net.Error
	var wire *net.OpError
	switch {
	case errors.As(err, &number):
		return number.Error()
	case errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case errors.Is(err, net.ErrClosed):
		return "cut from this side"
	case websocket.IsCloseError(err, websocket.CloseAbnormalClosure):
		return "lost without a close"
	case errors.As(err, &wire):
		return wire.Err.Error()
	}
	return err.Error()
}

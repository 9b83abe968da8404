package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// socketDrills are the drills of the live connections.
func socketDrills() []drill {
	return []drill{
		{
			ID: "W1", Title: "Readers that do not read", Run: stuckReaders,
			Goal: "a client that takes nothing is dropped within 15 s; the others' p99 delay stays below 250 ms with 5 % stuck",
		},
		{
			ID: "W2", Title: "Ten thousand connections on one node", Run: manyWatchers,
			Goal: "at most 64 KiB each, p99 delay of a tally at most 1 s at 100 votes a second, tallies coalesced per idea",
		},
		{
			ID: "W3", Title: "All connections cut at once", Run: allReset,
			Goal: "all back within 90 s, at most 500 handshakes a second accepted, the others 503 with Retry-After, p99 of a vote meanwhile at most 500 ms",
		},
		{
			ID: "W3K", Title: "All connections lost with the server", Run: allOrphaned,
			Goal: "the same after kill -9 and a restart",
		},
		{
			ID: "W4", Title: "Messages missed while away", Run: missedMessages,
			Goal: "after coming back every watcher's last tally is the database's, without a reload",
		},
	}
}

// tokens are what the members vote with.
func tokens(list []member) []string {
	all := make([]string, len(list))
	for i, m := range list {
		all[i] = m.Token
	}
	return all
}

// votesOn is votes by all members of a board at a node.
func votesOn(n *node, b *board, ideas []int64, rate int) *steady {
	return &steady{address: n.Address, host: n.Address, ideas: ideas, tokens: tokens(b.Members), rate: rate}
}

// watchersOf makes a herd that connects to a node directly.
func watchersOf(n *node, ideas []int64, size, every int) (*herd, error) {
	return newHerd(n.Address, "http://"+n.Address, n.Address, ideas, size, every)
}

// during votes while do runs, and says from when to when that was.
func (s *steady) during(ctx context.Context, do func(ctx context.Context)) (from, to time.Time) {
	voting, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	from = time.Now()
	go func() {
		defer close(done)
		s.run(voting)
	}()
	do(ctx)
	stop()
	<-done
	return from, time.Now()
}

// forAbout is something to do during votes: to wait.
func forAbout(d time.Duration) func(context.Context) {
	return func(ctx context.Context) { rest(ctx, d) }
}

// roomFor says why this process or the server may not open so many files, or
// nothing. Both have the same limit.
func roomFor(sockets int) string {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return "the limit of open files is unknown: " + err.Error()
	}
	need := uint64(sockets + 500)
	if limit.Max < need {
		return fmt.Sprintf("%d sockets need %d open files, and at most %d are allowed", sockets, need, limit.Max)
	}
	if limit.Cur < need {
		limit.Cur = limit.Max
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
			return "the limit of open files cannot be raised: " + err.Error()
		}
	}
	return ""
}

// resident is the memory of a process in bytes.
func resident(pid int) (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0, err
	}
	fields := bytes.Fields(raw)
	if len(fields) < 2 {
		return 0, fmt.Errorf("statm of %d: %q", pid, raw)
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	return pages * int64(os.Getpagesize()), err
}

// pressed says how busy the machine was before the drill began: where others
// want the processors, times tell less about the server.
func pressed() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "How busy the machine was is not known."
	}
	minute, _, _ := strings.Cut(string(raw), " ")
	return fmt.Sprintf("When it began, %s tasks wanted the %d processors (average of a minute).", minute, runtime.NumCPU())
}

// tallies is what the database holds of the ideas.
func (b *board) tallies(ctx context.Context, ideas []int64) (map[int64]liveTally, error) {
	var rows []struct {
		Idea     int64 `db:"idea_id"`
		Voters   int   `db:"voters"`
		WouldBuy int   `db:"would_buy"`
		Staff    int   `db:"staff"`
		Revision int64 `db:"revision"`
	}
	if err := b.DB.SelectContext(ctx, &rows, `SELECT idea_id, voters, would_buy, staff, revision FROM tallies`); err != nil {
		return nil, fmt.Errorf("tallies: %w", err)
	}
	stored := map[int64]liveTally{}
	for _, r := range rows {
		if slices.Contains(ideas, r.Idea) {
			stored[r.Idea] = liveTally(r)
		}
	}
	return stored, nil
}

// failures is a figure of votes that failed, and why.
func failures(name string, failed map[string]int) figure {
	n := 0
	var why []string
	for reason, times := range failed {
		n += times
		why = append(why, fmt.Sprintf("%d: %s", times, reason))
	}
	f := none(name, n)
	if n > 0 {
		slices.Sort(why)
		f.Value += " (" + strings.Join(why, "; ") + ")"
	}
	return f
}

// share is a figure of how many of all there are, whose goal is all.
func share(name string, n, all int) figure {
	return figure{Name: name, Value: strconv.Itoa(n), Goal: strconv.Itoa(all), Met: n == all}
}

package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// The goals this report measures against.
const (
	goalRatio = 3.0
	goalPage  = 40 << 10
	goalFonts = 90 << 10
)

type voteRow struct {
	Name        string
	Ours, Naive []outcome
}

type report struct {
	Machine, Go     string
	At              time.Time
	Clients, Rounds int
	Round           time.Duration
	Votes           []voteRow
	WrongTallies    int
	FirstLoad       firstLoad
	Cards           int
}

func median[T any, K float64 | time.Duration](list []T, key func(T) K) K {
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

// ratios of each pair of rounds: what two noisy neighbours in time still share.
func (v voteRow) ratios() (mid, low, high float64) {
	var all []float64
	for i := range v.Ours {
		if v.Naive[i].perSecond > 0 {
			all = append(all, v.Ours[i].perSecond/v.Naive[i].perSecond)
		}
	}
	if len(all) == 0 {
		return 0, 0, 0
	}
	slices.Sort(all)
	return all[len(all)/2], all[0], all[len(all)-1]
}

func failures(list []outcome) (n int) {
	for _, o := range list {
		n += o.failed
	}
	return n
}

func (r report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Benchmark\n\n%s, %s, %s. Server, PostgreSQL and load on the same machine; durable (fsync and synchronous_commit on).\n", r.At.UTC().Format(time.DateOnly), r.Machine, r.Go)
	fmt.Fprintf(&b, "%d connections that vote as %d members, by API token; %d rounds of %s each, interleaved; medians, and the least and most of the rounds' ratios as the noise.\n\n", r.Clients, benchMembers, r.Rounds, r.Round)
	b.WriteString("## Votes over HTTP\n\n| votes | design | votes/s | p50 | p99 | failed |\n|---|---|---|---|---|---|\n")
	for _, v := range r.Votes {
		for _, d := range []struct {
			name string
			list []outcome
		}{{"the server (group commit)", v.Ours}, {"a transaction per vote", v.Naive}} {
			fmt.Fprintf(&b, "| %s | %s | %.0f | %s | %s | %d |\n", v.Name, d.name, median(d.list, rate), ms(median(d.list, p50)), ms(median(d.list, p99)), failures(d.list))
		}
	}
	b.WriteString("\n")
	for _, v := range r.Votes {
		mid, low, high := v.ratios()
		fmt.Fprintf(&b, "- %s: **%.1f times** a transaction per vote (%.1f to %.1f); goal at least %.0f: %s\n", v.Name, mid, low, high, goalRatio, met(mid >= goalRatio))
	}
	fmt.Fprintf(&b, "- tallies that differ from their votes afterwards: %d\n\n", r.WrongTallies)
	b.WriteString("The transaction per vote runs in a bare application with its tokens in memory, so the comparison errs in its favour.\n\n")
	f := r.FirstLoad
	fmt.Fprintf(&b, "## First load of the board\n\nWith %d ideas on the page, gzip, bytes on the wire:\n\n| HTML | CSS | JS | together | fonts |\n|---|---|---|---|---|\n| %d | %d | %d | **%d** | **%d** |\n\n",
		r.Cards, f.HTML, f.CSS, f.JS, f.page(), f.Fonts)
	fmt.Fprintf(&b, "- HTML, CSS and JS: %.1f KiB; goal at most %d: %s\n- fonts: %.1f KiB; goal at most %d: %s\n",
		float64(f.page())/1024, goalPage>>10, met(f.page() <= goalPage), float64(f.Fonts)/1024, goalFonts>>10, met(f.Fonts <= goalFonts))
	return b.String()
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

func met(ok bool) string {
	if ok {
		return "met"
	}
	return "missed"
}

// machine says what the figures were made on.
func machine() string {
	name := "unknown processor"
	if f, err := os.Open("/proc/cpuinfo"); err == nil {
		defer func() { _ = f.Close() }()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			if value, found := strings.CutPrefix(lines.Text(), "model name"); found {
				name = strings.TrimSpace(strings.TrimLeft(value, "\t :"))
				break
			}
		}
	}
	return fmt.Sprintf("%s/%s, %d processors (%s)", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), name)
}

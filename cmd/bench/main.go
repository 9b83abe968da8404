// Command bench measures the hot paths of the built server, each against a
// limit of the same run, and writes bench/report.md and bench/report.json.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"
)

// options is how long and with what the run works.
type options struct {
	server string
	report string
	only   string
	rounds int
	round  time.Duration
	ideas  int
	votes  int
	replay string
}

// measure is one chapter of the run.
type measure struct {
	name string
	what string
	run  func(ctx context.Context, l *lab) ([]section, error)
}

var measures = []measure{
	{"batch", "the batch of votes in process", measureBatch},
	{"http", "votes over HTTP", measureHTTP},
	{"servers", "two servers on one database", measureServers},
	{"fanout", "websockets", func(ctx context.Context, l *lab) ([]section, error) { return measureFanout(ctx, l.self) }},
	{"pages", "pages", measureSite},
	{"talk", "a long talk, and searching everything", measureTalk},
	{"million", "a million ideas", measureMillion},
	{"replay", "the replay of real scores", measureReplay},
}

func main() {
	// The receiving sides of some measurements are processes of their own.
	if len(os.Args) > 1 {
		for name, side := range map[string]func([]string) error{"socket-server": socketServer, "hello": helloServer} {
			if os.Args[1] == name {
				if err := side(os.Args[2:]); err != nil {
					fmt.Fprintln(os.Stderr, "bench "+name+":", err)
					os.Exit(1)
				}
				return
			}
		}
	}
	debug.SetGCPercent(400) // as the server does: the writer is measured in this process, too
	var o options
	flag.StringVar(&o.server, "server", "bin/server", "the built server")
	flag.StringVar(&o.report, "report", "bench", "the folder the report goes to")
	flag.StringVar(&o.only, "only", "", "chapters to run, with commas: "+names())
	flag.IntVar(&o.rounds, "rounds", 5, "rounds of each design, interleaved")
	flag.DurationVar(&o.round, "round", 1500*time.Millisecond, "length of a round")
	flag.IntVar(&o.ideas, "ideas", 1_000_000, "ideas of the large set")
	flag.IntVar(&o.votes, "votes", 10_000_000, "votes of the large set")
	flag.StringVar(&o.replay, "replay", os.Getenv("DATA_SAMPLES")+"/threadless.csv", "the file to replay")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func names() string {
	var list []string
	for _, m := range measures {
		list = append(list, m.name)
	}
	return strings.Join(list, ",")
}

// run measures chapter by chapter and writes the report after each, so that
// one that fails, or is cut short, costs only itself.
func run(ctx context.Context, o options) error {
	l, err := newLab(ctx, o)
	if err != nil {
		return err
	}
	defer l.close()
	r, err := newReport(o)
	if err != nil {
		return err
	}
	var failed []string
	for i, m := range measures {
		if o.only != "" && !slices.Contains(strings.Split(o.only, ","), m.name) {
			continue
		}
		fmt.Printf("\n%d of %d: %s\n", i+1, len(measures), m.what)
		begun := time.Now()
		sections, err := m.run(ctx, l)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "bench: %s: %v\n", m.what, err)
			failed = append(failed, m.name)
		}
		r.put(m.name, sections, time.Since(begun))
		if err := r.write(); err != nil {
			return err
		}
		for _, s := range sections {
			fmt.Print("\n", s.markdown())
		}
	}
	fmt.Print("\n", r.summary())
	if len(failed) > 0 {
		return fmt.Errorf("not measured: %s", strings.Join(failed, ", "))
	}
	return nil
}

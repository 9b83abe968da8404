package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

// options is what to run, against what, and for how long.
type options struct {
	server string
	report string
	only   string
	short  bool
}

// errMissed ends the program with 1: a goal was missed.
var errMissed = errors.New("a drill missed its goal")

func main() {
	var o options
	flag.StringVar(&o.server, "server", "bin/server", "the built server")
	flag.StringVar(&o.report, "report", "bench/drills.md", "where the report goes; the figures go beside it as .json")
	flag.StringVar(&o.only, "only", "", "drills to run, such as V1,C2; all of them when empty")
	flag.BoolVar(&o.short, "short", false, "seconds for each drill rather than as long as it takes")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "drill:", err)
		os.Exit(1)
	}
}

// drills is every drill, in the order of the table.
func drills() []drill {
	return slices.Concat(voteDrills(), mergeDrills(), crashDrills(), natsDrills(), socketDrills(), stopDrills(), overloadDrills(), diskDrills(), migrateDrills())
}

func run(ctx context.Context, o options) error {
	chosen, err := choose(drills(), o.only)
	if err != nil {
		return err
	}
	l, err := newLab(ctx, o.server, o.short, os.Stdout)
	if err != nil {
		return err
	}
	defer l.close()
	r := newReport(o.short)
	r.keep(o.report, drills())
	for _, d := range chosen {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		fmt.Printf("%s: %s\n", d.ID, d.Title)
		row := l.perform(ctx, d)
		fmt.Println(row.lines())
		r.put(row)
		if err := r.write(o.report); err != nil { // after each, so that one cut short costs only itself
			return err
		}
	}
	fmt.Printf("The report is in %s.\n", o.report)
	if missed := r.missed(); len(missed) > 0 {
		return fmt.Errorf("%w: %s", errMissed, strings.Join(missed, ", "))
	}
	return nil
}

// choose keeps the drills that were asked for.
func choose(all []drill, only string) ([]drill, error) {
	if only == "" {
		return all, nil
	}
	var chosen []drill
	for id := range strings.SplitSeq(only, ",") {
		i := slices.IndexFunc(all, func(d drill) bool { return strings.EqualFold(d.ID, strings.TrimSpace(id)) })
		if i < 0 {
			return nil, fmt.Errorf("there is no drill %q", id)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

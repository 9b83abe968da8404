package main

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// drill is one fault and the goal it is held against.
type drill struct {
	ID, Title, Goal string
	Run             func(ctx context.Context, l *lab) outcome
}

// outcome is what became of a drill. Impossible says why this machine could not
// run it; such a drill neither passed nor missed.
type outcome struct {
	Passed     bool
	Impossible string
	Figures    []figure
	Notes      []string
}

// figure is one thing that was measured, beside what it should be.
type figure struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Goal  string `json:"goal,omitempty"`
	Met   bool   `json:"met"`

	timed bool // a slow machine may miss it without being wrong
}

// told is a figure without a goal.
func told(name, format string, args ...any) figure {
	return figure{Name: name, Value: fmt.Sprintf(format, args...), Met: true}
}

// none is a figure whose goal is that there is no such thing.
func none(name string, n int) figure {
	return figure{Name: name, Value: fmt.Sprint(n), Goal: "0", Met: n == 0}
}

// within is a figure whose goal is a longest time.
func within(name string, took, goal time.Duration) figure {
	return figure{Name: name, Value: span(took), Goal: "at most " + span(goal), Met: took <= goal, timed: true}
}

// holds is a figure that is so or is not.
func holds(name string, ok bool) figure {
	return figure{Name: name, Value: map[bool]string{true: "yes", false: "no"}[ok], Goal: "yes", Met: ok}
}

func span(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	default:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	}
}

// judged passes when every figure met its goal.
func judged(figures []figure, notes ...string) outcome {
	o := outcome{Passed: true, Figures: figures, Notes: notes}
	for _, f := range figures {
		o.Passed = o.Passed && f.Met
	}
	return o
}

// broke is a drill that could not come to its end.
func broke(err error, figures ...figure) outcome {
	return outcome{Figures: figures, Notes: []string{"It did not come to its end: " + err.Error()}}
}

// impossible is a drill that this machine does not allow.
func impossible(why string, figures ...figure) outcome {
	return outcome{Impossible: why, Figures: figures}
}

// perform runs one drill, ends what it left running, and shows the last lines
// of the servers' logs when it missed.
func (l *lab) perform(ctx context.Context, d drill) row {
	l.begin(d.ID)
	begun := time.Now()
	o := guarded(ctx, l, d)
	tails := l.end()
	r := row{ID: d.ID, Title: d.Title, Goal: d.Goal, Took: time.Since(begun).Seconds(), outcome: o}
	if !o.Passed && o.Impossible == "" {
		r.Tails = tails
	}
	return r
}

// guarded turns a panic in a drill into a missed drill, so that the others run.
func guarded(ctx context.Context, l *lab, d drill) (o outcome) {
	defer func() {
		if p := recover(); p != nil {
			o = broke(fmt.Errorf("panic: %v", p))
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	return d.Run(ctx, l)
}

// longest is what one drill may take before it is given up.
const longest = 4 * time.Minute

func (r row) lines() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  %s in %.1f s\n", r.verdict(), r.Took)
	for _, f := range r.Figures {
		mark := " "
		if !f.Met {
			mark = "!"
		}
		fmt.Fprintf(&b, "  %s %s: %s", mark, f.Name, f.Value)
		if f.Goal != "" {
			fmt.Fprintf(&b, " (goal %s)", f.Goal)
		}
		b.WriteByte('\n')
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "    %s\n", n)
	}
	for _, t := range r.Tails {
		fmt.Fprintf(&b, "%s\n", t)
	}
	return b.String()
}

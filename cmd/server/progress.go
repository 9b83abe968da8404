package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// bar shows how far long work is: a line that redraws itself on a terminal, a
// line every tenth elsewhere.
type bar struct {
	out     io.Writer
	redraws bool
	label   string
	tenth   int
	drawn   time.Time
	begun   time.Time
}

func newBar() *bar { return &bar{out: os.Stderr, redraws: terminal(os.Stderr), tenth: -1} }

const barWidth = 30

// step draws; a new label begins a new bar.
func (b *bar) step(label string, done, total int) {
	if label != b.label {
		b.finish()
		b.label, b.tenth, b.begun = label, -1, time.Now()
	}
	if total < 1 {
		total = 1
	}
	tenth := done * 10 / total
	if b.redraws {
		if time.Since(b.drawn) < 60*time.Millisecond && done < total {
			return
		}
		b.drawn = time.Now()
		full := min(done*barWidth/total, barWidth)
		fmt.Fprintf(b.out, "\r  %-28s [%s%s] %d of %d", label, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), done, total)
	} else if tenth > b.tenth {
		fmt.Fprintf(b.out, "  %s: %d of %d\n", label, done, total)
	}
	b.tenth = tenth
}

// finish ends the line of the bar in hand.
func (b *bar) finish() {
	if b.label != "" && b.redraws {
		fmt.Fprintf(b.out, "  (%s)\n", time.Since(b.begun).Round(100*time.Millisecond))
	}
	b.label = ""
}

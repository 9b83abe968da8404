package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"prosumer/internal/load"
)

type replayCmd struct {
	File    string `arg:"" type:"existingfile" help:"Table of Threadless: CSV with challenge, design, designer, approved_date, scores, average, fives, ones, printed."`
	Speed   speed  `default:"max" help:"Ballots a second at most, or max."`
	Members int    `help:"Made-up members who vote: at least as many as the most scores of one design. Left out: those of the last run, or 20,000."`
}

// speed is a number of ballots a second; 0 is max.
type speed int

const fastest = 1_000_000

// UnmarshalText reads max or a number.
func (s *speed) UnmarshalText(text []byte) error {
	if string(text) == "max" {
		*s = 0
		return nil
	}
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 1 || n > fastest {
		return fmt.Errorf("%q is neither max nor a whole number from 1 to %d", text, fastest)
	}
	*s = speed(n)
	return nil
}

// Validate is kong's hook.
func (c *replayCmd) Validate() error {
	if c.Members < 0 || c.Members > load.MaxMembers {
		return fmt.Errorf("--members is a whole number up to %d", load.MaxMembers)
	}
	return nil
}

// Run replays. What was cast until an interruption stays, and the same command
// goes on from there.
func (c *replayCmd) Run(a *app) error {
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer func() { _ = file.Close() }()
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	if _, err := p.votes.MakeRoom(a.ctx); err != nil {
		return err
	}
	b := newBar()
	pace := &pace{out: b.out}
	b.out = pace
	report, err := load.Replay(a.ctx, load.Services{
		DB: p.db, Challenges: p.challenges, Votes: p.votes, Ranker: p.ranker,
	}, file, load.ReplayOptions{
		File: filepath.Base(c.File), Speed: int(c.Speed), Members: c.Members,
		Progress: func(step string, done, total int) {
			pace.at(step, done)
			b.step(step, done, total)
		},
	})
	b.finish()
	tellReplay(a.out, report)
	if errors.Is(err, context.Canceled) && a.ctx.Err() != nil {
		fmt.Fprintln(a.out, "Stopped; every ballot counted here is kept. The same command goes on from here.")
	}
	return err
}

// pace writes behind each line of a bar how many a second it was lately.
type pace struct {
	out  io.Writer
	step string
	done int
	rate float64
	then time.Time
}

const paceEvery = time.Second

func (p *pace) at(step string, done int) {
	switch since := time.Since(p.then); {
	case step != p.step:
		*p = pace{out: p.out, step: step, done: done, then: time.Now()}
	case since >= paceEvery:
		p.rate = float64(done-p.done) / since.Seconds()
		p.done, p.then = done, time.Now()
	}
}

// Write passes a line on.
func (p *pace) Write(line []byte) (int, error) {
	text := line
	if body, ends := bytes.CutSuffix(line, []byte("\n")); p.rate > 0 && !bytes.HasPrefix(line, []byte("  (")) {
		text = fmt.Appendf(bytes.Clone(body), ", %.0f a second  ", p.rate)
		if ends {
			text = append(bytes.TrimRight(text, " "), '\n')
		}
	}
	if _, err := p.out.Write(text); err != nil {
		return 0, err
	}
	return len(line), nil
}

// tellReplay says what the file held, what was cast, and who leads.
func tellReplay(out io.Writer, r load.Report) {
	for _, e := range r.Refused {
		fmt.Fprintf(out, "  line %d (%s): %s [%s]\n", e.Line, e.Design, e.Text, e.Code)
	}
	fmt.Fprintf(out, "%d rows: %d designs in %d challenges, %d rows not used; %d designs marked as printed, which stays in the file.\n",
		r.Rows, r.Designs, r.Challenges, len(r.Refused), r.Printed)
	fmt.Fprintf(out, "%d designs added. %d ballots in the file: %d here before, %d cast now by %d members.\n", r.Added, r.Ballots, r.Here, r.Cast, r.Members)
	if r.Cast > 0 {
		const mib = 1 << 20
		m := r.Memory
		fmt.Fprintf(out, "%.1f seconds, %.0f ballots a second; resident memory by quarter %d, %d, %d, %d MiB.\n",
			r.Took.Seconds(), r.Rate(), m[0]/mib, m[1]/mib, m[2]/mib, m[3]/mib)
	}
	last := ""
	for _, t := range r.Top {
		if t.Challenge != last {
			fmt.Fprintf(out, "%s\n", t.Challenge)
			last = t.Challenge
		}
		fmt.Fprintf(out, "  %d. %s (idea %d): %.3f, %d scores\n", t.Place, t.Title, t.Idea, t.Score, t.Voters)
	}
}

package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// answerWithin is the server's own limit of 20 s for a request, and a little. A
// lock is given up after 1 s and a statement after 3 s, so that a vote on locked
// rows, which is tried once more, is answered well before.
const (
	answerWithin = 21 * time.Second
	lockedWithin = 4 * time.Second
)

// slowDatabase is C4: a proxy between server and PostgreSQL, and rows that
// somebody else holds.
func slowDatabase(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 40, 256)
	if err != nil {
		return broke(err)
	}
	p, err := l.proxyToPostgres()
	if err != nil {
		return broke(err)
	}
	r, err := l.raid(ctx, b, b.proxied(p), 32)
	if err != nil {
		return broke(err)
	}
	a := b.audit(ctx)
	r.start(ctx)
	defer r.halt()
	pause(ctx, time.Second)
	if err := r.fill(ctx); err != nil {
		return broke(err)
	}
	before := usage(r.n.pid())
	lasts := l.lasts(8*time.Second, 2500*time.Millisecond)
	faults := []struct {
		name   string
		answer time.Duration // goal of the slowest answer
		short  bool          // part of the short form
		do     func() error
	}{
		{"5 s of latency", answerWithin, false, func() error {
			p.set(weather{Latency: 2500 * time.Millisecond})
			pause(ctx, max(lasts, 6*time.Second))
			return nil
		}},
		{"silence (nothing arrives, nothing is closed)", answerWithin, true, func() error {
			p.set(weather{Hold: true})
			pause(ctx, lasts)
			p.cut() // as a dead host's connections end once it is known dead
			return nil
		}},
		{"half-open (answers are lost)", answerWithin, false, func() error {
			p.set(weather{LoseAnswers: true})
			pause(ctx, lasts)
			p.cut()
			return nil
		}},
		{"every connection reset each 200 ms, new ones too", answerWithin, true, func() error {
			for end := time.Now().Add(lasts); time.Now().Before(end); pause(ctx, 200*time.Millisecond) {
				p.set(weather{Refuse: !p.now.Refuse})
				p.cut()
			}
			return nil
		}},
		{"tallies locked by somebody else", lockedWithin, true, func() error { return r.lockTallies(ctx, lasts) }},
	}
	var figures []figure
	for _, f := range faults {
		if l.short && !f.short {
			continue
		}
		from := time.Now()
		if err := f.do(); err != nil {
			return broke(err, figures...)
		}
		p.set(weather{})
		over := time.Now()
		healed, err := r.calm(ctx, over)
		list := during(r.Journal.all(), from, over)
		figures = append(figures,
			within(f.name+": from its end to the last client not served", healed, healedWithin),
			within(f.name+": slowest answer", slowest(list), f.answer),
			none(f.name+": refusals other than 503 with Retry-After", number(list, func(e entry) bool {
				return failing(e) && (e.Status != http.StatusServiceUnavailable || !e.Again)
			})))
		if err != nil {
			return broke(fmt.Errorf("%s: %w", f.name, err), figures...)
		}
	}
	r.halt()
	pause(ctx, 500*time.Millisecond)
	figures = append(figures, within("slowest answer of all", slowest(r.Journal.all()), answerWithin))
	figures = append(figures, before.grown(usage(r.n.pid()))...)
	figures = append(figures, a.halt()...)
	more, notes := l.finish(ctx, b, r.Journal, r.n)
	notes = append(notes, "The server shows no count of goroutines to the outside; memory and threads stand for it.")
	return judged(append(figures, more...), notes...)
}

// fill has the server open all the connections it will ever have.
func (r *raid) fill(ctx context.Context) error {
	for _, idea := range r.b.Ideas {
		if _, err := r.c.tally(ctx, idea); err != nil {
			return err
		}
	}
	return nil
}

// lockTallies holds the rows that every vote must move, and reads meanwhile.
func (r *raid) lockTallies(ctx context.Context, lasts time.Duration) error {
	tx, err := r.b.DB.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, `SET LOCAL idle_in_transaction_session_timeout = 0; SELECT 1 FROM tallies FOR UPDATE`); err != nil {
		return fmt.Errorf("lock the tallies: %w", err)
	}
	for end := time.Now().Add(lasts); time.Now().Before(end); pause(ctx, 100*time.Millisecond) {
		asked := time.Now()
		if _, err := r.c.tally(ctx, r.b.Ideas[0]); err != nil {
			return fmt.Errorf("a read while the tallies were locked: %w", err)
		}
		if took := time.Since(asked); took > time.Second {
			return fmt.Errorf("a read while the tallies were locked took %s", span(took))
		}
	}
	return nil
}

// used is what a process holds.
type used struct{ threads, kib int }

// usage reads /proc; it is zero where there is none.
func usage(pid int) (u used) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return used{}
	}
	for line := range strings.Lines(string(raw)) {
		name, value, _ := strings.Cut(line, ":")
		number, _, _ := strings.Cut(strings.TrimSpace(value), " ")
		switch n, _ := strconv.Atoi(strings.TrimSpace(number)); name {
		case "Threads":
			u.threads = n
		case "VmRSS":
			u.kib = n
		}
	}
	return u
}

// grown compares with what it was before.
func (u used) grown(now used) []figure {
	if u.kib == 0 || now.kib == 0 {
		return []figure{told("memory and threads", "not known on this system")}
	}
	return []figure{
		{
			Name: "threads before and after", Value: fmt.Sprintf("%d and %d", u.threads, now.threads),
			Goal: "at most 16 more", Met: now.threads <= u.threads+16,
		},
		{
			Name: "memory before and after", Value: fmt.Sprintf("%d and %d MiB", u.kib>>10, now.kib>>10),
			Goal: "at most twice, or 64 MiB more", Met: now.kib <= 2*u.kib || now.kib <= u.kib+64<<10,
		},
	}
}

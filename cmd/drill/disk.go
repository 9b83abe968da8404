package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func diskDrills() []drill {
	return []drill{
		{"D1", "A full disk: of the data and the pictures, and of PostgreSQL's log of writes", "a full data disk: 503 or 507 with a clear line in the log, reads work; a full disk for the log of writes: as C2; a full picture disk: no half file; the server never ends and heals by itself; 0 acknowledged votes lost or doubled", fullDisk},
	}
}

// Sizes of the disks. The log of writes needs room for what a drill writes.
const (
	dataDisk = "300m"
	logDisk  = "200m"
)

// fullDisk is D1.
func fullDisk(ctx context.Context, l *lab) outcome {
	data, err := l.mount(ctx, dataDisk)
	if err != nil {
		return impossible(err.Error())
	}
	writes, err := l.mount(ctx, logDisk)
	if err != nil {
		return impossible(err.Error())
	}
	p := &postgres{dir: filepath.Join(data, "pg"), out: l.out}
	l.after(func() { _ = p.stop() })
	if err := p.startWithLogOn(ctx, filepath.Join(writes, "wal")); err != nil {
		return broke(err)
	}
	b, err := l.boardOn(ctx, p, 60, 600)
	if err != nil {
		return broke(err)
	}
	r, err := l.raidOn(ctx, b, serveOptions{DSN: b.DSN, Data: filepath.Join(data, "board"), Log: filepath.Join(l.dir, "d1.log")}, 24)
	if err != nil {
		return broke(err)
	}
	r.Pause = 10 * time.Millisecond
	a := b.audit(ctx)
	r.start(ctx)
	defer r.halt()
	pause(ctx, time.Second)
	got, err := r.upload(ctx)
	if err := got.wanted(http.StatusCreated, err); err != nil {
		return broke(fmt.Errorf("a picture before the disk is full: %w", err))
	}
	figures, err := r.dataFull(ctx, l, data)
	if err != nil {
		return broke(err, figures...)
	}
	more, err := r.writesFull(ctx, p, writes)
	figures = append(figures, more...)
	if err != nil {
		return broke(err, figures...)
	}
	r.halt()
	figures = append(figures, within("slowest answer of all", slowest(r.Journal.all()), answerWithin))
	figures = append(figures, a.halt()...)
	last, notes := l.finish(ctx, b, r.Journal, r.n)
	return judged(append(figures, last...), notes...)
}

// dataFull fills the disk of the data and the pictures, and frees it again.
func (r *raid) dataFull(ctx context.Context, l *lab, disk string) ([]figure, error) {
	from := time.Now()
	free, err := fillDisk(disk)
	if err != nil {
		return nil, err
	}
	defer free()
	reads, unread, pictures, halves := 0, 0, map[int]int{}, 0
	for end := time.Now().Add(l.lasts(6*time.Second, 2500*time.Millisecond)); time.Now().Before(end) && ctx.Err() == nil; pause(ctx, 50*time.Millisecond) {
		for _, path := range []string{"/", fmt.Sprintf("/api/v1/ideas/%d/tally", r.b.Ideas[reads%len(r.b.Ideas)])} {
			got, err := r.c.ask(ctx, http.MethodGet, path, "", "")
			if reads++; err != nil || got.Status != http.StatusOK {
				unread++
			}
		}
		got, _ := r.upload(ctx)
		pictures[got.Status]++
	}
	free()
	over := time.Now()
	healed, err := r.calm(ctx, over)
	if err != nil {
		return nil, err
	}
	list := during(r.Journal.all(), from, over)
	again, err := r.upload(ctx)
	if err != nil {
		return nil, err
	}
	if halves, err = r.halfPictures(ctx); err != nil {
		return nil, err
	}
	said := strings.Count(r.n.logged(), "No space left") + strings.Count(r.n.logged(), "no space left")
	return []figure{
		told("data disk full: votes meanwhile", "%d acknowledged, %d not served", number(list, func(e entry) bool { return e.Verdict == acked }), number(list, failing)),
		none("data disk full: refusals other than 503 or 507", number(list, func(e entry) bool {
			return failing(e) && e.Status != http.StatusServiceUnavailable && e.Status != http.StatusInsufficientStorage
		})),
		holds("data disk full: the server's log says that there is no space", said > 0),
		none(fmt.Sprintf("data disk full: reads that failed, of %d", reads), unread),
		told("data disk full: answers to pictures, by status", "%v", pictures),
		holds("data disk full: no picture was taken or broke anything but with 503 or 507", onlyRefused(pictures)),
		none("data disk full: half pictures left", halves),
		within("data disk full: from the first free byte to the last client not served", healed, healedWithin),
		holds("data disk full: pictures are taken again afterwards", again.Status == http.StatusCreated),
	}, nil
}

// onlyRefused allows a picture that fitted, or was there already.
func onlyRefused(statuses map[int]int) bool {
	for status := range statuses {
		switch status {
		case http.StatusCreated, http.StatusServiceUnavailable, http.StatusInsufficientStorage:
		default:
			return false
		}
	}
	return true
}

// writesFull fills the disk of PostgreSQL's log of writes until PostgreSQL gives
// up, and frees it again.
func (r *raid) writesFull(ctx context.Context, p *postgres, disk string) ([]figure, error) {
	pid, err := p.pid()
	if err != nil {
		return nil, err
	}
	free, err := fillDisk(disk)
	if err != nil {
		return nil, err
	}
	defer free()
	from := time.Now()
	for r.n.status("/readyz") == http.StatusOK && time.Since(from) < 15*time.Second {
		_, _ = r.b.DB.ExecContext(ctx, `SELECT pg_switch_wal()`) // so that it needs a new file soon
		pause(ctx, 20*time.Millisecond)
	}
	down := time.Now()
	pause(ctx, 2*time.Second)
	ended := syscall.Kill(pid, 0) != nil
	freed := time.Now()
	free()
	if err := p.start(ctx); err != nil {
		return nil, fmt.Errorf("PostgreSQL on a disk with room again: %w", err)
	}
	healed, err := r.calm(ctx, time.Now())
	refused := during(r.Journal.all(), down, freed)
	return []figure{
		told("log of writes full: PostgreSQL", "%s after %s", map[bool]string{true: "ended", false: "gave up and tried again"}[ended], span(down.Sub(from))),
		within("log of writes full: slowest answer", slowest(refused), refusedWithin),
		none("log of writes full: refusals other than 503 with Retry-After", number(refused, func(e entry) bool {
			return failing(e) && (e.Status != http.StatusServiceUnavailable || !e.Again)
		})),
		within("log of writes full: from PostgreSQL answering to the last client not served", healed, healedWithin),
	}, err
}

// fillDisk takes every byte that is left; free gives them back.
func fillDisk(dir string) (free func(), err error) {
	path := filepath.Join(dir, "filling")
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	for size := 1 << 20; size >= 1; {
		if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 16
		} else if err != nil {
			return nil, err
		}
	}
	return func() { _ = os.Remove(path) }, nil
}

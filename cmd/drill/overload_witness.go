package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// witness is what became of requests, by kind.
type witness struct {
	from   time.Time // when rates begin to count
	lasted time.Duration

	mu   sync.Mutex
	over bool // what comes now is too late for a rate
	seen map[string]*fate
}

// fate is what became of the requests of one kind.
type fate struct {
	served, shed []time.Duration
	inTime       int // served while rates counted
	silent       int // shed without Retry-After
	left         int // not sent
	failed       map[string]int
}

func newWitness(lead time.Duration) *witness {
	return &witness{from: time.Now().Add(lead), seen: map[string]*fate{}}
}

func (w *witness) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over, w.lasted = true, time.Since(w.from)
}

func (w *witness) fate(kind string) *fate {
	f := w.seen[kind]
	if f == nil {
		f = &fate{failed: map[string]int{}}
		w.seen[kind] = f
	}
	return f
}

// note sorts an answer, and reports whether the request was served.
func (w *witness) note(kind string, res *fasthttp.Response, err error, took time.Duration) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.fate(kind)
	switch {
	case err != nil:
		f.failed[plainError(err)]++
	case res.StatusCode() == fasthttp.StatusOK:
		f.served = append(f.served, took)
		if !w.over && time.Now().After(w.from) {
			f.inTime++
		}
		return true
	case res.StatusCode() == fasthttp.StatusServiceUnavailable, res.StatusCode() == fasthttp.StatusTooManyRequests:
		f.shed = append(f.shed, took)
		if _, said := retryAfter(string(res.Header.Peek("Retry-After"))); !said {
			f.silent++
		}
	default:
		f.failed[fmt.Sprint("status ", res.StatusCode())]++
	}
	return false
}

func (w *witness) leaveOut(kind string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fate(kind).left++
}

// rate is how many of a kind were served a second.
func (w *witness) rate(kind string) float64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return float64(w.fate(kind).inTime) / w.lasted.Seconds()
}

// served is rate for all kinds but log-ins, which come beside the load.
func (w *witness) served() float64 {
	return w.rate(kindVote) + w.rate(kindSearch) + w.rate(kindList)
}

// sent is how many requests went out and how many were left out, log-ins apart.
func (w *witness) sent() (n, left int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for kind, f := range w.seen {
		if kind != kindLogIn {
			n, left = n+f.sent(), left+f.left
		}
	}
	return n, left
}

func (f *fate) sent() int {
	n := len(f.served) + len(f.shed)
	for _, times := range f.failed {
		n += times
	}
	return n
}

// of is the sorted times of the served, or the shed, of one kind.
func (w *witness) of(kind string, served bool) []time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.fate(kind).shed
	if served {
		list = w.fate(kind).served
	}
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

// times is of for all kinds but log-ins.
func (w *witness) times(served bool) []time.Duration {
	list := slices.Concat(w.of(kindVote, served), w.of(kindSearch, served), w.of(kindList, served))
	slices.Sort(list)
	return list
}

// share is how many of those sent were served.
func (w *witness) share(kind string) float64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.fate(kind)
	return float64(len(f.served)) / float64(max(1, f.sent()))
}

func (w *witness) silent() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, f := range w.seen {
		n += f.silent
	}
	return n
}

// failures are the answers that were neither served nor shed, with their kind.
func (w *witness) failures() map[string]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := map[string]int{}
	for kind, f := range w.seen {
		for why, n := range f.failed {
			all[kind+": "+why] += n
		}
	}
	return all
}

// kinds says in words what became of each kind.
func (w *witness) kinds() string {
	var list []string
	for _, kind := range slices.Sorted(maps.Keys(w.seen)) {
		served := w.of(kind, true)
		w.mu.Lock()
		f := w.seen[kind]
		list = append(list, fmt.Sprintf("%s %d sent, %d served (p50 %s, p99 %s), %d shed, %d left out", kind, f.sent(), len(served),
			span(quantile(served, 0.5)), span(quantile(served, 0.99)), len(f.shed), f.left))
		w.mu.Unlock()
	}
	return strings.Join(list, "; ")
}

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// seatsPerAddress keeps a herd below the server's limit of 50 sockets of one
// address, also while it has not noticed yet that earlier ones are gone.
const seatsPerAddress = 40

// herd is many watchers of one node.
type herd struct {
	address string // where they connect to
	host    string // what they name there
	origin  string
	ideas   []int64
	watch   []byte
	members []*watcher
	buffers sync.Pool

	listening atomic.Int64 // have been told the state of things since they connected
	welcomed  atomic.Int64 // how often that was
	frames    atomic.Int64
	denied    atomic.Int64 // frames that refused a topic
	running   sync.WaitGroup

	mu       sync.Mutex
	admitted []time.Time // handshakes that were accepted
	turned   map[string]int
	unsaid   int            // refused without a word of when to come back
	ended    map[string]int // how connections ended
}

// newHerd makes size watchers, of which one in every records all it hears.
func newHerd(address, origin, host string, ideas []int64, size, every int) (*herd, error) {
	h := &herd{address: address, host: host, origin: origin, ideas: ideas, turned: map[string]int{}, ended: map[string]int{}}
	var message struct {
		Watch []string `json:"watch"`
	}
	for _, id := range ideas {
		message.Watch = append(message.Watch, fmt.Sprintf("idea:%d", id))
	}
	var err error
	if h.watch, err = json.Marshal(message); err != nil {
		return nil, err
	}
	for i := range size {
		h.members = append(h.members, &watcher{
			herd: h, from: loopback(i / seatsPerAddress), records: i%every == 0,
			heard: map[int64][]hearing{}, last: map[int64]liveTally{},
		})
	}
	return h, nil
}

// loopback is the nth source address of this machine's loopback network, all
// of which works without configuration. They count as different visitors.
func loopback(n int) net.IP { return net.IPv4(127, 0, byte(1+n/200), byte(1+n%200)) }

// start sets the watchers off, so many a second, until ctx ends. It returns
// when the last has been set off.
func (h *herd) start(ctx context.Context, perSecond int) {
	begun := time.Now()
	for i, w := range h.members {
		if due := time.Until(begun.Add(time.Duration(i) * time.Second / time.Duration(perSecond))); due > time.Millisecond && !rest(ctx, due) {
			return
		}
		h.running.Go(func() { w.run(ctx) })
	}
}

// await waits until all listen and have begun to since the herd's welcomes
// were as many as before. It says how long it took and how many do.
func (h *herd) await(ctx context.Context, before int64, most time.Duration) (time.Duration, int) {
	begun := time.Now()
	all := int64(len(h.members))
	for h.listening.Load() < all || h.welcomed.Load() < before+all {
		if time.Since(begun) > most || !rest(ctx, 20*time.Millisecond) {
			break
		}
	}
	return time.Since(begun), int(h.listening.Load())
}

// cutAll resets every connection from this side, at once.
func (h *herd) cutAll() {
	for _, w := range h.members {
		w.cut()
	}
}

func (h *herd) accepted() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.admitted = append(h.admitted, time.Now())
}

// refused counts a handshake that was not accepted, and says how long the
// server asked to stay away.
func (h *herd) refused(ctx context.Context, answer *http.Response, err error) time.Duration {
	if ctx.Err() != nil {
		return 0
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if answer == nil {
		h.turned[plainError(err)]++
		return 0
	}
	h.turned[answer.Status]++
	asked, said := retryAfter(answer.Header.Get("Retry-After"))
	if !said {
		h.unsaid++
	}
	return asked
}

// lost notes how a connection ended, and what the protocol says of coming back.
func (h *herd) lost(ctx context.Context, err error) (spread time.Duration, again bool) {
	if ctx.Err() != nil {
		return 0, false
	}
	code, reason := closedWith(err)
	h.mu.Lock()
	defer h.mu.Unlock()
	if code == 0 {
		h.ended[plainError(err)]++
		return 0, true
	}
	h.ended[fmt.Sprint("code ", code)]++
	switch code {
	case websocket.CloseTryAgainLater, websocket.CloseServiceRestart, websocket.CloseInternalServerErr, websocket.CloseGoingAway:
		return spreadOf(reason), true
	}
	return 0, false
}

// admissions is the most handshakes accepted in any span of such a length since
// a moment, and all since then.
func (h *herd) admissions(since time.Time, length time.Duration) (most, all int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	slices.SortFunc(h.admitted, time.Time.Compare)
	begin, _ := slices.BinarySearchFunc(h.admitted, since, time.Time.Compare)
	list := h.admitted[begin:]
	first := 0
	for i, at := range list {
		for at.Sub(list[first]) >= length {
			first++
		}
		most = max(most, i-first+1)
	}
	return most, len(list)
}

// refusals tells what handshakes were refused with, and how many without a
// Retry-After.
func (h *herd) refusals() (byAnswer map[string]int, unsaid int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.turned), h.unsaid
}

// ends tells how connections ended.
func (h *herd) ends() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.ended)
}

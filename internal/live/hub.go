package live

import (
	"context"
	"encoding/json"
	"sync"
	"time"
)

const (
	rota      = 32    // the clients are pinged in so many shifts
	maxEvents = 4096  // more events than this at once become fresh snapshots
	atOnce    = 10000 // sends a second that may be spent on not waiting for the tick
)

// Hub knows who watches what and tells them what changed. All its methods may
// be called from any goroutine, and none waits for a socket but Close.
type Hub struct {
	o      Options
	single map[string]bool
	began  time.Time

	mu         sync.Mutex
	shifts     [rota][]*client
	sockets    int
	joined     int
	rooms      map[Topic]*room
	changed    []*room            // with something pending
	counts     map[*room]struct{} // whose number of watchers may have changed
	events     []entry
	talks      []*client // with a snapshot or a refusal to be sent
	queue      []*client // with topics to ask for
	workers    int
	accounts   map[int64]int
	addresses  map[string]int
	ended      map[end]time.Time
	handshakes bucket
	away       crowd // of those whose handshake came too early
	closed     bool

	wake    chan struct{}
	stop    chan struct{}
	done    chan struct{}
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup // readers and workers

	counted counters
	buffers sync.Pool // of *buffer
	loop    loop
}

// New starts a hub. Close ends it.
func New(o Options) *Hub {
	o = o.filled()
	h := &Hub{
		o:         o,
		single:    map[string]bool{"here": true},
		began:     o.Now(),
		rooms:     map[Topic]*room{},
		counts:    map[*room]struct{}{},
		accounts:  map[int64]int{},
		addresses: map[string]int{},
		ended:     map[end]time.Time{},
		wake:      make(chan struct{}, 1),
		stop:      make(chan struct{}),
		done:      make(chan struct{}),
		loop:      loop{behind: map[*client]lag{}, extra: bucket{rate: atOnce, most: atOnce}},
	}
	for _, kind := range o.Single {
		h.single[kind] = true
	}
	// A tenth at once, so that no second sees more than the rate and a tenth.
	h.handshakes.rate, h.handshakes.most = float64(o.Handshakes), max(1, float64(o.Handshakes)/10)
	h.away.rate = max(1, float64(o.Handshakes))
	h.ctx, h.cancel = context.WithCancel(context.Background())
	go h.run()
	return h
}

// Latest says what is newest about a topic. The first change of a quiet topic
// goes out at once, and so does what comes after a pause; else changes wait for
// the next round, and only the newest of each kind is sent.
func (h *Hub) Latest(topic Topic, kind string, item json.RawMessage) {
	h.LatestMany([]Change{{topic, Item{kind, item}}})
}

// LatestMany is Latest for a batch. Watchers of several of its topics get their
// items in one frame.
func (h *Hub) LatestMany(changes []Change) {
	h.mu.Lock()
	fresh := false
	for _, c := range changes {
		r := h.rooms[c.Topic]
		if r == nil {
			continue
		}
		if r.put(c.Item) {
			h.changed = append(h.changed, r)
			fresh = true
		}
	}
	h.mu.Unlock()
	if fresh {
		h.rouse()
	}
}

// Event tells all watchers of a topic something at once. A reader too slow to
// hear it gets a fresh snapshot of the topic once it has caught up.
func (h *Hub) Event(topic Topic, kind string, item json.RawMessage) {
	h.mu.Lock()
	r := h.rooms[topic]
	switch {
	case r == nil:
	case len(h.events) >= maxEvents:
		h.recheck(r)
	default:
		h.events = append(h.events, entry{room: r, item: Item{kind, item}})
	}
	h.mu.Unlock()
	if r != nil {
		h.rouse()
	}
}

// Recheck asks Snapshot again for every watcher of the topics: those who may no
// longer see one are refused, the others are brought up to date.
func (h *Hub) Recheck(topics ...Topic) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, t := range topics {
		if r := h.rooms[t]; r != nil {
			h.recheck(r)
		}
	}
}

// Here says how many connections watch a topic.
func (h *Hub) Here(topic Topic) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r := h.rooms[topic]; r != nil {
		return len(r.watchers)
	}
	return 0
}

// Sockets says how many connections are open or being made.
func (h *Hub) Sockets() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sockets
}

func (h *Hub) rouse() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

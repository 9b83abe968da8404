package live

import "time"

// room is a topic that somebody watches. The hub's lock guards it.
type room struct {
	topic    Topic
	watchers []*watch
	pending  []Item // the newest of each kind, not yet sent
	queued   bool   // in Hub.changed
	sentAt   time.Time
	counted  bool
	countAt  time.Time
}

// state is how far a watch has got with its snapshot.
type state uint8

const (
	asked    state = iota // a worker must ask for it
	fetching              // a worker is asking for it
	ready                 // the loop must send it
	live                  // sent: changes are passed on
	stale                 // the reader missed something and must catch up first
	gone                  // no longer watched
)

// watch is one client's interest in one room. The hub's lock guards it.
type watch struct {
	client *client
	room   *room
	at     int32 // its place in room.watchers
	told   int32 // the head count told last
	state  state //
	again  bool  // something happened since the snapshot was asked for
}

// put keeps the newest item of its kind and says whether the room must be
// queued for sending.
func (r *room) put(item Item) bool {
	fresh := !r.queued
	r.queued = true
	for i := range r.pending {
		if r.pending[i].Kind == item.Kind {
			r.pending[i] = item
			return fresh
		}
	}
	r.pending = append(r.pending, item)
	return fresh
}

// enter makes a client watch a topic, beginning with a snapshot.
func (h *Hub) enter(c *client, topic Topic) {
	r := h.rooms[topic]
	if r == nil {
		r = &room{topic: topic, counted: h.o.Counted(topic)}
		h.rooms[topic] = r
	}
	w := &watch{client: c, room: r, at: int32(len(r.watchers))}
	r.watchers = append(r.watchers, w)
	c.watches = append(c.watches, w)
	h.recount(r)
}

// exit ends a watch.
func (h *Hub) exit(w *watch) {
	c, r := w.client, w.room
	w.state = gone
	last := len(r.watchers) - 1
	r.watchers[w.at] = r.watchers[last]
	r.watchers[w.at].at = w.at
	r.watchers[last] = nil
	r.watchers = r.watchers[:last]
	for i, other := range c.watches {
		if other == w {
			c.watches[i] = c.watches[len(c.watches)-1]
			c.watches[len(c.watches)-1] = nil
			c.watches = c.watches[:len(c.watches)-1]
			break
		}
	}
	if last == 0 {
		delete(h.rooms, r.topic)
		delete(h.counts, r)
		return
	}
	h.recount(r)
}

// recount has the loop tell the watchers how many they are.
func (h *Hub) recount(r *room) {
	if !r.counted {
		return
	}
	if _, known := h.counts[r]; !known {
		h.counts[r] = struct{}{}
		h.rouse()
	}
}

// renew asks for a fresh snapshot of one watch.
func (w *watch) renew() {
	switch w.state {
	case live, stale:
		w.state = asked
	case fetching, ready:
		w.again = true
	}
}

func (h *Hub) recheck(r *room) {
	for _, w := range r.watchers {
		w.renew()
		h.enqueue(w.client)
	}
}

func (c *client) find(topic Topic) *watch {
	for _, w := range c.watches {
		if w.room.topic == topic {
			return w
		}
	}
	return nil
}

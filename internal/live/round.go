package live

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/gorilla/websocket"
)

// entry is one item of a round.
type entry struct {
	room *room
	item Item
	here int // the head count it tells, if it is one
}

// word is what one client alone is told: its snapshots and refusals.
type word struct {
	to      *client
	items   []Item
	watches []*watch
	refused []refusal
}

// loss is what a client should have heard in this turn and did not.
type loss struct {
	of    *client
	batch []byte
	word  *word
}

// gather takes what is due under the lock, and works out who hears what.
// Clients who hear the same share their frames.
func (h *Hub) gather(now time.Time) {
	l := &h.loop
	l.forget()
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, c := range h.talks {
		h.speak(c)
		h.talks[i] = nil
	}
	h.talks = h.talks[:0]
	l.entries = append(l.entries, h.events...)
	clear(h.events)
	h.events = h.events[:0]
	h.due(now)
	h.headCounts(now)
	for i, e := range l.entries {
		for _, w := range e.room.watchers {
			h.address(w, e, uint64(i))
		}
	}
}

// speak turns a client's snapshots and refusals into a word.
func (h *Hub) speak(c *client) {
	c.talking = false
	if c.gone {
		return
	}
	if c.behind {
		for _, t := range c.snaps {
			t.watch.miss()
		}
		c.snaps = nil // the refusals wait until it has caught up
		return
	}
	w := word{to: c, refused: c.refused}
	for _, t := range c.snaps {
		if t.watch.state != ready {
			continue
		}
		t.watch.state = live
		if t.watch.again {
			t.watch.state, t.watch.again = asked, false
		}
		w.items = append(w.items, t.snap...)
		w.watches = append(w.watches, t.watch)
		if r := t.watch.room; r.counted {
			t.watch.told = len(r.watchers)
			w.items = append(w.items, headCount(r.topic, t.watch.told))
		}
	}
	c.snaps, c.refused = nil, nil
	h.loop.words = append(h.loop.words, w)
	h.enqueue(c)
}

// due takes the changes that need not wait any longer: all of them when the
// last round is long enough ago, else those of quiet topics, within reason.
func (h *Hub) due(now time.Time) {
	l := &h.loop
	all := !now.Before(l.roundAt.Add(h.o.Flush))
	waiting := h.changed[:0]
	for _, r := range h.changed {
		quiet := !now.Before(r.sentAt.Add(h.o.Flush))
		if !all && !(quiet && l.extra.take(now, float64(len(r.watchers)))) {
			waiting = append(waiting, r)
			continue
		}
		if all {
			l.roundAt = now
		}
		for _, item := range r.pending {
			l.entries = append(l.entries, entry{room: r, item: item})
		}
		clear(r.pending)
		r.pending, r.queued, r.sentAt = r.pending[:0], false, now
	}
	clear(h.changed[len(waiting):])
	h.changed = waiting
}

func (h *Hub) headCounts(now time.Time) {
	for r := range h.counts {
		if now.Before(r.countAt.Add(h.o.HereEvery)) {
			continue
		}
		delete(h.counts, r)
		n := len(r.watchers)
		for _, w := range r.watchers {
			if w.state == live && w.told != n {
				r.countAt = now
				h.loop.entries = append(h.loop.entries, entry{room: r, item: headCount(r.topic, n), here: n})
				break
			}
		}
	}
}

// address puts an entry into the batch of a watcher, or notes that it must have
// a fresh snapshot instead.
func (h *Hub) address(w *watch, e entry, index uint64) {
	c := w.client
	switch {
	case e.here > 0 && (w.state != live || w.told == e.here):
		return
	case w.state == fetching, w.state == ready:
		w.again = true
		return
	case w.state != live:
		return
	case c.behind:
		w.miss()
		return
	}
	if e.here > 0 {
		w.told = e.here
	}
	l := &h.loop
	if c.turn != l.turns {
		c.turn, c.batch = l.turns, c.batch[:0]
		l.touched = append(l.touched, c)
	}
	c.batch = binary.AppendUvarint(c.batch, index)
}

// miss marks a watch for a fresh snapshot once its client has caught up.
func (w *watch) miss() {
	if w.state == live || w.state == ready {
		w.state, w.again = stale, false
	}
}

// send writes the words and batches, without the lock.
func (h *Hub) send(now time.Time) {
	l := &h.loop
	for i := range l.words {
		w := &l.words[i]
		if !h.write(w.to, now, func() error { return h.say(w) }) {
			l.lost = append(l.lost, loss{of: w.to, word: w})
		}
	}
	for _, c := range l.touched {
		frames, known := l.frames[string(c.batch)]
		if !known {
			var err error
			if frames, err = h.prepare(h.items(c.batch)); err != nil {
				h.o.Log.Error("live: frame lost", "error", err)
			}
			l.frames[string(c.batch)] = frames
		}
		if !h.write(c, now, func() error { return c.pass(frames) }) {
			l.lost = append(l.lost, loss{of: c, batch: c.batch})
		}
	}
}

// write has one client written to, and says false when it is not ready for it.
// What fails costs that client its connection and nobody else anything.
func (h *Hub) write(c *client, now time.Time, say func() error) (taken bool) {
	defer func() {
		if p := recover(); p != nil {
			h.o.Log.Error("live: write failed", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			c.cut()
		}
	}()
	if c.ending.Load() {
		return true
	}
	if c.out == nil {
		_ = c.ws.SetWriteDeadline(time.Now().Add(blockFor))
	} else if left, err := c.out.flush(); err == nil && left > 0 {
		h.fellBehind(c, left, now)
		return false
	}
	if err := say(); err != nil {
		if !c.ending.Load() {
			c.cut()
		}
		return true
	}
	if c.out != nil {
		if left := c.out.left(); left > 0 {
			h.fellBehind(c, left, now)
		}
	}
	return true
}

// pass sends frames shared with others.
func (c *client) pass(frames []frame) error {
	for _, f := range frames {
		if err := c.ws.WritePreparedMessage(f); err != nil {
			return err
		}
	}
	return nil
}

// say sends a word.
func (h *Hub) say(w *word) error {
	items := w.items
	if len(w.refused) > 0 {
		for _, r := range w.refused {
			body, err := json.Marshal(r)
			if err != nil {
				return fmt.Errorf("refusal: %w", err)
			}
			items = append(items, Item{"refused", body})
		}
	}
	for _, text := range h.render(items) {
		if err := w.to.ws.WriteMessage(websocket.TextMessage, text); err != nil {
			return err
		}
	}
	return nil
}

// items gives back what a batch holds.
func (h *Hub) items(batch []byte) []Item {
	var items []Item
	for len(batch) > 0 {
		i, n := binary.Uvarint(batch)
		items = append(items, h.loop.entries[i].item)
		batch = batch[n:]
	}
	return items
}

// mourn marks what a client missed in this turn.
func (h *Hub) mourn(l loss) {
	if l.of.gone {
		return
	}
	if l.word != nil {
		for _, w := range l.word.watches {
			w.miss()
		}
		l.of.refused = append(l.word.refused, l.of.refused...)
		return
	}
	for batch := l.batch; len(batch) > 0; {
		i, n := binary.Uvarint(batch)
		if w := l.of.find(h.loop.entries[i].room.topic); w != nil {
			w.miss()
		}
		batch = batch[n:]
	}
}

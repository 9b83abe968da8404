package live

import "time"

// entry is one item of a round.
type entry struct {
	room *room
	item Item
	here int32 // the head count it tells, if it is one
}

// word is what one client alone is told: its snapshots and refusals.
type word struct {
	to      *client
	items   []Item
	watches []*watch
	refused []refusal
}

// group is all clients who hear the same entries in a round, and so share a
// frame: those of the group before and one more. The first group hears nothing.
type group struct {
	before, entry int32
	next, onto    int32 // whoever is here and hears entry next goes onto that group
	frame         frame // made when the first of them is written to
}

// loss is what a client should have heard in this turn and did not.
type loss struct {
	of    *client
	group int32
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
	l.groups = append(l.groups, group{next: -1})
	for i, e := range l.entries {
		for _, w := range e.room.watchers {
			h.address(w, e, int32(i))
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
			t.watch.told = int32(len(r.watchers))
			w.items = append(w.items, headCount(r.topic, len(r.watchers)))
		}
	}
	c.snaps, c.refused = nil, nil
	h.loop.words = append(h.loop.words, w)
	h.enqueue(c)
}

// due takes the changes that need not wait any longer: all of them when a round
// is due, else those of quiet topics, within reason. There is one round in Flush
// on average, and one more at once after a pause: changes that come as often as
// the rounds would otherwise each wait for the next one.
func (h *Hub) due(now time.Time) {
	l := &h.loop
	all := !now.Before(l.paid.Add(-h.o.Flush))
	if all && len(h.changed) > 0 {
		if l.paid.Before(now) {
			l.paid = now
		}
		l.paid = l.paid.Add(h.o.Flush)
	}
	waiting := h.changed[:0]
	for _, r := range h.changed {
		quiet := !now.Before(r.sentAt.Add(h.o.Flush))
		if !all && !(quiet && l.extra.take(now, float64(len(r.watchers)))) {
			waiting = append(waiting, r)
			continue
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
		n := int32(len(r.watchers))
		for _, w := range r.watchers {
			if w.state == live && w.told != n {
				r.countAt = now
				h.loop.entries = append(h.loop.entries, entry{room: r, item: headCount(r.topic, int(n)), here: n})
				break
			}
		}
	}
}

// address moves a watcher's client to the group that hears the entry, too, or
// notes that it must have a fresh snapshot instead.
func (h *Hub) address(w *watch, e entry, index int32) {
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
		c.turn, c.group = l.turns, 0
		l.touched = append(l.touched, c)
	}
	if from := &l.groups[c.group]; from.next == index {
		c.group = from.onto
		return
	}
	onto := int32(len(l.groups))
	l.groups[c.group].next, l.groups[c.group].onto = index, onto
	l.groups = append(l.groups, group{before: c.group, entry: index, next: -1})
	c.group = onto
}

// miss marks a watch for a fresh snapshot once its client has caught up.
func (w *watch) miss() {
	if w.state == live || w.state == ready {
		w.state, w.again = stale, false
	}
}

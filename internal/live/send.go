package live

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"
	"time"
)

// send writes the words and the groups' frames, without the lock.
func (h *Hub) send(now time.Time) {
	l := &h.loop
	if len(l.words)+len(l.touched) > 0 {
		h.counted.rounds.Add(1)
	}
	for i := range l.words {
		w := &l.words[i]
		if f := h.said(w); len(f) > 0 && !h.write(w.to, f, now) {
			l.lost = append(l.lost, loss{of: w.to, word: w})
		}
	}
	for _, c := range l.touched {
		g := &l.groups[c.group]
		if g.frame == nil {
			g.frame = h.render(h.items(c.group))
		}
		if !h.write(c, g.frame, now) {
			l.lost = append(l.lost, loss{of: c, group: c.group})
		}
	}
}

// write has one client written to, and says false when it is not ready for it.
// What fails costs that client its connection and nobody else anything.
func (h *Hub) write(c *client, f frame, now time.Time) (taken bool) {
	defer func() {
		if p := recover(); p != nil {
			h.o.Log.Error("live: write failed", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			c.cut()
		}
	}()
	left, taken, err := c.out.send(f)
	if err != nil {
		c.cut()
		return true
	}
	if left > 0 {
		h.fellBehind(c, left, now)
	}
	if taken {
		h.counted.sent.Add(1)
	}
	return taken
}

// said makes the frame of a word.
func (h *Hub) said(w *word) frame {
	items := w.items
	for _, r := range w.refused {
		body, err := json.Marshal(r)
		if err != nil {
			h.o.Log.Error("live: refusal lost", "error", err)
			continue
		}
		items = append(items, Item{"refused", body})
	}
	return h.render(items)
}

// items lists what a group hears, in order.
func (h *Hub) items(g int32) []Item {
	var items []Item
	for ; g != 0; g = h.loop.groups[g].before {
		items = append(items, h.loop.entries[h.loop.groups[g].entry].item)
	}
	slices.Reverse(items)
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
	for g := l.group; g != 0; g = h.loop.groups[g].before {
		room := h.loop.entries[h.loop.groups[g].entry].room
		for _, w := range l.of.watches {
			if w.room == room {
				w.miss()
			}
		}
	}
}

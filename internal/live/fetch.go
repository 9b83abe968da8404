package live

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"
)

const (
	maxWorkers = 8
	fetchIn    = 5 * time.Second
)

// refusal is one entry of a refused frame.
type refusal struct {
	Topic Topic  `json:"topic"`
	Code  string `json:"code"`
}

// told is a snapshot on its way to a watcher.
type told struct {
	watch *watch
	snap  Snapshot
}

// enqueue has a worker ask for what the client waits for. One worker at a time
// looks after a client.
func (h *Hub) enqueue(c *client) {
	if c.fetching || c.gone || h.ctx.Err() != nil {
		return
	}
	for _, w := range c.watches {
		if w.state == asked {
			c.fetching = true
			break
		}
	}
	if !c.fetching {
		return
	}
	h.queue = append(h.queue, c)
	if h.workers < maxWorkers {
		h.workers++
		h.running.Go(h.work)
	}
}

// How many visitors, and topics, are asked for at once: visitors all see the
// same, and when many come back at one moment they mostly watch the same.
const (
	together     = 64
	topicsAtOnce = 500
)

// need is what one client waits for.
type need struct {
	c       *client
	watches []*watch
}

// work looks after the queue until it is empty.
func (h *Hub) work() {
	for {
		h.mu.Lock()
		if len(h.queue) == 0 || h.ctx.Err() != nil {
			h.queue = nil
			h.workers--
			h.mu.Unlock()
			return
		}
		needs, topics := h.nextNeeds()
		h.mu.Unlock()

		snaps, refused := h.ask(needs[0].c.viewer, topics)
		for _, n := range needs {
			h.answer(n.c, n.watches, snaps, refused)
		}
	}
}

// nextNeeds takes the first of the queue, and where that is a visitor the visitors
// right behind. Their topics come once each.
func (h *Hub) nextNeeds() (needs []need, topics []Topic) {
	asks := map[Topic]bool{}
	for len(h.queue) > 0 && len(needs) < together && len(topics) < topicsAtOnce {
		c := h.queue[0]
		if len(needs) > 0 && (c.viewer.Account != 0 || needs[0].c.viewer.Account != 0) {
			break
		}
		h.queue[0] = nil
		h.queue = h.queue[1:]
		n := need{c: c}
		for _, w := range c.watches {
			if w.state != asked {
				continue
			}
			w.state, w.again = fetching, false
			n.watches = append(n.watches, w)
			if topic := w.room.topic; !asks[topic] {
				asks[topic] = true
				topics = append(topics, topic)
			}
		}
		needs = append(needs, n)
	}
	return needs, topics
}

// ask calls Snapshot and survives it.
func (h *Hub) ask(v Viewer, topics []Topic) (snaps map[Topic]Snapshot, refused map[Topic]string) {
	defer func() {
		if p := recover(); p != nil {
			h.o.Log.Error("live: snapshot failed", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			snaps, refused = nil, map[Topic]string{}
			for _, t := range topics {
				refused[t] = RefusedUnavailable
			}
		}
	}()
	if len(topics) == 0 {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(h.ctx, fetchIn)
	defer cancel()
	return h.o.Snapshot(ctx, v, topics)
}

// answer hands the snapshots to the loop and ends the watches that are refused.
func (h *Hub) answer(c *client, watches []*watch, snaps map[Topic]Snapshot, refused map[Topic]string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c.fetching = false
	for _, w := range watches {
		if w.state == gone {
			continue
		}
		topic := w.room.topic
		snap, allowed := snaps[topic]
		code, denied := refused[topic]
		switch {
		case denied:
		case !allowed:
			code = RefusedNotFound
		default:
			w.state = ready
			c.snaps = append(c.snaps, told{w, snap})
			continue
		}
		h.exit(w)
		h.refuse(c, c.viewer.called(topic), code)
	}
	if len(c.snaps) > 0 {
		h.talk(c)
	}
	h.enqueue(c)
}

// refuse tells a client what it may not watch. What is more than it could have
// meant in earnest is dropped, so that a slow reader cannot pile it up.
func (h *Hub) refuse(c *client, t Topic, code string) {
	if c.gone || len(c.refused) >= 2*h.o.MaxTopics {
		return
	}
	c.refused = append(c.refused, refusal{t, code})
	h.talk(c)
}

// talk has the loop send a client's snapshots and refusals.
func (h *Hub) talk(c *client) {
	if !c.talking && !c.gone {
		c.talking = true
		h.talks = append(h.talks, c)
		h.rouse()
	}
}

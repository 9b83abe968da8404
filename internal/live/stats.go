package live

import (
	"strings"
	"sync/atomic"
)

// Stats is what a hub has done since New, and what it holds now.
type Stats struct {
	Sockets int    // connections, open or being made
	Rooms   int    // topics somebody watches
	Rounds  uint64 // times something was sent to whoever had to hear it
	Sent    uint64 // writes to connections; one may hold several frames
	Stuck   uint64 // readers cut because they took nothing for too long
}

// counters are the part of Stats that only grows.
type counters struct{ rounds, sent, stuck atomic.Uint64 }

// Stats counts what the hub does, for monitoring.
func (h *Hub) Stats() Stats {
	h.mu.Lock()
	defer h.mu.Unlock()
	return Stats{
		Sockets: h.sockets, Rooms: len(h.rooms),
		Rounds: h.counted.rounds.Load(), Sent: h.counted.sent.Load(), Stuck: h.counted.stuck.Load(),
	}
}

// Watched lists the topics that somebody watches and whose names begin with
// prefix, in no order.
func (h *Hub) Watched(prefix string) []Topic {
	h.mu.Lock()
	defer h.mu.Unlock()
	var topics []Topic
	for t := range h.rooms {
		if strings.HasPrefix(string(t), prefix) {
			topics = append(topics, t)
		}
	}
	return topics
}

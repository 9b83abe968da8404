package live

import "time"

// ping pings one shift when its time has come, and cuts those of an earlier one
// who have not been heard since.
func (h *Hub) ping(now time.Time) {
	l := &h.loop
	if now.Before(l.pingAt) {
		return
	}
	step := h.o.Ping / rota
	l.pingAt = now.Add(step)
	l.shift = (l.shift + 1) % rota
	since, ping := now.Sub(h.began), appendFrame(nil, opPing, nil)
	for _, c := range h.onShift(l.shift) {
		if !c.behind && !c.ending.Load() {
			c.pinged = since
			_ = c.out.put(ping, false)
		}
	}
	ago := min(rota-1, int((h.o.Pong+step-1)/step))
	for _, c := range h.onShift((l.shift + rota - ago) % rota) {
		if !c.behind && c.pinged > 0 && time.Duration(c.heardAt.Load()) < c.pinged {
			c.cut()
		}
	}
	clear(l.pinged)
}

func (h *Hub) onShift(shift int) []*client {
	l := &h.loop
	clear(l.pinged)
	l.pinged = l.pinged[:0]
	h.mu.Lock()
	defer h.mu.Unlock()
	l.pinged = append(l.pinged, h.shifts[shift]...)
	return l.pinged
}

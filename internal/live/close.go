package live

import (
	"context"
	"fmt"
	"math"
	"time"
)

const closeStep = 20 * time.Millisecond

// EndSession closes the sockets of a session with CloseSignedOut at once.
func (h *Hub) EndSession(session string) {
	if session != "" {
		h.endAll(end{session: session}, func(v Viewer) bool { return v.Session == session })
	}
}

// EndAccount closes all sockets of an account with CloseSignedOut at once.
func (h *Hub) EndAccount(account int64) {
	if account != 0 {
		h.endAll(end{account: account}, func(v Viewer) bool { return v.Account == account })
	}
}

func (h *Hub) endAll(e end, matches func(Viewer) bool) {
	var found []*client
	h.mu.Lock()
	h.remember(e)
	for _, shift := range h.shifts {
		for _, c := range shift {
			if matches(c.viewer) {
				h.clear(c)
				found = append(found, c)
			}
		}
	}
	h.mu.Unlock()
	for _, c := range found {
		c.end(CloseSignedOut, "signed out")
	}
}

// Close admits nobody any more, closes all sockets with CloseRestart spread over
// the given time, cuts those who do not answer, and stops the hub. When ctx ends
// first the rest is closed without spreading.
func (h *Hub) Close(ctx context.Context, spread time.Duration) error {
	h.mu.Lock()
	first := !h.closed
	h.closed = true
	clients := h.all()
	h.mu.Unlock()
	if !first {
		select {
		case <-h.done:
			return nil
		case <-ctx.Done():
			return fmt.Errorf("close the live hub: %w", ctx.Err())
		}
	}

	h.farewell(ctx, clients, spread)
	closed := make(chan struct{})
	go func() {
		h.running.Wait()
		close(closed)
	}()
	patience := time.NewTimer(closeWait)
	defer patience.Stop()
	select {
	case <-closed:
	case <-patience.C:
	case <-ctx.Done():
	}
	h.mu.Lock()
	clients = h.all()
	h.cancel()
	h.mu.Unlock()
	for _, c := range clients {
		c.cut()
	}
	close(h.stop)
	<-h.done
	patience.Reset(closeWait)
	select {
	case <-closed:
		return nil
	case <-patience.C:
		return fmt.Errorf("close the live hub: a snapshot does not end")
	}
}

// farewell closes the clients, evenly over the given time.
func (h *Hub) farewell(ctx context.Context, clients []*client, spread time.Duration) {
	reason := fmt.Sprintf("spread=%d", int(math.Ceil(spread.Seconds())))
	steps := max(1, int(spread/closeStep))
	each := max(1, (len(clients)+steps-1)/steps)
	pause := time.NewTicker(max(closeStep, spread*time.Duration(each)/time.Duration(max(1, len(clients)))))
	defer pause.Stop()
	for i, c := range clients {
		if i > 0 && i%each == 0 && spread > 0 {
			select {
			case <-pause.C:
			case <-ctx.Done():
			}
		}
		c.end(CloseRestart, reason)
	}
}

func (h *Hub) all() []*client {
	var clients []*client
	for _, shift := range h.shifts {
		clients = append(clients, shift...)
	}
	return clients
}

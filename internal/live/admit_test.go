package live

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"prosumer/internal/fault"

	"github.com/google/go-cmp/cmp"
)

func TestHandshakesArePaced(t *testing.T) {
	o, start := Defaults(), time.Now()
	var later atomic.Int64
	o.Now = func() time.Time { return start.Add(time.Duration(later.Load())) }
	h := newWorld(t, o).hub
	var waits []time.Duration
	admit := func(n int) (taken int, refused error) {
		for range n {
			seat, err := h.Admit(Viewer{}, start)
			if err != nil {
				refused = err
				waits = append(waits, fault.Of(err).RetryAfter)
				continue
			}
			taken++
			seat.Release()
		}
		return taken, refused
	}

	if err := h.Crowded(); err != nil {
		t.Errorf("before anybody came: %v", err)
	}
	taken, refused := admit(5050)

	if taken != 50 || !ErrBusy.Is(refused) || !ErrBusy.Is(h.Crowded()) {
		t.Errorf("%d were let in at once, the others with %v", taken, refused)
	}
	// 5,000 at 500 a second take 10 seconds.
	if least, most := slices.Min(waits), slices.Max(waits); least < time.Second || most > 13*time.Second || most < 6*time.Second {
		t.Errorf("the others are told to wait %s to %s", least, most)
	}
	later.Store(int64(100 * time.Millisecond))
	if taken, _ = admit(600); taken != 50 {
		t.Errorf("%d were let in a tenth of a second later, want 50", taken)
	}
}

func TestAnAddressHasSoManySocketsAndNoMore(t *testing.T) {
	o := Defaults()
	o.Handshakes = 0
	h := newWorld(t, o).hub
	var seats []*Seat
	for i := range 50 {
		seat, err := h.Admit(Viewer{Key: "192.0.2.0/24"}, time.Now())
		if err != nil {
			t.Fatalf("socket %d: %v", i, err)
		}
		seats = append(seats, seat)
	}

	_, refused := h.Admit(Viewer{Key: "192.0.2.0/24"}, time.Now())

	if !ErrTooMany.Is(refused) || fault.Of(refused).RetryAfter != 30*time.Second {
		t.Errorf("the 51st: %v", refused)
	}
	if other, err := h.Admit(Viewer{Key: "198.51.100.0/24"}, time.Now()); err != nil {
		t.Errorf("another address: %v", err)
	} else {
		other.Release()
	}
	for _, s := range seats {
		s.Release()
	}
	if again, err := h.Admit(Viewer{Key: "192.0.2.0/24"}, time.Now()); err != nil {
		t.Errorf("after the others left: %v", err)
	} else {
		again.Release()
	}
}

func TestTheHubSaysWhatIsWatchedAndWhatItDid(t *testing.T) {
	w := newWorld(t, Defaults())
	c := w.dial(t, "idea:1", "idea:2", "board")
	c.hear("idea:1", "idea:2", "here")

	topics := w.hub.Watched("idea:")

	slices.Sort(topics)
	if diff := cmp.Diff([]Topic{"idea:1", "idea:2"}, topics); diff != "" {
		t.Error(diff)
	}
	for w.hub.Stats().Sent == 0 { // counted a moment after it is heard
		time.Sleep(time.Millisecond)
	}
	if s := w.hub.Stats(); s.Sockets != 1 || s.Rooms != 3 || s.Sent == 0 || s.Rounds == 0 || s.Stuck != 0 {
		t.Errorf("got %s", fmt.Sprint(s))
	}
}

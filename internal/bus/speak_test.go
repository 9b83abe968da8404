package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// slate is a transport that notes what it is given, and hears nothing but that.
type slate struct {
	mu     sync.Mutex
	refuse bool
	spoken chan []string
	hear   func(string)
}

func (s *slate) listen(ctx context.Context, open func(), hear func(string)) error {
	s.mu.Lock()
	s.hear = hear
	s.mu.Unlock()
	open()
	<-ctx.Done()
	return ctx.Err()
}

func (s *slate) speak(_ context.Context, payloads []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse {
		return errors.New("refused")
	}
	s.spoken <- payloads
	for _, p := range payloads {
		if s.hear != nil {
			s.hear(p)
		}
	}
	return nil
}

// on runs a bus over a slate.
func on(t *testing.T, s *slate, b *Bus) (stop func()) {
	b.way = s
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); b.Run(ctx) }()
	stop = func() { cancel(); <-ended }
	t.Cleanup(stop)
	return stop
}

func quiet() *Bus {
	b := New(Options{Every: time.Hour, Log: slog.New(slog.DiscardHandler)})
	b.pace.beat = time.Hour
	return b
}

func TestOnceInAWhileAndTheRestAtTheEnd(t *testing.T) {
	t.Parallel()
	s, b := &slate{spoken: make(chan []string, 100)}, quiet()
	stop := on(t, s, b)
	<-s.spoken // the empty word of a new session
	for i := range 3000 {
		b.Say("tally", fmt.Sprint(i%10))
		b.Say("idea", "1")
	}
	stop()
	got := gather(t, <-s.spoken)
	if len(s.spoken) > 0 || len(got.said["tally"]) != 10 || len(got.said["idea"]) != 1 {
		t.Errorf("said %v, and then %d more", got.said, len(s.spoken))
	}
}

func TestNothingToSayIsNotSaid(t *testing.T) {
	t.Parallel()
	s, b := &slate{spoken: make(chan []string, 100)}, quiet()
	stop := on(t, s, b)
	<-s.spoken
	b.Say("tally")
	stop()
	if len(s.spoken) > 0 {
		t.Errorf("said %v", <-s.spoken)
	}
}

func TestWhatWasRefusedIsSaidAgainWithWhatCameSince(t *testing.T) {
	t.Parallel()
	var u unsaid
	u.add("tally", []string{"1", "2"})
	taken := u.take()
	u.add("tally", []string{"2", "3"})
	u.add("idea", []string{"9"})
	u.putBack(taken)
	want := map[string]map[string]struct{}{"tally": {"1": {}, "2": {}, "3": {}}, "idea": {"9": {}}}
	if diff := cmp.Diff(want, u.take().said); diff != "" || !u.empty() {
		t.Error(diff)
	}
	u.add("tally", []string{"4"})
	taken = u.take()
	u.add("tally", []string{"not a key"})
	u.putBack(taken)
	if w := u.take(); !w.gap || len(w.said) > 0 {
		t.Errorf("%v, want a gap", w)
	}
}

func TestAHearerThatFailsOrIsSlowHarmsNobody(t *testing.T) {
	t.Parallel()
	s, b := &slate{spoken: make(chan []string, 100)}, quiet()
	b.pace.gap = 0
	gaps, busy, goOn, heard := make(chan struct{}, 100), make(chan struct{}), make(chan struct{}), make(chan string, 2*queued)
	b.OnGap(func() { gaps <- struct{}{} })
	b.On("bad", func([]string) { panic("on purpose") })
	b.On("slow", func([]string) { close(busy); <-goOn })
	b.On("tally", func(keys []string) { heard <- strings.Join(keys, " ") })
	on(t, s, b)
	<-s.spoken
	<-gaps // connected
	b.hear("prosumer/1 other 1 said\nbad 1\nslow 1")
	<-busy
	for range queued + 1 {
		b.hear("prosumer/1 other 2 said\ntally 1 2")
		b.hear("prosumer/1 other 2 said\nunknown 1 2")
	}
	close(goOn)
	<-gaps // the queue ran over
	for range queued {
		if got := <-heard; got != "1 2" {
			t.Fatalf("heard %q", got)
		}
	}
	b.hear("prosumer/1 other 3 gap")
	<-gaps
	if len(heard) > 0 {
		t.Errorf("and %d more", len(heard))
	}
}

func TestWithoutAnAddressItOnlyWaits(t *testing.T) {
	t.Parallel()
	b := New(Options{Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for i := range 2 * maxKeys {
		b.Say("tally", fmt.Sprint(i))
	}
	b.Run(ctx)
	if b.Up() || !b.unsaid.take().gap {
		t.Error("it is up, or keeps what nobody will hear")
	}
}

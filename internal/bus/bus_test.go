package bus_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"prosumer/internal/bus"
	"prosumer/internal/pg/pgtest"
)

// patience is how long a test waits for what must happen.
const patience = 30 * time.Second

// board is one server's bus, and what it heard.
type board struct {
	*bus.Bus
	keys chan string
	gaps chan struct{}
	log  *lines
	stop func()
}

// start runs a bus that listens to the subject tally.
func start(t *testing.T, o bus.Options) *board {
	t.Helper()
	s := &board{keys: make(chan string, 100_000), gaps: make(chan struct{}, 1000), log: &lines{}}
	o.Log = slog.New(slog.NewTextHandler(s.log, nil))
	s.Bus = bus.New(o)
	s.Hurry()
	s.On("tally", func(keys []string) {
		for _, key := range keys {
			s.keys <- key
		}
	})
	s.OnGap(func() { s.gaps <- struct{}{} })
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); s.Run(ctx) }()
	s.stop = func() { cancel(); await(t, "the end of Run", ended) }
	t.Cleanup(s.stop)
	return s
}

// await waits for a word on a channel, and fails the test when none comes.
func await[T any](t *testing.T, what string, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatal("in vain: ", what)
		panic("unreachable")
	}
}

// until waits for a state that nobody announces.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("in vain: ", what)
		}
	}
}

// ready waits for servers to hear and be heard, and takes their first gap.
func ready(t *testing.T, all ...*board) {
	t.Helper()
	for _, s := range all {
		await(t, "the first gap", s.gaps)
		until(t, "up", s.Up)
	}
}

// hears checks that a key said by one reaches the other.
func hears(t *testing.T, from, to *board, key string) {
	t.Helper()
	from.Say("tally", key)
	for await(t, "key "+key, to.keys) != key {
	}
}

// lines is a log that a test can read.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) has(words string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Contains(l.text.String(), words)
}

// ways are the two transports, each with servers of one board.
func ways(t *testing.T, test func(t *testing.T, o bus.Options)) {
	t.Helper()
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		db, dsn := pgtest.NewWithDSN(t)
		test(t, bus.Options{DSN: dsn, DB: db})
	})
	t.Run("nats", func(t *testing.T) {
		t.Parallel()
		test(t, bus.Options{NATSURL: broker(t, 0).ClientURL(), Board: "one"})
	})
}

func TestServersHearEachOtherAndNotThemselves(t *testing.T) {
	t.Parallel()
	ways(t, func(t *testing.T, o bus.Options) {
		one, two, three := start(t, o), start(t, o), start(t, o)
		ready(t, one, two, three)
		one.Say("tally", "1")
		one.Say("unknown", "7")
		for _, s := range []*board{two, three} {
			if key := await(t, "key 1", s.keys); key != "1" {
				t.Errorf("heard %q", key)
			}
		}
		hears(t, two, one, "2") // had one heard itself, that would have been first
		if len(one.keys)+len(two.keys) > 0 || one.log.has("dropped") {
			t.Error("heard itself")
		}
	})
}

func TestManyKeysAreHeardOnceEach(t *testing.T) {
	t.Parallel()
	ways(t, func(t *testing.T, o bus.Options) {
		heard, speaker := start(t, o), bus.New(o)
		ready(t, heard)
		const keys = 5000 // about 55,000 bytes
		for i := range 4 * keys {
			speaker.Say("tally", fmt.Sprint("idea-", 10_000+i%keys))
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); speaker.Run(ctx) }()
		seen := map[string]int{}
		for range keys {
			seen[await(t, "a key", heard.keys)]++
		}
		cancel()
		<-ended
		if len(seen) != keys || len(heard.keys) > 0 || len(heard.gaps) > 0 {
			t.Errorf("%d keys, %d more, %d gaps", len(seen), len(heard.keys), len(heard.gaps))
		}
	})
}

func TestTooMuchToSayIsAGapForOthersOnly(t *testing.T) {
	t.Parallel()
	ways(t, func(t *testing.T, o bus.Options) {
		one, two := start(t, o), start(t, o)
		ready(t, one, two)
		many := make([]string, bus.MaxKeys+1)
		for i := range many {
			many[i] = fmt.Sprint(i)
		}
		one.Say("tally", many...)
		await(t, "a gap", two.gaps)
		hears(t, one, two, "x")
		if len(one.gaps) > 0 {
			t.Error("the speaker missed nothing")
		}
	})
}

func TestWhatWasSaidLastIsHeard(t *testing.T) {
	t.Parallel()
	ways(t, func(t *testing.T, o bus.Options) {
		one, two := start(t, o), start(t, o)
		ready(t, one, two)
		one.Say("tally", "last")
		one.stop()
		if key := await(t, "the last word", two.keys); key != "last" {
			t.Errorf("heard %q", key)
		}
		if one.Up() {
			t.Error("up after the end")
		}
	})
}

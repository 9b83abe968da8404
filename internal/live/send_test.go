package live

import (
	"bytes"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// memory is a connection that keeps what is written to it.
type memory struct {
	net.Conn
	bytes.Buffer
}

func (m *memory) Write(p []byte) (int, error)      { return m.Buffer.Write(p) }
func (m *memory) Read([]byte) (int, error)         { return 0, net.ErrClosed }
func (m *memory) SetWriteDeadline(time.Time) error { return nil }

// bareHub is a hub without a loop and clients without a reader.
func bareHub() *Hub {
	o := Defaults().filled()
	return &Hub{o: o, single: map[string]bool{"here": true}, rooms: map[Topic]*room{}, counts: map[*room]struct{}{}, loop: loop{behind: map[*client]lag{}, extra: bucket{rate: atOnce, most: atOnce}}}
}

func (h *Hub) bareClient(topics ...Topic) (*client, *memory) {
	kept := &memory{}
	c := &client{hub: h, out: &stream{Conn: kept}}
	for _, t := range topics {
		h.enter(c, t)
		c.find(t).state = live
	}
	return c, kept
}

// texts reads frames as a browser would.
func texts(t interface{ Fatal(...any) }, wire []byte) (list []string) {
	for len(wire) > 0 {
		n := int(wire[1])
		head := 2
		if n == 126 {
			n, head = int(wire[2])<<8|int(wire[3]), 4
		}
		if wire[0] != 0x81 || len(wire) < head+n {
			t.Fatal("not a text frame")
		}
		list = append(list, string(wire[head:head+n]))
		wire = wire[head+n:]
	}
	return list
}

// Everybody hears the newest of exactly what he watches, in the order of the
// round, whatever the others watch.
func TestEachClientHearsWhatItWatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := bareHub()
		topics := []Topic{"idea:1", "idea:2", "idea:3", "idea:4"}
		subset := rapid.SliceOfNDistinct(rapid.SampledFrom(topics), 0, len(topics), rapid.ID)
		var kept []*memory
		var watched [][]Topic
		for i := range rapid.IntRange(1, 12).Draw(t, "clients") {
			watched = append(watched, subset.Draw(t, fmt.Sprint("topics of ", i)))
			_, m := h.bareClient(watched[i]...)
			kept = append(kept, m)
		}
		changed := subset.Draw(t, "changed")
		for _, topic := range changed {
			if r := h.rooms[topic]; r != nil && r.put(Item{"tallies", tally(topic, 1)}) {
				h.changed = append(h.changed, r)
			}
		}

		h.turn()

		for i, topics := range watched {
			var items []string
			for _, topic := range changed {
				for _, own := range topics {
					if own == topic {
						items = append(items, string(tally(topic, 1)))
					}
				}
			}
			var want []string
			if len(items) > 0 {
				want = []string{`{"tallies":[` + strings.Join(items, ",") + `]}`}
			}
			if diff := cmp.Diff(want, texts(t, kept[i].Bytes())); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

// Frames of every length read well at the other end.
func TestFramesAreReadByABrowser(t *testing.T) {
	w := newWorld(t, Defaults())
	c := w.dial(t, "idea:1")
	c.next()

	for _, n := range []int{0, 125, 126, 127, 65_535, 65_536, 200_000} {
		body := `"` + strings.Repeat("x", n) + `"`
		w.hub.Event("idea:1", "", []byte(body))
		c.expect(`{"":[` + body + `]}`)
	}
}

func TestARoundIsSharedByAllAndTellsEachOnce(t *testing.T) {
	h := bareHub()
	for range 100 {
		h.bareClient("idea:1", "idea:2")
	}
	for _, topic := range []Topic{"idea:1", "idea:2"} {
		h.rooms[topic].put(Item{"tallies", tally(topic, 1)})
		h.changed = append(h.changed, h.rooms[topic])
	}

	h.loop.turns = 1
	h.gather(h.o.Now())

	if len(h.loop.touched) != 100 || len(h.loop.groups) != 3 { // nothing, the first, both
		t.Errorf("%d are told something in %d groups", len(h.loop.touched), len(h.loop.groups))
	}
}

func TestAfterAPauseTwoRoundsGoAtOnceAndThenOneInATick(t *testing.T) {
	h := bareHub()
	h.bareClient("idea:1")
	h.loop.extra.rate = 0 // nothing out of turn
	r, start := h.rooms["idea:1"], time.Now()
	var sent []time.Duration

	for at := time.Duration(0); at < 5*h.o.Flush; at += h.o.Flush / 10 {
		if r.put(Item{"tallies", tally("idea:1", 1)}) {
			h.changed = append(h.changed, r)
		}
		h.loop.turns++
		if h.gather(start.Add(at)); len(h.loop.touched) > 0 {
			sent = append(sent, at/h.o.Flush*h.o.Flush)
		}
	}

	f := h.o.Flush
	if diff := cmp.Diff([]time.Duration{0, 0, f, 2 * f, 3 * f, 4 * f}, sent); diff != "" {
		t.Error(diff)
	}
}

func TestAConnectionNotMadeByNonBlockingIsRefused(t *testing.T) {
	w := newWorld(t, Defaults())
	w.wrap = func(c net.Conn) net.Conn { return c }

	w.dial(t).wantEnd(CloseFailed)

	if n := w.hub.Sockets(); n != 0 {
		t.Errorf("%d sockets are counted", n)
	}
}

func BenchmarkRound(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			h := bareHub()
			for range n {
				c, _ := h.bareClient("idea:1")
				c.out.Conn = nowhere{}
			}
			b.ReportAllocs()
			for b.Loop() {
				h.events = append(h.events, entry{room: h.rooms["idea:1"], item: Item{"tallies", tally("idea:1", 1)}})
				h.turn()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/client")
		})
	}
}

// nowhere takes everything at no cost, so that only the hub's own work is left.
type nowhere struct{ net.Conn }

func (nowhere) Write(p []byte) (int, error)      { return len(p), nil }
func (nowhere) SetWriteDeadline(time.Time) error { return nil }

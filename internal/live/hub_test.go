package live

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestWatchingBeginsWithASnapshot(t *testing.T) {
	w := newWorld(t, Defaults())

	c := w.dial(t, "idea:1", "idea:9", "idea:2", "me")

	c.hear(`{"topic":"me","code":"sign_in"}`, `{"tallies":[{"n":1,"topic":"idea:1"},{"n":1,"topic":"idea:2"}]}`, `{"topic":"idea:9","code":"not_found"}`)
	if got := w.hub.Here("idea:9"); got != 0 {
		t.Errorf("a refused topic has %d watchers", got)
	}
}

func TestWatchingAgainGivesAFreshSnapshot(t *testing.T) {
	w := newWorld(t, Defaults())
	c := w.dial(t, "idea:1")
	c.expect(`{"tallies":[{"n":1,"topic":"idea:1"}]}`)

	c.say(map[string]any{"watch": []string{"idea:1"}})

	c.expect(`{"tallies":[{"n":1,"topic":"idea:1"}]}`)
	c.say(map[string]any{"unwatch": []string{"idea:1"}, "watch": []string{"idea:2"}})
	c.expect(`{"tallies":[{"n":1,"topic":"idea:2"}]}`)
	if got := w.hub.Here("idea:1"); got != 0 {
		t.Errorf("%d still watch", got)
	}
}

func TestTheFirstChangeOfAQuietTopicDoesNotWaitForTheTick(t *testing.T) {
	o := Defaults()
	o.Flush = time.Hour
	w := newWorld(t, o)
	c := w.dial(t, "idea:1", "idea:2")
	c.next()

	w.set("idea:1", 2)

	c.expect(`{"tallies":[{"n":2,"topic":"idea:1"}]}`)
	w.set("idea:2", 2)
	c.expect(`{"tallies":[{"n":2,"topic":"idea:2"}]}`)
}

func TestManyChangesWithinATickAreAtMostTwoFrames(t *testing.T) {
	o := Defaults()
	o.Flush = 300 * time.Millisecond
	w := newWorld(t, o)
	c := w.dial(t, "idea:1", "idea:2")
	c.next()

	w.hub.mu.Lock() // one tick cannot pass while these are published
	r := w.hub.rooms["idea:1"]
	for n := range 1000 {
		if r.put(Item{"tallies", tally("idea:1", n)}) {
			w.hub.changed = append(w.hub.changed, r)
		}
	}
	w.hub.mu.Unlock()
	w.set("idea:1", 1000)
	w.hub.rouse()

	if before := c.until(`{"tallies":[{"n":1000,"topic":"idea:1"}]}`); before > 1 {
		t.Errorf("%d frames before the newest", before)
	}
}

func TestWatchersOfTheSameTopicsShareOneFrame(t *testing.T) {
	w := newWorld(t, Defaults())
	c := w.dial(t, "idea:1", "idea:2")
	c.next()

	w.hub.LatestMany([]Change{
		{"idea:1", Item{"tallies", tally("idea:1", 5)}},
		{"idea:2", Item{"tallies", tally("idea:2", 6)}},
		{"idea:3", Item{"tallies", tally("idea:3", 7)}},
	})

	c.expect(`{"tallies":[{"n":5,"topic":"idea:1"},{"n":6,"topic":"idea:2"}]}`)
}

func TestEventsGoToEveryWatcherInOrder(t *testing.T) {
	w := newWorld(t, Defaults())
	a, b := w.dial(t, "idea:1"), w.dial(t, "idea:1", "idea:2")
	a.next()
	b.next()

	w.hub.Event("idea:1", "status", json.RawMessage(`{"idea":1,"status":"adopted"}`))
	w.hub.Event("idea:1", "status", json.RawMessage(`{"idea":1,"status":"launched"}`))

	for _, c := range []*reader{a, b} {
		text := c.next()
		if !strings.Contains(text, "launched") {
			text += c.next()
		}
		if i, j := strings.Index(text, "adopted"), strings.Index(text, "launched"); i < 0 || j < i {
			t.Errorf("heard %s", text)
		}
	}
}

func TestTheBoardSaysHowManyAreHere(t *testing.T) {
	o := Defaults()
	o.HereEvery = 10 * time.Millisecond
	w := newWorld(t, o)

	a := w.dial(t, "board")
	a.expect(`{"here":{"board":1}}`)
	b := w.dial(t, "board")
	b.expect(`{"here":{"board":2}}`)
	a.expect(`{"here":{"board":2}}`)
	_ = b.ws.Close()
	a.expect(`{"here":{"board":1}}`)
}

func TestAnItemOfASingleKindIsNoList(t *testing.T) {
	o := Defaults()
	o.Snapshot = func(_ context.Context, _ Viewer, topics []Topic) (map[Topic]Snapshot, map[Topic]string) {
		return map[Topic]Snapshot{"me:7": {{"inbox", json.RawMessage(`{"unread":3}`)}}}, nil
	}
	w := newWorld(t, o).as(Viewer{Account: 7})

	c := w.dial(t, "me", "me:8")

	c.hear(`{"refused":[{"topic":"me:8","code":"not_found"}]}`, `{"inbox":{"unread":3}}`)
}

func TestTheTopicAfterTheLastAllowedIsRefused(t *testing.T) {
	w := newWorld(t, Defaults())
	var topics []Topic
	for i := range 201 {
		topics = append(topics, Topic("idea:"+string(rune('a'+i/26))+string(rune('a'+i%26))))
		w.figures[topics[i]] = i
	}

	c := w.dial(t, topics...)

	c.hear(`{"refused":[{"topic":"`+string(topics[200])+`","code":"too_many"}]}`, `"topic":"`+string(topics[199])+`"}]}`)
	var here int
	for _, topic := range topics {
		here += w.hub.Here(topic)
	}
	if here != 200 {
		t.Errorf("%d topics are watched, want 200", here)
	}
}

func TestRecheckRefusesWhoMayNoLongerSeeATopic(t *testing.T) {
	w := newWorld(t, Defaults())
	c := w.dial(t, "idea:1")
	c.next()
	w.mu.Lock()
	delete(w.figures, "idea:1")
	w.mu.Unlock()

	w.hub.Recheck("idea:1")

	c.expect(`{"refused":[{"topic":"idea:1","code":"not_found"}]}`)
}

func TestAFailingSnapshotLeavesTheHubAlive(t *testing.T) {
	o := Defaults()
	o.Snapshot = func(_ context.Context, _ Viewer, topics []Topic) (map[Topic]Snapshot, map[Topic]string) {
		if topics[0] == "idea:1" {
			panic("no database")
		}
		return map[Topic]Snapshot{topics[0]: {{"tallies", tally(topics[0], 1)}}}, nil
	}
	w := newWorld(t, o)

	c := w.dial(t, "idea:1")
	c.expect(`{"refused":[{"topic":"idea:1","code":"unavailable"}]}`)
	c.say(map[string]any{"watch": []string{"idea:2"}})

	c.expect(`{"tallies":[{"n":1,"topic":"idea:2"}]}`)
}

// An event between the reading of a snapshot and its sending must not leave the
// reader with what the snapshot says.
func TestAnEventDuringASnapshotIsNotLost(t *testing.T) {
	reading, goOn := make(chan struct{}), make(chan struct{})
	status, calls := "open", 0
	o := Defaults()
	o.Snapshot = func(context.Context, Viewer, []Topic) (map[Topic]Snapshot, map[Topic]string) {
		body := json.RawMessage(`"` + status + `"`)
		if calls++; calls == 1 {
			close(reading)
			<-goOn
		}
		return map[Topic]Snapshot{"idea:1": {{"status", body}}}, nil
	}
	w := newWorld(t, o)
	c := w.dial(t, "idea:1")
	<-reading
	status = "adopted"
	w.hub.Event("idea:1", "status", json.RawMessage(`"adopted"`))
	w.hub.loopHasTakenAll()
	close(goOn)

	got := []string{c.next(), c.next()}

	if diff := cmp.Diff([]string{`{"status":["open"]}`, `{"status":["adopted"]}`}, got); diff != "" {
		t.Error(diff)
	}
}

// loopHasTakenAll waits until nothing is left to be sent out.
func (h *Hub) loopHasTakenAll() {
	for {
		h.mu.Lock()
		empty := len(h.events) == 0
		h.mu.Unlock()
		if empty {
			return
		}
		h.rouse()
		time.Sleep(time.Millisecond)
	}
}

func TestVisitorsWhoWaitAreAskedForTogether(t *testing.T) {
	h := newWorld(t, Defaults()).hub
	waiting := func(account int64, topics ...Topic) *client {
		c := &client{viewer: Viewer{Account: account}}
		for _, topic := range topics {
			c.watches = append(c.watches, &watch{client: c, room: &room{topic: topic}})
		}
		return c
	}
	queue := []*client{waiting(0, "idea:1"), waiting(0, "idea:2", "idea:1"), waiting(7, "idea:1"), waiting(8, "idea:1"), waiting(0, "idea:3")}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.queue = slices.Clone(queue)

	for i, want := range []struct {
		clients []*client
		topics  []Topic
	}{
		{queue[:2], []Topic{"idea:1", "idea:2"}},
		{queue[2:3], []Topic{"idea:1"}},
		{queue[3:4], []Topic{"idea:1"}},
		{queue[4:], []Topic{"idea:3"}},
	} {
		needs, topics := h.nextNeeds()
		slices.Sort(topics)
		if !slices.Equal(topics, want.topics) {
			t.Errorf("question %d is about %v, want %v", i, topics, want.topics)
		}
		for j, n := range needs {
			if len(needs) != len(want.clients) || n.c != want.clients[j] || len(n.watches) != len(n.c.watches) {
				t.Errorf("question %d is for %d clients, want %d, each with all it watches", i, len(needs), len(want.clients))
			}
		}
	}
	if len(h.queue) != 0 {
		t.Error("some are left")
	}
}

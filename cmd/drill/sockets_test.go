package main

import (
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestAClientWaitsWhatItWasAskedAndNeverLongerThanTheCeilingOnTop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := comeback{failures: rapid.IntRange(0, 100).Draw(t, "failures")}
		asked := time.Duration(rapid.IntRange(0, 60).Draw(t, "asked")) * time.Second
		spread := time.Duration(rapid.IntRange(0, 20).Draw(t, "spread")) * time.Second
		ceiling := comebackMost
		if b.failures < 6 {
			ceiling = time.Second << b.failures
		}
		if got := b.wait(asked, spread); got < asked || got >= asked+max(ceiling, spread) {
			t.Fatalf("waits %s, asked %s, ceiling %s, spread %s", got, asked, ceiling, spread)
		}
	})
}

func TestAGoodConnectionWipesTheSlate(t *testing.T) {
	b := comeback{failures: 5}
	if b.lasted(comebackGood - 1); b.failures != 5 {
		t.Error("a short connection counts as good")
	}
	if b.lasted(comebackGood); b.failures != 0 {
		t.Error("a good connection does not count")
	}
}

func TestTheSpreadIsReadFromTheReasonOfAClose(t *testing.T) {
	for reason, want := range map[string]time.Duration{"spread=10": 10 * time.Second, "spread=0": 0, "spread=-1": 0, "spread=": 0, "": 0, "signed out": 0} {
		if got := spreadOf(reason); got != want {
			t.Errorf("%q: %s, want %s", reason, got, want)
		}
	}
}

func TestTheKernelsQueuesAreReadByBothEnds(t *testing.T) {
	const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 0201007F:D431 01 0000FF00:00000010 01:00000014 00000000     0        0 1
   1: 0201007F:D431 0100007F:0BB8 01 00000000:00001200 00:00000000 00000000     0        0 2
`
	got, err := readQueues(strings.NewReader(table))
	if err != nil {
		t.Fatal(err)
	}
	want := map[[2]string]int64{
		{"127.0.0.1:3000", "127.0.1.2:54321"}: 0xff00 + 0x10,
		{"127.0.1.2:54321", "127.0.0.1:3000"}: 0x1200,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEveryFortiethWatcherHasAnotherAddress(t *testing.T) {
	h, err := newHerd("", "", "", []int64{1, 2}, 10000, 100)
	if err != nil {
		t.Fatal(err)
	}
	seats := map[string]int{}
	for _, w := range h.members {
		if !w.from.IsLoopback() || w.from.Equal(net.IPv4(127, 0, 0, 1)) {
			t.Fatalf("a watcher comes from %s", w.from)
		}
		seats[w.from.String()]++
	}
	if len(seats) != 250 {
		t.Errorf("%d addresses", len(seats))
	}
	if got := string(h.watch); got != `{"watch":["idea:1","idea:2"]}` {
		t.Errorf("watches with %s", got)
	}
}

func TestADelayIsFromTheAnswerToTheFirstMessageThatIsNewEnough(t *testing.T) {
	begun := time.Now()
	at := func(ms int) time.Time { return begun.Add(time.Duration(ms) * time.Millisecond) }
	h := &herd{ideas: []int64{7}, members: []*watcher{{records: true, heard: map[int64][]hearing{7: {{1, at(0)}, {4, at(100)}, {5, at(300)}}}}}}
	votes := []receipt{{idea: 7, revision: 2, at: at(10)}, {idea: 7, revision: 4, at: at(150)}, {idea: 7, revision: 5, at: at(280)}, {idea: 7, revision: 6, at: at(290)}, {idea: 7, revision: 5, at: at(900)}}
	delays, never := h.delays(votes, at(0), at(500))
	if diff := cmp.Diff([]time.Duration{0, 20 * time.Millisecond, 90 * time.Millisecond}, delays); diff != "" || never != 1 {
		t.Errorf("%d never heard, delays %s", never, diff)
	}
	if got := h.busiest(at(0), at(500)); got != 3 {
		t.Errorf("%d tallies in a second", got)
	}
}

func TestAdmissionsAreCountedInTheBusiestSecond(t *testing.T) {
	begun := time.Now()
	h := &herd{}
	for _, ms := range []int{-500, 0, 900, 1100, 1200, 1899, 1900, 5000} {
		h.admitted = append(h.admitted, begun.Add(time.Duration(ms)*time.Millisecond))
	}
	most, all := h.admissions(begun, time.Second)
	if most != 4 || all != 7 {
		t.Errorf("%d in a second of %d", most, all)
	}
}

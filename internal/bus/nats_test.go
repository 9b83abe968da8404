package bus_test

import (
	"fmt"
	"net"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"go.uber.org/goleak"

	"prosumer/internal/bus"
)

// broker is a NATS server on a port of this machine; 0 is any.
func broker(t *testing.T, port int) *server.Server {
	t.Helper()
	if port == 0 {
		port = server.RANDOM_PORT
	}
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: port, NoLog: true, NoSigs: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(patience) {
		t.Fatal("nats does not start")
	}
	return s
}

func TestABrokerThatComesBackIsAGap(t *testing.T) {
	t.Parallel()
	first := broker(t, 0)
	o, port := bus.Options{NATSURL: first.ClientURL()}, first.Addr().(*net.TCPAddr).Port
	one, two := start(t, o), start(t, o)
	ready(t, one, two)

	first.Shutdown()
	first.WaitForShutdown()
	for _, s := range []*board{one, two} {
		until(t, "down", func() bool { return !s.Up() })
	}
	one.Say("tally", "meanwhile")
	broker(t, port)
	ready(t, one, two)
	hears(t, two, one, "a")
	hears(t, one, two, "b")
}

func TestSayDoesNotWaitForABrokerThatIsAway(t *testing.T) {
	t.Parallel()
	s := start(t, bus.Options{NATSURL: "nats://127.0.0.1:1"})
	for i := range bus.MaxKeys {
		s.Say("tally", fmt.Sprint(i))
		s.Say("idea", fmt.Sprint(i/2))
	}
	until(t, "all is kept", func() bool { keys, _ := s.Waiting(); return keys == bus.MaxKeys+bus.MaxKeys/2 })
	s.Say("tally", "one more")
	until(t, "all is forgotten", func() bool { keys, gap := s.Waiting(); return gap && keys == 0 })
	for i := range 4 * bus.MaxKeys {
		s.Say("tally", fmt.Sprint(i))
	}
	if s.Up() || len(s.gaps) > 0 {
		t.Error("up, or a gap though nothing has connected")
	}
}

func TestABrokerThatHangsHoldsNothingUp(t *testing.T) {
	b := broker(t, 0)
	p := newPipe(t, address{"tcp", b.Addr().String()})
	before := goleak.IgnoreCurrent()
	one, two := start(t, bus.Options{NATSURL: "nats://127.0.0.1:" + p.port()}), start(t, bus.Options{NATSURL: b.ClientURL()})
	ready(t, one, two)
	p.freeze()
	until(t, "down", func() bool { return !one.Up() })
	for i := range 1000 {
		one.Say("tally", fmt.Sprint(i))
	}
	p.thaw()
	ready(t, one)
	hears(t, two, one, "a")
	hears(t, one, two, "999")
	p.freeze()
	one.stop()
	two.stop()
	p.close()
	goleak.VerifyNone(t, before)
}

func TestBoardsOnOneBrokerDoNotHearEachOther(t *testing.T) {
	t.Parallel()
	url := broker(t, 0).ClientURL()
	boards := []bus.Options{
		{NATSURL: url, Board: "one"},
		{NATSURL: url, Board: "one.*"},
		{NATSURL: url, Board: "ideeën van > ons"},
		{NATSURL: url, DSN: "postgres:///two"},
		{NATSURL: url},
	}
	var speakers, hearers []*board
	for _, o := range boards {
		speakers, hearers = append(speakers, start(t, o)), append(hearers, start(t, o))
	}
	ready(t, speakers...)
	ready(t, hearers...)
	for i, s := range speakers {
		s.Say("tally", fmt.Sprint(i))
	}
	for i, s := range hearers {
		if key := await(t, "a key", s.keys); key != fmt.Sprint(i) {
			t.Errorf("board %d hears %q", i, key)
		}
		hears(t, speakers[i], s, "end")
	}
}

func TestStrangersOnTheSubjectAreLogged(t *testing.T) {
	t.Parallel()
	b := broker(t, 0)
	s := start(t, bus.Options{NATSURL: b.ClientURL(), Board: "one"})
	ready(t, s)
	stranger, err := nats.Connect(b.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	for _, data := range [][]byte{nil, {0, 255}, make([]byte, 1<<20), []byte("prosumer/1 other 1 said\ntally 5")} {
		if err := stranger.Publish("prosumer.one.bus", data); err != nil {
			t.Fatal(err)
		}
	}
	if key := await(t, "the one real message", s.keys); key != "5" || !s.log.has("message dropped") {
		t.Errorf("heard %q", key)
	}
}

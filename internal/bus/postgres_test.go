package bus_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"go.uber.org/goleak"

	"prosumer/internal/bus"
	"prosumer/internal/pg/pgtest"
)

func notify(t *testing.T, db *sqlx.DB, payload string) {
	t.Helper()
	if _, err := db.Exec(`SELECT pg_notify($1, $2)`, bus.Channel, payload); err != nil {
		t.Fatal(err)
	}
}

func TestStrangersOnTheChannelAreLogged(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	s := start(t, bus.Options{DSN: dsn, DB: db})
	ready(t, s)
	for _, payload := range []string{"", "hello", "prosumer/1 a 1 said\ntally", "prosumer/9 a 1 said", strings.Repeat("é", 3999)} {
		notify(t, db, payload)
	}
	notify(t, db, "prosumer/1 other 1 said\ntally 5")
	if key := await(t, "the one real message", s.keys); key != "5" {
		t.Errorf("heard %q", key)
	}
	notify(t, db, "prosumer/1 other 2 gap")
	await(t, "a gap", s.gaps)
	if !s.log.has("message dropped") || s.log.has("hello") {
		t.Error("the log is silent, or repeats what strangers say")
	}
}

func TestKilledConnectionsAreAGapAndComeBack(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	o := bus.Options{DSN: dsn, DB: db}
	one, two := start(t, o), start(t, o)
	ready(t, one, two)
	for range 3 {
		for _, s := range []*board{one, two} {
			for len(s.gaps) > 0 {
				<-s.gaps
			}
		}
		// The first may cut the pool's connection under us, which lib/pq reports.
		_, _ = db.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`)
		ready(t, one, two)
		hears(t, one, two, "a")
		hears(t, two, one, "b")
	}
}

// through is a database address that leads through a pipe.
func through(t *testing.T, dsn string) (string, *pipe) {
	t.Helper()
	p := newPipe(t, databaseAddress(t, dsn))
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("host", "127.0.0.1")
	q.Set("port", p.port())
	u.RawQuery = q.Encode()
	return u.String(), p
}

func TestAFrozenListeningConnectionIsNoticed(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	slow, p := through(t, dsn)
	one, two := start(t, bus.Options{DSN: slow, DB: db}), start(t, bus.Options{DSN: dsn, DB: db})
	ready(t, one, two)
	p.freeze()
	until(t, "down", func() bool { return !one.Up() })
	p.thaw()
	ready(t, one)
	hears(t, two, one, "a")
}

func TestADatabaseThatHangsHoldsNothingUp(t *testing.T) {
	db, dsn := pgtest.NewWithDSN(t)
	slow, p := through(t, dsn)
	before := goleak.IgnoreCurrent()
	p.freeze()
	s := start(t, bus.Options{DSN: slow, DB: db})
	await(t, "a connection", p.met)
	s.Say("tally", "1")
	s.stop()
	p.thaw()
	p.freezeAt("LISTEN")
	s = start(t, bus.Options{DSN: slow, DB: db})
	await(t, "the statement", p.sprung)
	s.stop()
	p.close()
	goleak.VerifyNone(t, before)
}

func TestARunThatEndsLeavesNothingBehind(t *testing.T) {
	db, dsn := pgtest.NewWithDSN(t)
	address := broker(t, 0).ClientURL()
	before := goleak.IgnoreCurrent()
	for _, o := range []bus.Options{
		{DSN: dsn, DB: db},
		{NATSURL: address},
		{DSN: "postgres://x@127.0.0.1:1/x?connect_timeout=1", DB: db}, // nobody there
		{NATSURL: "nats://127.0.0.1:1"},
		{NATSURL: "not an address:::"},
	} {
		s := start(t, o)
		if o.NATSURL == address || o.DSN == dsn {
			ready(t, s)
		} else {
			until(t, "a refusal", func() bool { return s.log.has("cannot connect") })
		}
		s.Say("tally", "1")
		s.stop()
	}
	goleak.VerifyNone(t, before)
}

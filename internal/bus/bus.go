package bus

import (
	"crypto/rand"
	"log/slog"
	"time"

	"github.com/jmoiron/sqlx"
)

// Options is what a Bus needs. Either DSN and DB, or NATSURL.
type Options struct {
	// DSN is the database's direct address, for the listening connection.
	DSN string
	// DB is the pool to speak through: one short statement per Every.
	DB *sqlx.DB
	// NATSURL, if not empty, is used instead of PostgreSQL: one address or
	// several with commas between them.
	NATSURL string
	// Board tells boards on one NATS server apart. Empty means the name of the
	// database in DSN.
	Board string
	// Every is the least time between two things said; 100 ms if zero.
	Every time.Duration
	// Log hears of lost connections and dropped messages; slog.Default if nil.
	Log *slog.Logger
	// Now is the clock; time.Now if nil.
	Now func() time.Time
}

// Bus tells the other servers what changed here, and hears it from them. All
// methods may be called from any goroutine, but On and OnGap only before Run.
type Bus struct {
	log  *slog.Logger
	now  func() time.Time
	pace pace
	node string // this server's name, new with every start
	way  transport
	line line

	unsaid *unsaid
	wake   chan struct{} // something is unsaid
	opened chan struct{} // a session began: speak at once

	ears  map[string][]func(keys []string)
	gaps  []func()
	queue chan packet   // heard, not yet handed on
	gap   chan struct{} // a gap not yet handed on

	dropped, overrun, unheard, mute throttle
}

// pace is how fast things go; only tests change it.
type pace struct {
	every    time.Duration // between two things said
	retry    time.Duration // the same, after one that failed
	beat     time.Duration // of silence before an empty word is said
	speak    time.Duration // for one thing to be taken by the other side
	echo     time.Duration // for it to come back
	open     time.Duration // for a session to open; a DSN may name several hosts
	gap      time.Duration // between two calls of OnGap
	last     time.Duration // for what is unsaid when Run is told to stop
	maxPause time.Duration // between two attempts to connect
}

// queued is how many messages wait while their subject's hearer is at work.
const queued = 256

// New makes a bus. It does not connect, and so never fails: Run does, for as
// long as it takes. Without any address it never hears or says anything.
func New(o Options) *Bus {
	b := &Bus{
		log: o.Log, now: o.Now,
		pace: pace{
			every: o.Every, retry: time.Second, beat: 5 * time.Second, speak: 3 * time.Second,
			echo: 10 * time.Second, open: 30 * time.Second, gap: time.Second, last: time.Second, maxPause: 5 * time.Second,
		},
		node:   rand.Text(),
		unsaid: &unsaid{},
		wake:   make(chan struct{}, 1), opened: make(chan struct{}, 1),
		ears:  map[string][]func([]string){},
		queue: make(chan packet, queued), gap: make(chan struct{}, 1),
	}
	if b.log == nil {
		b.log = slog.Default()
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.pace.every <= 0 {
		b.pace.every = 100 * time.Millisecond
	}
	switch {
	case o.NATSURL != "":
		b.way = newNATS(o.NATSURL, o.Board, o.DSN)
	case o.DSN != "" && o.DB != nil:
		b.way = newPostgres(o.DSN, o.DB)
	}
	return b
}

// Say tells the other servers that the keys of a subject changed. It never
// blocks and never fails: it notes the keys, and Run sends them within Every if
// the way is clear. Keys that are said again before that are sent once. Without
// keys it says nothing.
//
// A subject is up to 64 and a key up to 128 visible ASCII characters. What is
// not, cannot be sent, and becomes a gap.
func (b *Bus) Say(subject string, keys ...string) {
	if len(keys) == 0 {
		return
	}
	b.unsaid.add(subject, keys)
	nudge(b.wake)
}

// On hears what other servers say about a subject: keys in no order, at least
// one, not to be changed. All hearers are called one after the other on one
// goroutine, in the order of the messages; one that is slow holds up the rest,
// until the queue runs over and becomes a gap.
func (b *Bus) On(subject string, hear func(keys []string)) {
	b.ears[subject] = append(b.ears[subject], hear)
}

// OnGap hears that messages may have been missed, so that everything that
// depends on them is to be asked for anew. It is called on the goroutine of On,
// at most once a second, and once soon after Run has first connected.
func (b *Bus) OnGap(f func()) { b.gaps = append(b.gaps, f) }

// Up reports whether the bus can hear and speak now: what was said last was
// taken, and something said in this session has come back.
func (b *Bus) Up() bool { return b.line.up() }

// nudge leaves a note for a goroutine that looks after it.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

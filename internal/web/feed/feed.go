package feed

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"prosumer/internal/board"
	"prosumer/internal/bus"
	"prosumer/internal/ideas"
	"prosumer/internal/live"
	"prosumer/internal/votes"
	"prosumer/internal/web/api"
)

// LookEvery is how often the database is asked what the sockets watch: the most
// a tally lags on this server when no message arrives.
const LookEvery = 3 * time.Second

// lookPiece is how many ideas one look asks for at once.
const lookPiece = 1000

// The topics of the socket, as the contract names them.
const (
	boardTopic      = live.Topic("board")
	ideaPrefix      = "idea:"
	challengePrefix = "challenge:"
)

func challengeTopic(slug string) live.Topic { return live.Topic(challengePrefix + slug) }

func ideaTopic(id ideas.ID) live.Topic { return live.Topic(ideaPrefix + id.String()) }

// Options is what a feed stands between.
type Options struct {
	Hub   *live.Hub
	Board *board.Board
	Bus   *bus.Bus

	// Forget drops what is remembered of who is signed in; called when another
	// server ended a session, or may have.
	Forget func()

	// Comments says how many comments are shown on each of these ideas; nil
	// where nobody asks.
	Comments func(ctx context.Context, list []ideas.ID) (map[ideas.ID]int, error)

	// Over says which of these sessions have ended.
	Over func(ctx context.Context, sessions []string) ([]string, error)

	Every time.Duration // between two looks; LookEvery if zero
	Log   *slog.Logger
}

// Feed is made before the bus runs, and run for as long as the server is.
type Feed struct {
	o    Options
	wake chan struct{} // changed holds something
	look chan struct{} // look at the database now

	mu      sync.Mutex
	changed map[ideas.ID]votes.Tally // by this server's writer, not yet told
	told    map[ideas.ID]told        // of ideas that are watched
}

// told is what the watchers of an idea were last told.
type told struct {
	tally  votes.Tally
	looked bool // what follows was read by a look
	status ideas.Status
	seen   bool // by everybody: not hidden
}

// New makes a feed and has it hear the bus.
func New(o Options) *Feed {
	if o.Every == 0 {
		o.Every = LookEvery
	}
	f := &Feed{o: o, wake: make(chan struct{}, 1), look: make(chan struct{}, 1), changed: map[ideas.ID]votes.Tally{}, told: map[ideas.ID]told{}}
	o.Bus.On(saidTallies, f.heardTallies)
	o.Bus.On(saidMoved, f.heardMoved)
	o.Bus.On(saidEnded, f.heardEnded)
	o.Bus.On(saidInbox, f.heardInbox)
	o.Bus.On(saidTalk, f.heardTalk)
	o.Bus.OnGap(func() {
		o.Forget()
		f.heardAgain()
	})
	return f
}

// Tallies takes what this server's writer or a merge committed; of two that are
// out of order the newer stays. It only notes them, so that no voter waits for
// those who look on.
func (f *Feed) Tallies(changed []votes.Tally) {
	f.mu.Lock()
	for _, t := range changed {
		if noted, ok := f.changed[t.Idea]; !ok || newer(t, noted) {
			f.changed[t.Idea] = t
		}
	}
	f.mu.Unlock()
	nudge(f.wake)
}

// Run tells of changes until ctx ends.
func (f *Feed) Run(ctx context.Context) {
	look := time.NewTicker(f.o.Every)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			f.pass()
			return
		case <-f.wake:
			f.pass()
		case <-look.C:
			f.lookAll(ctx)
		case <-f.look:
			f.lookAll(ctx)
			f.lookAtSessions(ctx)
		}
	}
}

// pass tells what is noted: here, and to the other servers.
func (f *Feed) pass() {
	f.mu.Lock()
	list := make([]votes.Tally, 0, len(f.changed))
	keys := make([]string, 0, len(f.changed))
	for id, t := range f.changed {
		list, keys = append(list, t), append(keys, id.String())
	}
	clear(f.changed)
	f.mu.Unlock()
	f.o.Bus.Say(saidTallies, keys...)
	f.tell(list)
}

// tell gives the hub each tally that somebody watches and that is newer than
// what was told last. The lock is held until the hub has them, so that two
// tellers cannot overtake each other.
func (f *Feed) tell(list []votes.Tally) {
	f.mu.Lock()
	defer f.mu.Unlock()
	changes := make([]live.Change, 0, len(list))
	for _, t := range list {
		t = t.Seen(false) // a sealed topic carries no figures
		if last, known := f.told[t.Idea]; known && !newer(t, last.tally) || f.o.Hub.Here(ideaTopic(t.Idea)) == 0 {
			continue
		}
		last := f.told[t.Idea]
		last.tally = t
		f.told[t.Idea] = last
		changes = append(changes, live.Change{Topic: ideaTopic(t.Idea), Item: live.Item{Kind: "tallies", Body: api.TallyJSON(t)}})
	}
	f.o.Hub.LatestMany(changes)
}

// newer says whether a tally is news to who has the other: a seal that came or
// went is, and a higher revision.
func newer(t, than votes.Tally) bool {
	return t.Seal != than.Seal || t.Revision > than.Revision
}

// watched lists the ideas that somebody here watches.
func (f *Feed) watched() []ideas.ID {
	topics := f.o.Hub.Watched(ideaPrefix)
	list := make([]ideas.ID, 0, len(topics))
	for _, t := range topics {
		if id, ok := ideaOf(string(t)); ok {
			list = append(list, id)
		}
	}
	return list
}

func ideaOf(topic string) (ideas.ID, bool) {
	digits, found := strings.CutPrefix(topic, ideaPrefix)
	if !found {
		return 0, false
	}
	return parseID(digits)
}

func parseID(digits string) (ideas.ID, bool) {
	id, err := strconv.ParseInt(digits, 10, 64)
	return ideas.ID(id), err == nil && id > 0
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

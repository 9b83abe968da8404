package live

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"time"
)

// Topic names what can be watched, such as "board", "idea:42" or "me:7".
type Topic string

// Viewer is who is behind a connection. The zero value of a field means that
// there is none: a visitor has neither Account nor Session.
type Viewer struct {
	Account int64
	Session string
	Key     string // what admission counts visitors by, as a rule the address
}

// Item is one thing to say about a topic. Body must be valid JSON.
type Item struct {
	Kind string
	Body json.RawMessage
}

// Snapshot is all that a new watcher of a topic must be told, in order.
type Snapshot []Item

// Change is one item and the topic it belongs to.
type Change struct {
	Topic Topic
	Item
}

// Options says how a hub behaves. Defaults gives the values for production; in
// New a duration, MaxTopics, MessageLimit or MessageRate of zero means the
// default, and a limit on sockets or handshakes of zero means no limit.
type Options struct {
	Flush      time.Duration // the most a change waits for others to share its frame: the mean time between rounds
	HereEvery  time.Duration // the least time between two head counts of a topic
	StuckAfter time.Duration // a reader that takes nothing for so long is cut
	Ping       time.Duration // how often a connection is pinged
	Pong       time.Duration // how long the answer to a ping may take, at most Ping

	MaxTopics    int           // watched topics per connection
	MessageLimit int64         // bytes of a client message
	MessageRate  int           // client messages per MessageSpan; below zero: no limit
	MessageSpan  time.Duration //
	PerAccount   int           // sockets of one account
	PerAddress   int           // sockets of one Viewer.Key
	Handshakes   int           // new sockets a second, all together

	Single  []string         // kinds framed as one object instead of a list
	Counted func(Topic) bool // topics whose watchers are told how many they are

	// Snapshot says what each topic looks like to a viewer, or why not: a topic
	// in neither map is refused as not found. It is called when a topic is
	// watched, and again after a reader fell behind or on Recheck. It must heed
	// ctx and may be called from several goroutines.
	Snapshot func(ctx context.Context, v Viewer, topics []Topic) (frames map[Topic]Snapshot, refused map[Topic]string)

	Now func() time.Time // must run at the pace of the real clock
	Log *slog.Logger
}

// Defaults gives the options for production, but for Snapshot.
func Defaults() Options {
	return Options{
		Flush:        100 * time.Millisecond,
		HereEvery:    2 * time.Second,
		StuckAfter:   14 * time.Second,
		Ping:         25 * time.Second,
		Pong:         10 * time.Second,
		MaxTopics:    200,
		MessageLimit: 4 << 10,
		MessageRate:  20,
		MessageSpan:  10 * time.Second,
		PerAccount:   5,
		PerAddress:   50,
		Handshakes:   500,
		Single:       []string{"inbox"},
		Counted:      func(t Topic) bool { return t == "board" || strings.HasPrefix(string(t), "challenge:") },
		Now:          time.Now,
		Log:          slog.New(slog.DiscardHandler),
	}
}

// filled puts the defaults where o says nothing.
func (o Options) filled() Options {
	d := Defaults()
	for _, at := range []struct {
		to   *time.Duration
		from time.Duration
	}{{&o.Flush, d.Flush}, {&o.HereEvery, d.HereEvery}, {&o.StuckAfter, d.StuckAfter}, {&o.Ping, d.Ping}, {&o.Pong, d.Pong}, {&o.MessageSpan, d.MessageSpan}} {
		if *at.to <= 0 {
			*at.to = at.from
		}
	}
	if o.MaxTopics <= 0 {
		o.MaxTopics = d.MaxTopics
	}
	if o.MessageLimit <= 0 {
		o.MessageLimit = d.MessageLimit
	}
	if o.MessageRate == 0 {
		o.MessageRate = d.MessageRate
	}
	if o.Single == nil {
		o.Single = d.Single
	}
	if o.Counted == nil {
		o.Counted = d.Counted
	}
	if o.Snapshot == nil {
		o.Snapshot = func(context.Context, Viewer, []Topic) (map[Topic]Snapshot, map[Topic]string) { return nil, nil }
	}
	if o.Now == nil {
		o.Now = d.Now
	}
	if o.Log == nil {
		o.Log = d.Log
	}
	return o
}

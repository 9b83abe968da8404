package feed_test

import (
	"bufio"
	"context"
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/bus"
	"prosumer/internal/ideas"
	"prosumer/internal/live"
	"prosumer/internal/media"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/votes"
	"prosumer/internal/web/feed"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// node is one server: its writer, its hub and its feed, over the one database.
type node struct {
	t      *testing.T
	db     *sqlx.DB
	hub    *live.Hub
	feed   *feed.Feed
	votes  *votes.Service
	url    string
	viewer live.Viewer
	forgot chan struct{}
	over   atomic.Pointer[func([]string) []string]
}

// newNode starts a server. Without an address its bus reaches nobody.
func newNode(t *testing.T, db *sqlx.DB, dsn string) *node {
	t.Helper()
	n := &node{t: t, db: db, forgot: make(chan struct{}, 100)}
	n.endsOver(func([]string) []string { return nil })
	log := slog.New(slog.DiscardHandler)
	b := board.New(db, time.Now)
	o := live.Defaults()
	o.Flush = time.Millisecond
	o.Snapshot = func(ctx context.Context, v live.Viewer, asked []live.Topic) (map[live.Topic]live.Snapshot, map[live.Topic]string) {
		return feed.Snapshot(ctx, b, v, asked, log)
	}
	n.hub = live.New(o)
	others := bus.New(bus.Options{DSN: dsn, DB: db, Every: 10 * time.Millisecond, Log: log})
	n.feed = feed.New(feed.Options{
		Hub: n.hub, Board: b, Bus: others, Every: 100 * time.Millisecond, Log: log,
		Forget: func() { n.forgot <- struct{}{} },
		Over:   func(_ context.Context, s []string) ([]string, error) { return (*n.over.Load())(s), nil },
	})
	writer := votes.NewWriter(db, n.feed.Tallies, log)
	n.votes = votes.NewService(db, writer)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{}, 2)
	go func() { n.feed.Run(ctx); done <- struct{}{} }()
	go func() { others.Run(ctx); done <- struct{}{} }()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		up := websocket.Upgrader{ReadBufferSize: 512}
		if ws, err := up.Upgrade(takeover{w, live.NonBlocking(conn)}, r, nil); err == nil {
			n.hub.Serve(ws, n.viewer)
		}
	}))
	n.url = "ws" + strings.TrimPrefix(site.URL, "http")
	t.Cleanup(func() {
		_ = writer.Stop(context.Background())
		_ = n.hub.Close(context.Background(), 0)
		cancel()
		<-done
		<-done
		site.Close()
	})
	return n
}

// endsOver sets which sessions the database says have ended.
func (n *node) endsOver(f func([]string) []string) { n.over.Store(&f) }

// takeover hands the upgrade a connection that never blocks, as production does.
type takeover struct {
	http.ResponseWriter
	conn net.Conn
}

func (o takeover) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return o.conn, bufio.NewReadWriter(bufio.NewReader(o.conn), bufio.NewWriter(o.conn)), nil
}

// message is what a socket says, all kinds together.
type message struct {
	Tallies []struct {
		Idea     ideas.ID `json:"idea"`
		Voters   *int     `json:"voters"`
		Revision int64    `json:"revision"`
		Sealed   bool     `json:"sealed"`
	} `json:"tallies"`
	Status []struct {
		Idea   ideas.ID     `json:"idea"`
		Status ideas.Status `json:"status"`
	} `json:"status"`
	Refused []struct {
		Code string `json:"code"`
	} `json:"refused"`
}

// watch opens a socket on an idea and gives what it hears; the channel closes
// with the socket.
func (n *node) watch(on ideas.ID) <-chan message {
	n.t.Helper()
	ws, answer, err := websocket.DefaultDialer.DialContext(n.t.Context(), n.url, nil)
	if err != nil {
		n.t.Fatal(err)
	}
	_ = answer.Body.Close()
	if err := ws.WriteJSON(map[string][]string{"watch": {"idea:" + on.String()}}); err != nil {
		n.t.Fatal(err)
	}
	heard := make(chan message, 1000)
	go func() {
		defer close(heard)
		for {
			_, text, err := ws.ReadMessage()
			if err != nil {
				return
			}
			var m message
			if json.Unmarshal(text, &m) == nil {
				heard <- m
			}
		}
	}()
	n.until(heard, "a snapshot", func(m message) bool { return len(m.Tallies) > 0 })
	return heard
}

// until waits for a message that fits.
func (n *node) until(heard <-chan message, what string, fits func(message) bool) message {
	n.t.Helper()
	late := time.After(patience)
	for {
		select {
		case m, open := <-heard:
			if !open {
				n.t.Fatalf("the socket closed while waiting for %s", what)
			}
			if fits(m) {
				return m
			}
		case <-late:
			n.t.Fatalf("%s never came", what)
		}
	}
}

func voters(want int) func(message) bool {
	return func(m message) bool {
		for _, t := range m.Tallies {
			if t.Voters != nil && *t.Voters == want {
				return true
			}
		}
		return false
	}
}

// people and an idea of one of them.
func cast(t *testing.T, db *sqlx.DB) (idea ideas.ID, ann accounts.Actor) {
	t.Helper()
	service := accounts.NewService(db, accounts.Options{NoThrottle: true})
	var made [2]accounts.Account
	for i, name := range []string{"owner", "ann-of-the-feed"} {
		var err error
		if made[i], err = service.Create(t.Context(), accounts.SignUp{Name: name, Handle: name}, "", nil); err != nil {
			t.Fatal(err)
		}
	}
	proposed, err := ideas.NewService(db, media.New(db, t.TempDir(), media.Options{}), ideas.Options{ImageOf: media.IDOf}).
		Propose(t.Context(), accounts.As(made[0]), 0, ideas.Text{Title: "A lamp that folds", Story: "It folds flat and fits in every drawer of the house.", Accept: true})
	if err != nil {
		t.Fatal(err)
	}
	return proposed.ID, accounts.As(made[1])
}

func TestAVoteOnOneServerIsSeenOnTheOther(t *testing.T) {
	t.Parallel()
	for name, deaf := range map[string]bool{"by the bus": false, "by looking, without a bus": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, dsn := pgtest.NewWithDSN(t)
			if deaf {
				dsn = ""
			}
			here, there := newNode(t, db, dsn), newNode(t, db, dsn)
			idea, ann := cast(t, db)
			heard := there.watch(idea)
			if _, err := here.votes.Cast(t.Context(), ann, idea, votes.Choice{}); err != nil {
				t.Fatal(err)
			}
			there.until(heard, "the vote", voters(1))
			if _, err := here.votes.Retract(t.Context(), ann, idea); err != nil {
				t.Fatal(err)
			}
			there.until(heard, "the retraction", voters(0))
		})
	}
}

func TestAnOlderTallyNeverFollowsANewer(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	n := newNode(t, db, dsn)
	idea, _ := cast(t, db)
	heard := n.watch(idea)
	const last = 200
	for _, r := range rand.Perm(last) {
		n.feed.Tallies([]votes.Tally{{Idea: idea, Voters: r, Revision: int64(r + 1000)}})
		n.feed.Tallies([]votes.Tally{{Idea: idea, Voters: r / 2, Revision: int64(r/2 + 1000)}})
		n.feed.LookNow(t.Context()) // the database knows nothing of these
	}
	n.feed.Tallies([]votes.Tally{{Idea: idea, Voters: last, Revision: last + 1000}})
	newest := int64(0)
	n.until(heard, "the newest", func(m message) bool {
		for _, t := range m.Tallies {
			if t.Revision < newest {
				n.t.Errorf("revision %d came after %d", t.Revision, newest)
			}
			newest = t.Revision
		}
		return newest == last+1000
	})
}

func TestWhatIsSealedGoesOutWithoutFiguresUntilItIsOpened(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	n := newNode(t, db, dsn)
	idea, ann := cast(t, db)
	db.MustExec(`
		WITH made AS (
			INSERT INTO challenges (slug, title, sealed, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
			VALUES ('bags', 'Bags', 'until_voted', now() - interval '3 hours', now() - interval '2 hours', now() - interval '1 hour', now() - interval '1 hour', now() + interval '1 hour', now() + interval '2 hours')
			RETURNING id
		) UPDATE ideas SET challenge_id = made.id FROM made WHERE ideas.id = $1`, idea)
	if _, err := n.votes.Cast(t.Context(), ann, idea, votes.Choice{}); err != nil {
		t.Fatal(err)
	}
	n.viewer = live.Viewer{Account: int64(ann.ID)} // has voted, and still hears no figure here
	heard := n.watch(idea)
	db.MustExec(`UPDATE challenges SET voting_close_at = now()`)
	n.until(heard, "the figures once voting has closed", func(m message) bool {
		for _, t := range m.Tallies {
			if t.Sealed && (t.Voters != nil || t.Revision != 0) {
				n.t.Errorf("a sealed tally with figures: %+v", t)
			}
		}
		return voters(1)(m)
	})
}

func TestAMoveOnOneServerIsToldOnTheOther(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	here, there := newNode(t, db, dsn), newNode(t, db, dsn)
	idea, _ := cast(t, db)
	heard := there.watch(idea)
	here.feed.Moved(ideas.Moved{Idea: idea, From: ideas.Open, To: ideas.UnderReview})
	there.until(heard, "the new status", func(m message) bool { return len(m.Status) > 0 && m.Status[0].Status == ideas.UnderReview })
}

func TestWhatIsHiddenWhileNobodySaysSoIsRefusedAtTheNextLook(t *testing.T) {
	t.Parallel()
	db, _ := pgtest.NewWithDSN(t)
	n := newNode(t, db, "")
	idea, ann := cast(t, db)
	heard := n.watch(idea)
	if _, err := n.votes.Cast(t.Context(), ann, idea, votes.Choice{}); err != nil {
		t.Fatal(err)
	}
	n.until(heard, "a first look", voters(1))
	for range 3 { // a look must have seen it in the open
		n.feed.LookNow(t.Context())
	}
	db.MustExec(`UPDATE ideas SET hidden = true WHERE id = $1`, idea)
	n.until(heard, "a refusal", func(m message) bool { return len(m.Refused) == 1 && m.Refused[0].Code == live.RefusedNotFound })
}

func TestASessionThatEndedElsewhereLosesItsSockets(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	here, there := newNode(t, db, dsn), newNode(t, db, dsn)
	idea, _ := cast(t, db)
	there.viewer = live.Viewer{Account: 7, Session: "session-7"}
	heard := there.watch(idea)
	here.feed.Ended([]string{"session-7"})
	late := time.After(patience)
	for open := true; open; {
		select {
		case _, open = <-heard:
		case <-late:
			t.Fatal("the socket stays")
		}
	}
	select {
	case <-there.forgot:
	case <-late:
		t.Error("what is remembered of sessions was kept")
	}
}

func TestSessionsThatEndedUnheardOfAreFoundAfterAGap(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	n := newNode(t, db, dsn)
	idea, _ := cast(t, db)
	n.viewer = live.Viewer{Account: 7, Session: "session-7"}
	heard := n.watch(idea)
	asked := make(chan []string, 10)
	n.endsOver(func(s []string) []string {
		asked <- s
		return s
	})
	n.feed.Gap()
	if s := <-asked; len(s) != 1 || s[0] != "session-7" {
		t.Errorf("asked about %v", s)
	}
	late := time.After(patience)
	for open := true; open; {
		select {
		case _, open = <-heard:
		case <-late:
			t.Fatal("the socket stays")
		}
	}
}

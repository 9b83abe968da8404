package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jmoiron/sqlx"

	"prosumer/frontend"
	"prosumer/internal/accounts"
	"prosumer/internal/bus"
	"prosumer/internal/comments"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/outbox"
	"prosumer/internal/pg"
	"prosumer/internal/pg/cluster"
	"prosumer/internal/votes"
	"prosumer/internal/web/feed"
	"prosumer/migrations"
)

type serveCmd struct {
	Demo bool `help:"Add demo data and show its sign-ins; for trying the board."`
}

// How stopping is paced: the doctor at /readyz says no first, then sockets are
// closed over a while, so that they do not all come back at once, and what is
// under way may end.
const (
	spreadSockets = 10 * time.Second // at most
	spreadEach    = 5 * time.Millisecond
	stopRequests  = 30 * time.Second
	stopWriter    = 10 * time.Second
)

// How a server's connections are shared out: the lists', which plan once, and
// everything else's, beside those of the votes.
const (
	listConns  = 12
	otherConns = 20
)

// gcPercent trades memory for speed: on a small heap the default collects far
// too often. The GOGC and GOMEMLIMIT variables win.
const gcPercent = 400

// Run serves until the context ends, and stops in order.
func (s *serveCmd) Run(a *app) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	secret, err := a.cfg.Secret()
	if err != nil {
		return err
	}
	log := a.log()
	db, addresses, closeDB, err := a.own(log)
	if err != nil {
		return err
	}
	defer closeDB()
	ballots, err := pg.Open(a.ctx, addresses.prompt)
	if err != nil {
		return err
	}
	defer func() { _ = ballots.Close() }()
	ballots.SetMaxOpenConns(votes.Lanes() + 1) // one for when another breaks
	planned, err := pg.PlanOnce(addresses.prompt)
	if err != nil {
		return err
	}
	lists, err := pg.Open(a.ctx, planned)
	if err != nil {
		return err
	}
	defer func() { _ = lists.Close() }()
	lists.SetMaxOpenConns(listConns)
	db.SetMaxOpenConns(otherConns)
	assets, err := frontend.Load()
	if err != nil {
		return err
	}
	if !assets.Built() {
		log.Warn("the front end is not built: pages have no style; run make frontend")
	}
	out, folder, err := sender(a.cfg)
	if err != nil {
		return err
	}

	var news *feed.Feed
	p := build(db, ballots, a.cfg, log, func(changed []votes.Tally) { news.Tallies(changed) }, func(ended []string) { news.Ended(ended) })
	p.board.ListsFrom(lists)
	p.hub = newHub(p.board, p.notices.UnreadOf, a.cfg.Limits == "on", log)
	news, others := newFeed(a, p, addresses.direct, log)
	p.notices.OnTold(news.Told)
	if s.Demo {
		if err := seedDemo(a.ctx, p); err != nil {
			return err
		}
	}

	if _, err := p.votes.MakeRoom(a.ctx); err != nil {
		return err
	}

	ready := &readiness{db: db}
	site, err := newSite(a, p, siteOptions{secret: secret, assets: assets, mailbox: folder, demo: s.Demo, ready: ready.check, log: log})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", a.cfg.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	telling, err := noticeRelays(a, p, addresses.direct, out, log)
	if err != nil {
		return err
	}
	background := newBackground(a, p, addresses.direct, news, others, log, telling...)
	served := make(chan error, 1)
	go func() { served <- site.Listener(listener) }()
	if err := s.announce(a, p, listener, log); err != nil {
		return err
	}
	select {
	case err := <-served:
		background.stop()
		return fmt.Errorf("serve: %w", err)
	case <-a.ctx.Done():
	}
	fmt.Fprintln(os.Stderr, "Stopping.")
	ready.stopping()
	time.Sleep(a.cfg.Drain)
	return errors.Join(stop(site, p), background.stop())
}

// addresses are two ways to the database: with the limits of what people wait
// for, and for those who listen.
type addresses struct{ prompt, direct string }

// own opens the database for the one server that may own the folder.
func (a *app) own(log *slog.Logger) (*sqlx.DB, addresses, func(), error) {
	var dsn string
	done := func() {}
	if dsn = a.cfg.DatabaseURL; dsn == "" {
		var err error
		if dsn, done, err = a.ownCluster(); err != nil {
			return nil, addresses{}, nil, err
		}
	}
	direct, err := pg.Complete(dsn)
	if err == nil {
		dsn, err = pg.Prompt(dsn)
	}
	var db *sqlx.DB
	if err == nil {
		db, err = pg.Open(a.ctx, dsn)
	}
	if err == nil {
		err = pg.Migrate(a.ctx, db, migrations.FS)
	}
	if err != nil {
		done()
		return nil, addresses{}, nil, err
	}
	log.Debug("database ready")
	return db, addresses{prompt: dsn, direct: direct}, func() {
		_ = db.Close()
		done()
	}, nil
}

// ownCluster starts the server's own PostgreSQL, or takes over the one a crash
// left running, and keeps it up.
func (a *app) ownCluster() (string, func(), error) {
	if err := os.MkdirAll(a.cfg.DataDir, 0o755); err != nil {
		return "", nil, fmt.Errorf("DATA_DIR: %w", err)
	}
	unlock, err := cluster.Lock(a.cfg.DataDir)
	if err != nil {
		return "", nil, err
	}
	own, err := cluster.Start(a.ctx, cluster.Options{Data: a.clusterDir(), Log: os.Stderr})
	if err != nil {
		unlock()
		return "", nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	var watching sync.WaitGroup
	watching.Go(func() { own.Supervise(ctx) })
	done := func() {
		cancel()
		watching.Wait()
		if err := own.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "stop PostgreSQL:", err)
		}
		unlock()
	}
	if err := own.EnsureDatabase(a.ctx, databaseName); err != nil {
		done()
		return "", nil, err
	}
	return own.DSN(databaseName), done, nil
}

// stop ends what people use, in the order that loses nothing: sockets are sent
// away, requests in flight end, and the writer commits what it has queued.
func stop(site *fiber.App, p *parts) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopRequests)
	defer cancel()
	err := p.hub.Close(ctx, min(spreadSockets, time.Duration(p.hub.Sockets())*spreadEach))
	err = errors.Join(err, site.ShutdownWithTimeout(stopRequests))
	drain, cancelDrain := context.WithTimeout(context.Background(), stopWriter)
	defer cancelDrain()
	return errors.Join(err, p.writer.Stop(drain))
}

// readiness says whether the server can serve.
type readiness struct {
	db   *sqlx.DB
	mu   sync.Mutex
	over bool
}

func (r *readiness) stopping() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
}

func (r *readiness) check(ctx context.Context) error {
	r.mu.Lock()
	over := r.over
	r.mu.Unlock()
	if over {
		return errors.New("stopping")
	}
	if err := r.db.PingContext(ctx); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

// background is what runs beside the requests. The bus goes last, so that what
// the rest had to say is still said.
type background struct {
	cancel, cancelBus context.CancelFunc
	wait, waitBus     sync.WaitGroup
}

func newBackground(a *app, p *parts, dsn string, news *feed.Feed, others *bus.Bus, log *slog.Logger, telling ...*outbox.Relay) *background {
	ctx, cancel := context.WithCancel(context.Background())
	busCtx, cancelBus := context.WithCancel(context.Background())
	b := &background{cancel: cancel, cancelBus: cancelBus}
	facts, pictures := outbox.NewRelay(p.db, dsn, log), outbox.NewRelay(p.db, dsn, log)
	facts.On(ideas.TopicMoved, outbox.Typed(func(_ context.Context, m ideas.Moved) error {
		p.standing.Changed(m.Idea)
		news.Moved(m)
		return nil
	}))
	facts.On(comments.TopicTalk, outbox.Typed(func(ctx context.Context, t comments.Talk) error {
		news.Talk(ctx, t.Idea)
		return nil
	}))
	facts.On(accounts.TopicConfirmed, outbox.Typed(func(ctx context.Context, c accounts.Confirmed) error {
		account, err := p.accounts.ByID(ctx, c.Account)
		if err != nil {
			return err
		}
		return p.votes.CastKept(ctx, account)
	}))
	pictures.On(topicStored, outbox.Typed(func(ctx context.Context, s stored) error {
		if err := p.media.MakeWebP(ctx, s.ID); err != nil && !errors.Is(err, media.ErrNotFound) {
			return err
		}
		return nil
	}))
	tellOfMoves(facts, p)
	facts.On(ideas.TopicMoved, outbox.Typed(p.cocreation.Opened))
	for _, relay := range telling {
		b.wait.Go(func() { relay.Run(ctx) })
	}
	b.wait.Go(func() { facts.Run(ctx) })
	b.wait.Go(func() { pictures.Run(ctx) })
	b.wait.Go(func() { news.Run(ctx) })
	b.waitBus.Go(func() { others.Run(busCtx) })
	b.wait.Go(func() { p.ranker.Run(ctx) })
	b.wait.Go(func() { p.standing.Run(ctx) })
	b.wait.Go(func() { p.milestones.Run(ctx) })
	b.wait.Go(func() { announceResults(ctx, p, log) })
	b.wait.Go(func() { keepTime(ctx, a.cfg, p, log) })
	b.wait.Go(func() { hourly(ctx, p, log) })
	return b
}

func hourly(ctx context.Context, p *parts, log *slog.Logger) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := p.sweep(ctx); err != nil && ctx.Err() == nil {
				log.Error("sweep", "error", err)
			}
		}
	}
}

func (b *background) stop() error {
	b.cancel()
	b.wait.Wait()
	b.cancelBus()
	b.waitBus.Wait()
	return nil
}

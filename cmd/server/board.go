package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/cocreation"
	"prosumer/internal/comments"
	"prosumer/internal/config"
	"prosumer/internal/ideas"
	"prosumer/internal/insights"
	"prosumer/internal/live"
	"prosumer/internal/media"
	"prosumer/internal/merges"
	"prosumer/internal/milestones"
	"prosumer/internal/notices"
	"prosumer/internal/outbox"
	"prosumer/internal/owndata"
	"prosumer/internal/pg"
	"prosumer/internal/products"
	"prosumer/internal/sharing"
	"prosumer/internal/shortlists"
	"prosumer/internal/standing"
	"prosumer/internal/topics"
	"prosumer/internal/triage"
	"prosumer/internal/votes"
)

// topicStored is the fact that a picture waits for its WebP.
const topicStored = "media.stored"

type stored struct{ ID string }

// parts is every object of the board, built once, top to bottom.
type parts struct {
	db         *sqlx.DB
	accounts   *accounts.Service
	topics     *topics.Service
	challenges *challenges.Service
	media      *media.Service
	ideas      *ideas.Service
	writer     *votes.Writer
	votes      *votes.Service
	ranker     *votes.Ranker
	notices    *notices.Service
	comments   *comments.Service
	milestones *milestones.Service
	merges     *merges.Service
	products   *products.Service
	cocreation *cocreation.Service
	shortlists *shortlists.Service
	triage     *triage.Service
	insights   *insights.Service
	standing   *standing.Keeper
	sharing    *sharing.Service
	owndata    *owndata.Service
	board      *board.Board
	hub        *live.Hub // nil for commands, which have nobody to tell
}

// build wires the domain over a database; ballots goes through a pool of its
// own, so that a vote never waits behind other requests. publish hears of every tally that
// changed; ended hears of every session that did.
func build(db, ballots *sqlx.DB, cfg *config.Config, log *slog.Logger, publish func([]votes.Tally), ended func([]string)) *parts {
	limits := cfg.Limits == "on"
	p := &parts{db: db}
	p.topics = topics.NewService(db)
	p.challenges = challenges.NewService(db)
	pictures := media.Options{Stored: func(ctx context.Context, tx pg.Q, picture media.Picture) error {
		return outbox.Put(ctx, tx, topicStored, stored{ID: picture.ID})
	}}
	if !limits {
		pictures.DayFiles, pictures.DayBytes = -1, -1
	}
	p.media = media.New(db, filepath.Join(cfg.DataDir, "media"), pictures)
	p.accounts = accounts.NewService(db, accounts.Options{
		RequireConfirm: cfg.MustConfirm(), SignUpClosed: cfg.SignUp == "closed", NoThrottle: !limits, Ended: ended, Pictures: p.media, Log: log,
	})
	p.ideas = ideas.NewService(db, p.media, ideas.Options{HoldNewcomers: cfg.HoldNewcomers, ImageOf: media.IDOf})
	p.ranker = votes.NewRanker(db, log)
	p.standing = standing.NewKeeper(db, log)
	p.notices = notices.NewService(db).WithGrace(cfg.MailGrace)
	p.milestones = milestones.NewService(db, p.ideas, p.notices, milestoneOptions(cfg, log))
	changed := func(changed []votes.Tally) {
		p.ranker.Changed(changed)
		p.milestones.Changed(changed)
		for _, t := range changed {
			p.standing.Changed(t.Idea)
		}
		publish(changed)
	}
	p.writer = votes.NewWriter(ballots, changed, log)
	p.votes = votes.NewService(db, p.writer)
	p.merges = merges.NewService(db, p.ideas, p.notices, changed)
	p.products = products.NewService(db, p.ideas, p.notices)
	p.comments = comments.NewService(db, p.ideas, p.notices)
	p.cocreation = cocreation.NewService(db, p.ideas, p.comments, p.notices)
	p.sharing = sharing.NewService()
	p.owndata = owndata.NewService(db, owndata.Parts{Accounts: p.accounts, Ideas: p.ideas, Votes: p.votes, Comments: p.comments, Pictures: p.media, Log: log})
	p.shortlists = shortlists.NewService(db, p.ideas, p.products)
	p.triage = triage.NewService(db, p.ideas, p.notices, triage.Options{AnswerDays: cfg.AnswerDays, DecisionDays: cfg.DecisionDays, Zone: cfg.Zone()})
	p.board = board.New(db, time.Now)
	p.board.Newcomers(cfg.NewcomerEvery)
	p.insights = insights.NewService(db, cfg.Zone(), time.Now)
	return p
}

// command builds the domain for a command: nobody listens.
func (a *app) command() (*parts, func(), error) {
	db, _, done, err := a.open()
	if err != nil {
		return nil, nil, err
	}
	p := build(db, db, a.cfg, a.log(), func([]votes.Tally) {}, func([]string) {})
	return p, func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = p.writer.Stop(ctx)
		done()
	}, nil
}

// sweep removes what has run out, and makes room for what is to come; it is
// called once an hour.
func (p *parts) sweep(ctx context.Context) error {
	if _, err := p.votes.MakeRoom(ctx); err != nil {
		return err
	}
	if err := p.ranker.CatchUp(ctx); err != nil { // after a server that ended before it had
		return err
	}
	if err := p.accounts.Sweep(ctx); err != nil {
		return err
	}
	if err := p.insights.Refresh(ctx); err != nil {
		return err
	}
	if err := p.ideas.Sweep(ctx); err != nil {
		return err
	}
	if err := p.notices.Sweep(ctx, time.Now()); err != nil {
		return err
	}
	if _, err := p.owndata.Sweep(ctx); err != nil {
		return err
	}
	if _, err := p.media.Sweep(ctx); err != nil {
		return fmt.Errorf("sweep pictures: %w", err)
	}
	return nil
}

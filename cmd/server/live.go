package main

import (
	"context"
	"log/slog"

	"prosumer/internal/board"
	"prosumer/internal/bus"
	"prosumer/internal/live"
	"prosumer/internal/web/feed"
)

// newHub makes the hub; what a topic looks like is read from the board.
func newHub(b *board.Board, unread feed.Unread, limits bool, log *slog.Logger) *live.Hub {
	o := live.Defaults()
	o.Log = log
	o.Snapshot = func(ctx context.Context, v live.Viewer, asked []live.Topic) (map[live.Topic]live.Snapshot, map[live.Topic]string) {
		frames, refused := feed.Snapshot(ctx, b, v, asked, log)
		feed.SnapshotInbox(ctx, unread, v, frames, refused, log)
		return frames, refused
	}
	if !limits {
		o.PerAccount, o.PerAddress, o.Handshakes, o.MessageRate = 0, 0, 0, -1
	}
	return live.New(o)
}

// newFeed joins the hub to the board and to the other servers.
func newFeed(a *app, p *parts, dsn string, log *slog.Logger) (*feed.Feed, *bus.Bus) {
	others := bus.New(bus.Options{DSN: dsn, DB: p.db, NATSURL: a.cfg.NATSURL, Log: log})
	return feed.New(feed.Options{Hub: p.hub, Board: p.board, Bus: others, Forget: p.accounts.Forget, Over: p.accounts.Over, Comments: p.comments.CountOf, Log: log}), others
}

package feed

import (
	"context"
	"slices"
	"time"

	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/live"
	"prosumer/internal/votes"
)

// lookLimit bounds one look, so that a slow database delays the next change by
// no more.
const lookLimit = 2 * time.Second

// lookAll reads what is watched here, tells what changed, and forgets what is
// no longer watched.
func (f *Feed) lookAll(ctx context.Context) {
	list := f.watched()
	f.forgetOthers(list)
	for piece := range slices.Chunk(list, lookPiece) {
		f.lookAt(ctx, piece)
	}
}

func (f *Feed) forgetOthers(list []ideas.ID) {
	keep := make(map[ideas.ID]bool, len(list))
	for _, id := range list {
		keep[id] = true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for id := range f.told {
		if !keep[id] {
			delete(f.told, id)
		}
	}
}

// lookAt reads these ideas as a visitor sees them and tells what is new.
func (f *Feed) lookAt(ctx context.Context, list []ideas.ID) {
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	seen, err := f.o.Board.Live(ctx, 0, list)
	if err != nil {
		if ctx.Err() == nil {
			f.o.Log.Warn("feed: look", "error", err)
		}
		return
	}
	tallies := make([]votes.Tally, 0, len(seen))
	for _, id := range list {
		idea, visible := seen[id]
		f.status(id, idea, visible)
		if visible {
			tallies = append(tallies, idea.Tally)
		}
	}
	f.tell(tallies)
}

// status tells of a move that no message told of, and has the watchers of what
// went out of sight asked again.
func (f *Feed) status(id ideas.ID, idea board.LiveIdea, visible bool) {
	f.mu.Lock()
	last := f.told[id]
	f.told[id] = told{tally: last.tally, looked: true, status: idea.Status, seen: visible}
	f.mu.Unlock()
	switch {
	case !last.looked && visible: // what they were shown when they began still holds
	case last.seen != visible || !last.looked:
		f.o.Hub.Recheck(ideaTopic(id))
	case visible && last.status != idea.Status:
		f.o.Hub.Event(ideaTopic(id), "status", statusJSON(id, idea.Status))
	}
}

// lookAtSessions ends the sockets of sessions that ended on another server
// while nothing was heard of it.
func (f *Feed) lookAtSessions(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	over, err := f.o.Over(ctx, f.o.Hub.Sessions())
	if err != nil {
		if ctx.Err() == nil {
			f.o.Log.Warn("feed: sessions", "error", err)
		}
		return
	}
	for _, session := range over {
		f.o.Hub.EndSession(session)
	}
}

// heardAgain asks for everything, since messages may have been missed.
func (f *Feed) heardAgain() { nudge(f.look) }

// Snapshot says what a viewer may see of each topic; what is missing from both
// maps is refused as not found.
func (f *Feed) Snapshot(ctx context.Context, v live.Viewer, asked []live.Topic) (map[live.Topic]live.Snapshot, map[live.Topic]string) {
	return Snapshot(ctx, f.o.Board, v, asked, f.o.Log)
}

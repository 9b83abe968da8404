package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
	"strings"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/live"
	"prosumer/internal/votes"
	"prosumer/internal/web/api"
)

// The topics of the socket, as the contract names them.
const boardTopic live.Topic = "board"

func ideaTopic(id ideas.ID) live.Topic { return live.Topic("idea:" + id.String()) }

// newHub makes the hub; what a topic looks like is read from the board.
func newHub(b *board.Board, limits bool, log *slog.Logger) *live.Hub {
	o := live.Defaults()
	o.Log = log
	o.Counted = func(t live.Topic) bool { return t == boardTopic }
	o.Snapshot = func(ctx context.Context, v live.Viewer, asked []live.Topic) (map[live.Topic]live.Snapshot, map[live.Topic]string) {
		return snapshot(ctx, b, v, asked, log)
	}
	if !limits {
		o.PerAccount, o.PerAddress, o.Handshakes, o.MessageRate = 0, 0, 0, -1
	}
	return live.New(o)
}

// snapshot says what the viewer may see of each topic; what is missing from
// both maps is refused as not found.
func snapshot(ctx context.Context, b *board.Board, v live.Viewer, asked []live.Topic, log *slog.Logger) (map[live.Topic]live.Snapshot, map[live.Topic]string) {
	frames, refused := map[live.Topic]live.Snapshot{}, map[live.Topic]string{}
	var list []ideas.ID
	for _, t := range asked {
		if t == boardTopic || v.Account != 0 && t == live.Topic(fmt.Sprintf("me:%d", v.Account)) {
			frames[t] = live.Snapshot{}
			continue
		}
		digits, found := strings.CutPrefix(string(t), "idea:")
		if id, err := strconv.ParseInt(digits, 10, 64); found && err == nil && id > 0 {
			list = append(list, ideas.ID(id))
		}
	}
	if len(list) == 0 {
		return frames, refused
	}
	seen, err := b.Live(ctx, accounts.ID(v.Account), list)
	if err != nil {
		log.Warn("live snapshot", "error", err)
		for _, id := range list {
			refused[ideaTopic(id)] = live.RefusedUnavailable
		}
		return frames, refused
	}
	for id, idea := range seen {
		frames[ideaTopic(id)] = live.Snapshot{{Kind: "tallies", Body: api.TallyJSON(idea.Tally)}, {Kind: "status", Body: statusJSON(id, idea.Status)}}
	}
	return frames, refused
}

func statusJSON(id ideas.ID, status ideas.Status) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"idea":%d,"status":%q}`, id, status))
}

// publish tells the watchers of each idea its newest tally.
func publish(hub *live.Hub, changed []votes.Tally) {
	changes := make([]live.Change, len(changed))
	for i, t := range changed {
		changes[i] = live.Change{Topic: ideaTopic(t.Idea), Item: live.Item{Kind: "tallies", Body: api.TallyJSON(t)}}
	}
	hub.LatestMany(changes)
}

// announce tells of a move: watchers of the idea and of the board, and where
// an idea came out or went away, those who look on.
func announce(hub *live.Hub, m ideas.Moved) {
	status := statusJSON(m.Idea, m.To)
	if !m.To.Public() {
		hub.Recheck(ideaTopic(m.Idea)) // those who may no longer see it are told so
		return
	}
	hub.Event(ideaTopic(m.Idea), "status", status)
	hub.Event(boardTopic, "status", status)
	if m.From == ideas.Draft || m.From == ideas.Held {
		hub.Event(boardTopic, "new", json.RawMessage(fmt.Sprintf(`{"idea":%d}`, m.Idea)))
	}
}

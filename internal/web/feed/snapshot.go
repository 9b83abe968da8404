package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/live"
	"prosumer/internal/web/api"
)

// Snapshot says what a viewer may see of each topic; what is missing from both
// maps is refused as not found.
func Snapshot(ctx context.Context, b *board.Board, v live.Viewer, asked []live.Topic, log *slog.Logger) (map[live.Topic]live.Snapshot, map[live.Topic]string) {
	frames, refused := map[live.Topic]live.Snapshot{}, map[live.Topic]string{}
	var list []ideas.ID
	for _, t := range asked {
		if t == boardTopic || v.Account != 0 && t == live.Topic(fmt.Sprintf("me:%d", v.Account)) {
			frames[t] = live.Snapshot{}
			continue
		}
		if id, ok := ideaOf(string(t)); ok {
			list = append(list, id)
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
		tally := idea.Tally
		tally.Seal = idea.Under // on the socket a seal holds for voters too
		frames[ideaTopic(id)] = live.Snapshot{{Kind: "tallies", Body: api.TallyJSON(tally.Seen(false))}, {Kind: "status", Body: statusJSON(id, idea.Status)}}
	}
	return frames, refused
}

func statusJSON(id ideas.ID, status ideas.Status) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"idea":%d,"status":%q}`, id, status))
}

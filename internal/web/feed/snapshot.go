package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"

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
	var rounds []string
	for _, t := range asked {
		if t == boardTopic || v.Account != 0 && t == live.Topic(fmt.Sprintf("me:%d", v.Account)) {
			frames[t] = live.Snapshot{}
			continue
		}
		if slug, ok := strings.CutPrefix(string(t), challengePrefix); ok {
			rounds = append(rounds, slug)
		}
		if id, ok := ideaOf(string(t)); ok {
			list = append(list, id)
		}
	}
	if len(rounds) > 0 {
		snapshotRounds(ctx, b, v, rounds, frames, refused, log)
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

// snapshotRounds lets a viewer watch the challenges that are there for them.
// There is nothing to show at first: status, new ideas and people come as they
// change.
func snapshotRounds(ctx context.Context, b *board.Board, v live.Viewer, slugs []string, frames map[live.Topic]live.Snapshot, refused map[live.Topic]string, log *slog.Logger) {
	seen, err := b.LiveChallenges(ctx, accounts.ID(v.Account), slugs)
	if err != nil {
		log.Warn("live challenges", "error", err)
	}
	for _, slug := range slugs {
		switch topic := challengeTopic(slug); {
		case err != nil:
			refused[topic] = live.RefusedUnavailable
		case seen[slug]:
			frames[topic] = live.Snapshot{}
		}
	}
}

func statusJSON(id ideas.ID, status ideas.Status) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"idea":%d,"status":%q}`, id, status))
}

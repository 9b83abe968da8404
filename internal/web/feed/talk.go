package feed

import (
	"context"
	"encoding/json"
	"fmt"

	"prosumer/internal/ideas"
)

// saidTalk is what servers say to each other of ideas whose talk changed.
const saidTalk = "talk"

// Talk tells, here and elsewhere, that something was said about an idea or taken
// away: how many comments are shown now.
func (f *Feed) Talk(ctx context.Context, id ideas.ID) {
	f.o.Bus.Say(saidTalk, id.String())
	f.tellTalk(ctx, []ideas.ID{id})
}

func (f *Feed) heardTalk(keys []string) {
	list := make([]ideas.ID, 0, len(keys))
	for _, key := range keys {
		if id, ok := parseID(key); ok {
			list = append(list, id)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), lookLimit)
	defer cancel()
	f.tellTalk(ctx, list)
}

// tellTalk reads the counts of the ideas that are watched here; of many changes
// within a round the newest count is told.
func (f *Feed) tellTalk(ctx context.Context, list []ideas.ID) {
	watched := list[:0:0]
	for _, id := range list {
		if f.o.Hub.Here(ideaTopic(id)) > 0 {
			watched = append(watched, id)
		}
	}
	if len(watched) == 0 || f.o.Comments == nil {
		return
	}
	counts, err := f.o.Comments(ctx, watched)
	if err != nil {
		if ctx.Err() == nil {
			f.o.Log.Warn("feed: talk", "error", err)
		}
		return
	}
	for _, id := range watched {
		f.o.Hub.Latest(ideaTopic(id), "comments", json.RawMessage(fmt.Sprintf(`{"idea":%d,"count":%d}`, id, counts[id])))
	}
}

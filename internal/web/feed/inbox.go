package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"

	"prosumer/internal/accounts"
	"prosumer/internal/live"
)

// saidInbox names the accounts whose inbox changed.
const saidInbox = "inbox"

// mePrefix is that of the topics which only their own account may watch.
const mePrefix = "me:"

func meTopic(id accounts.ID) live.Topic { return live.Topic(mePrefix + id.String()) }

// Unread counts what somebody has not read.
type Unread func(ctx context.Context, id accounts.ID) (int, error)

// Told tells of inboxes that changed, here and elsewhere. It does not wait.
func (f *Feed) Told(readers []accounts.ID) {
	keys := make([]string, len(readers))
	for i, id := range readers {
		keys[i] = id.String()
	}
	f.o.Bus.Say(saidInbox, keys...)
	f.recheckInboxes(readers)
}

func (f *Feed) heardInbox(keys []string) {
	list := make([]accounts.ID, 0, len(keys))
	for _, key := range keys {
		if id, err := strconv.ParseInt(key, 10, 64); err == nil {
			list = append(list, accounts.ID(id))
		}
	}
	f.recheckInboxes(list)
}

// recheckInboxes has the watchers' badges counted anew: of readers that look on
// here alone, however many were told.
func (f *Feed) recheckInboxes(readers []accounts.ID) {
	var topics []live.Topic
	for _, id := range readers {
		if f.o.Hub.Here(meTopic(id)) > 0 {
			topics = append(topics, meTopic(id))
		}
	}
	if len(topics) > 0 {
		f.o.Hub.Recheck(topics...)
	}
}

// SnapshotInbox puts the badge of the viewer's own topic to what Snapshot says,
// where they asked for it.
func SnapshotInbox(ctx context.Context, unread Unread, v live.Viewer, frames map[live.Topic]live.Snapshot, refused map[live.Topic]string, log *slog.Logger) {
	topic := meTopic(accounts.ID(v.Account))
	if _, asked := frames[topic]; !asked || v.Account == 0 {
		return
	}
	n, err := unread(ctx, accounts.ID(v.Account))
	if err != nil {
		log.Warn("live inbox", "error", err)
		delete(frames, topic)
		refused[topic] = live.RefusedUnavailable
		return
	}
	frames[topic] = live.Snapshot{{Kind: saidInbox, Body: json.RawMessage(fmt.Sprintf(`{"unread":%d}`, n))}}
}

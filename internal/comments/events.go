package comments

import (
	"context"

	"prosumer/internal/ideas"
	"prosumer/internal/outbox"
	"prosumer/internal/pg"
)

// TopicTalk is the fact this package announces through the outbox: Talk.
const TopicTalk = "comments.talk"

// Talk says that what is shown of an idea's talk changed.
type Talk struct{ Idea ideas.ID }

func announce(ctx context.Context, tx pg.Q, idea ideas.ID) error {
	return outbox.Put(ctx, tx, TopicTalk, Talk{Idea: idea})
}

package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"prosumer/internal/ideas"
	"prosumer/internal/live"
)

// What servers say to each other: names of things, never figures or texts.
const (
	saidTallies = "tallies" // the ideas whose votes changed
	saidMoved   = "moved"   // idea.from.to
	saidEnded   = "ended"   // sessions, by their public id
)

// Moved tells of a move that this server learnt of, here and elsewhere.
func (f *Feed) Moved(m ideas.Moved) {
	f.o.Bus.Say(saidMoved, fmt.Sprintf("%d.%s.%s", m.Idea, m.From, m.To))
	f.announce(m)
}

// Ended closes the sockets of sessions that ended, here and elsewhere.
func (f *Feed) Ended(sessions []string) {
	f.o.Bus.Say(saidEnded, sessions...)
	for _, s := range sessions {
		f.o.Hub.EndSession(s)
	}
}

// announce tells of a move: watchers of the idea and of the board, and where
// an idea came out or went away, those who look on.
func (f *Feed) announce(m ideas.Moved) {
	if !m.To.Public() {
		f.o.Hub.Recheck(ideaTopic(m.Idea)) // those who may no longer see it are told so
		return
	}
	f.mu.Lock()
	if last, known := f.told[m.Idea]; known {
		last.status, last.seen = m.To, true
		f.told[m.Idea] = last
	}
	f.mu.Unlock()
	status := statusJSON(m.Idea, m.To)
	f.o.Hub.Event(ideaTopic(m.Idea), "status", status)
	lists := append(f.rounds(m.Idea), boardTopic)
	for _, topic := range lists {
		f.o.Hub.Event(topic, "status", status)
		if m.From == ideas.Draft || m.From == ideas.Held {
			f.o.Hub.Event(topic, "new", json.RawMessage(fmt.Sprintf(`{"idea":%d}`, m.Idea)))
		}
	}
}

// rounds is the challenge that an idea is in, where anybody here watches one.
func (f *Feed) rounds(id ideas.ID) []live.Topic {
	if len(f.o.Hub.Watched(challengePrefix)) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), lookLimit)
	defer cancel()
	slug, err := f.o.Board.ChallengeOf(ctx, id)
	if err != nil {
		f.o.Log.Warn("feed: challenge of an idea", "error", err)
	}
	if slug == "" {
		return nil
	}
	return []live.Topic{challengeTopic(slug)}
}

// heardTallies reads what changed elsewhere and is watched here.
func (f *Feed) heardTallies(keys []string) {
	list := make([]ideas.ID, 0, len(keys))
	for _, key := range keys {
		if id, ok := parseID(key); ok && f.o.Hub.Here(ideaTopic(id)) > 0 {
			list = append(list, id)
		}
	}
	for piece := range slices.Chunk(list, lookPiece) {
		f.lookAt(context.Background(), piece)
	}
}

func (f *Feed) heardMoved(keys []string) {
	for _, key := range keys {
		words := strings.Split(key, ".")
		if len(words) != 3 {
			continue
		}
		if id, ok := parseID(words[0]); ok {
			f.announce(ideas.Moved{Idea: id, From: ideas.Status(words[1]), To: ideas.Status(words[2])})
		}
	}
}

func (f *Feed) heardEnded(sessions []string) {
	f.o.Forget()
	for _, s := range sessions {
		f.o.Hub.EndSession(s)
	}
}

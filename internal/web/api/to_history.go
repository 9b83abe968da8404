package api

import (
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/web/api/wire"
)

// toEntry is one row of an idea's timeline.
func toEntry(e ideas.Entry, contributor board.Person) wire.HistoryEntry {
	entry := wire.HistoryEntry{
		ID: e.ID, Kind: wire.HistoryEntryKind(e.Kind), To: wire.Status(e.To), By: toRef(e.ByName, e.ByHandle, e.Actor == contributor.ID && contributor.Hidden),
		Staff: asStaff(e, contributor), At: e.At.UTC(), Undo: e.Undo,
	}
	if e.From != nil {
		from := wire.Status(*e.From)
		entry.From = &from
	}
	if !e.Answer.Empty() {
		answer := e.Answer.String()
		entry.AnswerHTML = &answer
	}
	if e.Reason != nil {
		reason := wire.Reason(*e.Reason)
		entry.Reason = &reason
	}
	return entry
}

// asStaff reports whether somebody spoke for the company: everybody but the
// contributor does, and so does a contributor of staff who decides.
func asStaff(e ideas.Entry, contributor board.Person) bool {
	if e.Kind == string(wire.HistoryEntryKindAnswer) || e.Actor != contributor.ID {
		return true
	}
	own := e.From == nil || *e.From == ideas.Draft || *e.From == ideas.NeedsWork || e.To == ideas.Withdrawn
	return contributor.Staff && !own
}

package views

import "strconv"

// Addresses of the inbox, the answer duty, and what the team notes on an idea.
const (
	OverdueURL = "/studio/overdue"
	BehalfURL  = "/studio/ideas/new" // GET the form, POST an idea entered for a customer
)

// TriageQuery is what the inbox is asked for. Empty fields are not in the address.
type TriageQuery struct {
	Idea int64  // the one to look at; 0: the first
	Mine bool   // only what the viewer looks after
	To   string // the status that the answer's form begins with
	Done int64  // the idea that was just taken care of
	Did  string // and how
}

// TriageInboxURL is the inbox as q asks for it.
func TriageInboxURL(q TriageQuery) string {
	number := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	mine := ""
	if q.Mine {
		mine = "1"
	}
	return address(StudioInboxURL, "idea", number(q.Idea), "mine", mine, "to", q.To, "done", number(q.Done), "did", q.Did)
}

func triageIdea(id int64) string { return StudioInboxURL + "/" + strconv.FormatInt(id, 10) }

// InboxSettleURL answers an idea from the inbox (POST seen, status, reason, answer, next).
func InboxSettleURL(id int64) string { return triageIdea(id) + "/settle" }

// InboxSnoozeURL leaves an idea out of the inbox until a day (POST until; empty: no longer).
func InboxSnoozeURL(id int64) string { return triageIdea(id) + "/snooze" }

// InboxUndoURL takes back what was decided from the inbox (POST).
func InboxUndoURL(id int64) string { return triageIdea(id) + "/undo" }

// OverdueListURL is the overdue list: of all, or only what the viewer looks after.
func OverdueListURL(mine bool) string {
	if mine {
		return OverdueURL + "?mine=1"
	}
	return OverdueURL
}

// OwnerURL gives an idea to somebody of the team (POST owner, back).
func OwnerURL(id int64) string { return ideaBase(id) + "/owner" }

// DecideByURL sets the day of the decision (POST decide_by, back).
func DecideByURL(id int64) string { return ideaBase(id) + "/decide-by" }

// NotesURL adds a private note to an idea (POST note).
func NotesURL(id int64) string { return ideaBase(id) + "/notes" }

func noteBase(id int64) string { return "/studio/notes/" + strconv.FormatInt(id, 10) }

// NoteURL changes a private note (POST note).
func NoteURL(id int64) string { return noteBase(id) }

// DeleteNoteURL takes a private note away (POST).
func DeleteNoteURL(id int64) string { return noteBase(id) + "/delete" }

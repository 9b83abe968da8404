package views

import (
	"strconv"
	"strings"
)

// Addresses of the studio's board.
const (
	StudioViewsURL       = "/studio/views"        // POST a new one
	StudioBulkURL        = "/studio/bulk"         // GET what was done, or with ideas the form; POST does it
	StudioBulkPreviewURL = "/studio/bulk/preview" // POST
	StudioOpenWithURL    = "/studio/views/open"   // POST id: the studio opens with that view; 0 for none
)

// The ways to look at the studio.
const (
	StudioLanes = "lanes"
	StudioList  = "list"
)

// StudioQuery is what the studio is asked for. The filters hold for its lanes and
// for its list.
type StudioQuery struct {
	View      string // StudioLanes when empty
	Status    string // of the list: statuses with commas between
	Topic     string // slug
	Challenge string // slug
	Owner     string // "me", "nobody" or a handle
	Waiting   bool   // only ideas without an answer
	Overdue   bool   // only what is past its day
	Rising    bool   // only what gains much lately
	Q         string
	After     string // cursor
}

// StudioListURL is the studio as q asks for it.
func StudioListURL(q StudioQuery) string { return StudioURL + query(q.Filters()) }

func query(filters string) string {
	if filters == "" {
		return ""
	}
	return "?" + filters
}

// Filters are what q asks for as it stands in an address, after the question mark.
func (q StudioQuery) Filters() string {
	written := address("", "view", q.View, "status", q.Status, "topic", q.Topic, "challenge", q.Challenge, "owner", q.Owner,
		"waiting", ticked(q.Waiting), "overdue", ticked(q.Overdue), "rising", ticked(q.Rising), "q", q.Q, "after", q.After)
	return strings.TrimPrefix(written, "?")
}

// filtered reports whether anything narrows the lanes.
func (q StudioQuery) filtered() bool {
	q.View, q.Status, q.After = "", "", ""
	return q != StudioQuery{}
}

func ticked(on bool) string {
	if on {
		return "1"
	}
	return ""
}

// MoveURL is the form that moves an idea to one of these statuses, seen where it
// was; back is where to return to.
func MoveURL(id int64, to []string, seen, back string) string {
	return address("/studio/move/"+id64(id), "to", strings.Join(to, ","), "seen", seen, "back", back)
}

// StudioViewURL is one saved view: POST changes it.
func StudioViewURL(id int64) string { return StudioViewsURL + "/" + strconv.FormatInt(id, 10) }

// DeleteStudioViewURL removes a saved view (POST).
func DeleteStudioViewURL(id int64) string { return StudioViewURL(id) + "/delete" }

// BulkURL is what came of one action on many ideas.
func BulkURL(id int64) string { return StudioBulkURL + "/" + strconv.FormatInt(id, 10) }

// UndoBulkURL takes such an action back (POST).
func UndoBulkURL(id int64) string { return BulkURL(id) + "/undo" }

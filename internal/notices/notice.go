package notices

import (
	"encoding/json"
	"fmt"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// ID names a notice.
type ID int64

// Notice is one fact as one reader is told of it.
type Notice struct {
	ID     ID          `db:"id"`
	Reader accounts.ID `db:"account_id"`
	Kind   Kind        `db:"kind"`
	Why    string      `db:"why"` // of the circle it came by, such as "named", "voter" or "topic"
	Data   Data        `db:"data"`
	At     time.Time   `db:"at"`
	ReadAt *time.Time  `db:"read_at"`
	Thread int64       `db:"thread_id"` // the comment it begins with; 0 for none

	Who       string `db:"who"`        // the name of whom it speaks of
	WhoHandle string `db:"who_handle"` // empty where there is no profile to find

	Idea  ideas.ID `db:"idea_id"` // 0: of no idea
	Title string   `db:"title"`   // of the idea, as it is now
	Slug  string   `db:"slug"`

	Contributor accounts.ID  `db:"contributor_id"`
	Status      ideas.Status `db:"status"`
	Hidden      bool         `db:"hidden"`
	Sealed      bool         `db:"sealed"` // nobody may know its figures now
	Unsaid      bool         `db:"unsaid"` // the comment is deleted or hidden
}

// Data is what else a fact says, by name.
type Data map[string]string

// Scan reads PostgreSQL's jsonb.
func (d *Data) Scan(src any) error {
	raw, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("data of a notice: %T", src)
	}
	return json.Unmarshal(raw, d)
}

// columns reads a Notice; from names the tables that it comes from. The comment
// that one speaks of is looked up, so that what was taken back is told to nobody.
const (
	columns = `
	n.id, n.account_id, n.kind, n.why, n.data, n.at, n.read_at, coalesce(n.thread_id, 0) AS thread_id,
	coalesce(w.name, '') AS who, coalesce(w.handle, '') AS who_handle,
	coalesce(n.idea_id, 0) AS idea_id, coalesce(i.title, '') AS title,
	coalesce(i.slug, '') AS slug, coalesce(i.contributor_id, 0) AS contributor_id, coalesce(i.status, '') AS status, coalesce(i.hidden, false) AS hidden,
	coalesce(challenge_seal(h.sealed, h.voting_close_at, clock_timestamp()), '') <> '' AS sealed,
	n.data ? 'comment' AND k.shown IS NOT TRUE AS unsaid`
	from = `
	FROM notices n LEFT JOIN ideas i ON i.id = n.idea_id LEFT JOIN challenges h ON h.id = i.challenge_id
	LEFT JOIN LATERAL (SELECT ` + accounts.Shown + ` FROM accounts a WHERE a.id = n.who_id) AS w ON true
	LEFT JOIN comments k ON k.id = ` + commentID + ` `
	commentID = `CASE WHEN n.data ->> 'comment' ~ '^[0-9]{1,18}$' THEN (n.data ->> 'comment')::bigint END`
)

// shows reports whether its reader may be told now: what one may not see looks
// like what never happened. Of a merged idea one may know where it went; one
// that was taken back is nobody's news any more; a figure waits for the end of a
// seal; and who shows no profile any more is followed by nobody.
func (n Notice) shows(reader accounts.Actor) bool {
	if n.Sealed && n.Data["voters"] != "" || n.Unsaid || n.Why == "person" && n.WhoHandle == "" {
		return false
	}
	if n.Idea == 0 {
		return true
	}
	if n.Status == ideas.Withdrawn || n.Status == ideas.Draft {
		return false
	}
	if n.Status == ideas.Merged && !n.Hidden {
		return true
	}
	return ideas.Sees(reader, ideas.Idea{ID: n.Idea, Contributor: n.Contributor, Status: n.Status, Hidden: n.Hidden})
}

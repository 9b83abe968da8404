package comments

import (
	"strings"
	"time"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
)

// columns of a comment as a reader sees it; $2 is the reader. Whom it names is
// given as typed=now, and only who can still be named.
const columns = `
	c.id, c.idea_id, coalesce(c.thread_id, 0) AS thread_id, coalesce(c.parent_id, 0) AS parent_id, c.author_id, c.kind, coalesce(c.stance, '') AS stance,
	CASE WHEN c.author_id = $2 THEN c.source ELSE '' END AS source, shown_words(c.id, c.html, true) AS html, c.version, c.at, c.edited_at, c.deleted_at IS NOT NULL AS deleted, c.hidden,
	c.pinned_at IS NOT NULL AS pinned, c.answered_at IS NOT NULL AS answered, c.taken_up, c.replies, c.thanks, c.carried_for, c.carried_against, c.staff, c.useful,
	a.name, a.handle, a.visibility, ` + accounts.ShownFace + ` AS picture_id, coalesce(a.source, '') <> '' AND a.email IS NULL AS elsewhere, coalesce(t.reason, '') AS thanked, coalesce(o.id, 0) AS reply_to, coalesce(w.name, '') AS reply_name,
	ARRAY(SELECT m.typed::text || '=' || a.handle::text FROM comment_mentions m JOIN accounts a ON a.id = m.account_id WHERE m.comment_id = c.id AND ` + findable + `) AS named`

const joins = `
	JOIN accounts a ON a.id = c.author_id
	LEFT JOIN thanks t ON t.comment_id = c.id AND t.from_id = $2
	LEFT JOIN comments o ON o.id = c.reply_to
	LEFT JOIN accounts w ON w.id = o.author_id AND o.shown `

type row struct {
	Nth      int            `db:"nth"`
	OnTop    bool           `db:"on_top"`
	IsHead   bool           `db:"head"`
	ID       ID             `db:"id"`
	Idea     ideas.ID       `db:"idea_id"`
	Thread   ID             `db:"thread_id"`
	Parent   ID             `db:"parent_id"`
	Author   accounts.ID    `db:"author_id"`
	Kind     Kind           `db:"kind"`
	Stance   Stance         `db:"stance"`
	Source   string         `db:"source"`
	HTML     clean.HTML     `db:"html"`
	Version  int            `db:"version"`
	At       time.Time      `db:"at"`
	EditedAt *time.Time     `db:"edited_at"`
	Deleted  bool           `db:"deleted"`
	Hidden   bool           `db:"hidden"`
	Pinned   bool           `db:"pinned"`
	Answered bool           `db:"answered"`
	TakenUp  bool           `db:"taken_up"`
	Replies  int            `db:"replies"`
	Thanks   int            `db:"thanks"`
	For      int            `db:"carried_for"`
	Against  int            `db:"carried_against"`
	Staff    bool           `db:"staff"`
	Useful   int64          `db:"useful"`
	Name     string         `db:"name"`
	Handle   string         `db:"handle"`
	Sight    string         `db:"visibility"`
	Face     *string        `db:"picture_id"`
	Away     bool           `db:"elsewhere"`
	Thanked  Reason         `db:"thanked"`
	ReplyTo  ID             `db:"reply_to"`
	ReplyBy  string         `db:"reply_name"`
	Named    pq.StringArray `db:"named"`
}

// comment is the row as the reader may see it: what is gone says nothing, but
// to moderators and, of what is hidden, to who wrote it.
func (r row) comment(reader accounts.Actor) Comment {
	c := Comment{
		ID: r.ID, Idea: r.Idea, Thread: r.Thread, Parent: r.Parent, Kind: r.Kind, Stance: r.Stance, Source: r.Source, Version: r.Version, At: r.At, EditedAt: r.EditedAt,
		Deleted: r.Deleted, Hidden: r.Hidden, Pinned: r.Pinned, Answered: r.Answered, TakenUp: r.TakenUp, Replies: r.Replies, Thanks: r.Thanks, Thanked: r.Thanked,
		CarriedFor: r.For, CarriedAgainst: r.Against,
		Author: Person{ID: r.Author, Name: r.Name, Staff: r.Staff, Face: r.Face},
	}
	if r.Sight == string(accounts.Full) && !r.Away {
		c.Author.Handle = r.Handle
	}
	if r.ReplyTo != 0 {
		c.InReply = &Named{ID: r.ReplyTo, Name: r.ReplyBy}
	}
	mine := !reader.Visitor() && reader.ID == r.Author
	if r.Deleted || r.Hidden && !reader.Moderates() && !mine {
		c.Author, c.Source, c.Version, c.EditedAt = Person{}, "", 0, nil
		c.Kind, c.Stance, c.Thanks, c.Thanked, c.TakenUp, c.Answered, c.CarriedFor, c.CarriedAgainst = Plain, "", 0, "", false, false, 0, 0
		return c
	}
	to := make(map[string]string, len(r.Named))
	for _, pair := range r.Named {
		typed, now, _ := strings.Cut(pair, "=")
		to[strings.ToLower(typed)] = strings.ToLower(now)
	}
	c.HTML = clean.LinkMentions(r.HTML, to)
	return c
}

package board

import (
	"strings"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/triage"
)

// The owners that are no handle.
const (
	OwnerMe     = "me"
	OwnerNobody = "nobody"
)

// StudioQuery is what the studio is asked for: its filters hold for the lanes, for
// the list and for the counts alike. The zero value is everything.
type StudioQuery struct {
	Statuses  []ideas.Status // of the list; empty: all but drafts
	Q         string
	Topic     string // slug
	Challenge string // slug
	Owner     string // OwnerMe, OwnerNobody or a handle
	Waiting   bool   // only votable ideas without a first answer
	Overdue   bool   // only what is past its day
	Rising    bool   // only what gained much for its size lately
	After     string // of the list
	Limit     int
	Terms     triage.Terms
}

// deciding are the states in which the team owes an answer or a decision.
const deciding = `i.status IN ('open', 'under_review', 'shortlisted')`

// What rises has at least so many voters, and its votes, counted from so long ago
// and halving every eight hours, outweigh the root of all it has.
const (
	risingVoters = 3
	risingFor    = 48 * time.Hour
)

func (q *StudioQuery) check(actor accounts.Actor) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	q.Q = strings.TrimSpace(q.Q)
	if !validWords(q.Q) || !validWords(q.Topic) || !validWords(q.Challenge) || len([]rune(q.Q)) > maxSearch {
		return ErrSearch
	}
	if !validWords(q.Owner) {
		return ErrOwner
	}
	return nil
}

// narrow adds the filters as conditions on an idea i.
func (q StudioQuery) narrow(s *statement, actor accounts.Actor, now time.Time) {
	if q.Q != "" {
		words := s.arg(q.Q)
		s.and("(i.search @@ " + stemsOf(words) + " OR plain_words(i.title) LIKE " + partOf(words) + ")")
	}
	if q.Topic != "" {
		s.and("i.topic_id = (SELECT id FROM topics WHERE slug = " + s.arg(q.Topic) + ")")
	}
	if q.Challenge != "" {
		s.and("i.challenge_id = (SELECT id FROM challenges WHERE slug = " + s.arg(q.Challenge) + ")")
	}
	switch q.Owner {
	case "":
	case OwnerMe:
		s.and("i.owner_id = " + s.arg(actor.ID))
	case OwnerNobody:
		s.and("i.owner_id IS NULL")
	default:
		s.and("i.owner_id = (SELECT id FROM accounts WHERE handle = " + s.arg(q.Owner) + ")")
	}
	if q.Waiting {
		s.and("i.answered_at IS NULL AND " + deciding)
	}
	if q.Overdue {
		s.and(q.overdue(s, now))
	}
	if q.Rising {
		since := s.arg(now.Add(-risingFor))
		s.and("EXISTS (SELECT FROM ranks r WHERE r.idea_id = i.id AND r.voters >= " + s.arg(risingVoters) + " AND r.rising > 9 * ranks_weight(" + since + "::timestamptz))")
	}
}

// overdue is the SQL of Ticket.Due being past.
func (q StudioQuery) overdue(s *statement, now time.Time) string {
	answer, decision, today := q.Terms.Late(now)
	const came = `coalesce((SELECT b.at FROM imports b WHERE b.id = i.import_id), i.submitted_at)`
	return deciding + ` AND (i.decide_by < ` + s.arg(today.Format(time.DateOnly)) + `::date
		OR i.answered_at IS NULL AND ` + came + ` < ` + s.arg(answer) + `::timestamptz
		OR i.answered_at IS NOT NULL AND i.decide_by IS NULL AND ` + came + ` < ` + s.arg(decision) + `::timestamptz)`
}

package notices

import (
	"context"
	"fmt"
	"strings"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// Letter is a notice with what a mail about it needs.
type Letter struct {
	Notice
	Reading
	State string `db:"mail"`
	Stale bool   `db:"stale"` // it was taken back before anybody was told
	Mute  bool   `db:"mute"`  // its reader wants to hear no more of this
	Wish  string `db:"wish"`  // when they want such mails; empty where they chose nothing
}

// Reading is who reads a mail.
type Reading struct {
	Email     string         `db:"email"`
	Name      string         `db:"name"`
	Lang      string         `db:"lang"`
	Confirmed bool           `db:"confirmed"`
	Off       bool           `db:"mail_off"`
	Bounced   bool           `db:"bounced"` // mail servers refuse the address
	Roles     pq.StringArray `db:"roles"`
}

// reachable reports whether mail may go to them at all.
func (r Reading) reachable(mustConfirm bool) bool {
	return r.Email != "" && !r.Off && !r.Bounced && (r.Confirmed || !mustConfirm)
}

// letterColumns reads a Letter; a is the reader.
const (
	readingColumns = `coalesce(a.email, '') AS email, a.name, a.lang, a.confirmed_at IS NOT NULL AS confirmed, a.mail_off, a.mail_refused_at IS NOT NULL AS bounced, a.roles`
	letterColumns  = columns + `, ` + readingColumns + `, n.mail, ` + stale + ` AS stale, ` + muted + ` AS mute, coalesce(c.mail, '') AS wish`

	// stale holds for a decision that is none any more, and for one taken back of
	// which its reader never heard.
	stale = `CASE
		WHEN n.kind NOT IN ('decided', 'stage_reached') THEN false
		WHEN n.data ? 'undone' THEN NOT EXISTS (SELECT 1 FROM notices d WHERE d.account_id = n.account_id AND d.idea_id = n.idea_id AND d.id < n.id
			AND d.kind IN ('decided', 'stage_reached') AND (d.mail = 'sent' OR d.read_at IS NOT NULL))
		WHEN n.kind = 'decided' THEN i.status <> n.data ->> 'status'
		ELSE n.data ->> 'stage' = 'adopted' AND i.status NOT IN ('adopted', 'in_production', 'launched', 'merged')
		END`
	// muted holds where the reader wants to hear no more of the idea, the thread or
	// the kind. What concerns them alone comes whatever the idea.
	muted = `EXISTS (SELECT 1 FROM notice_mutes m WHERE m.account_id = n.account_id AND (
		m.scope = 'kind' AND m.name = n.kind OR m.scope = 'thread' AND m.name = n.thread_id::text
		OR m.scope = 'idea' AND m.name = n.idea_id::text AND about_of.about NOT IN ('personal', 'teamwork')))`
)

// letterFrom is where a Letter comes from: each kind's group is written into it.
var letterFrom = from + `JOIN accounts a ON a.id = n.account_id
	CROSS JOIN LATERAL (SELECT ` + aboutSQL() + ` AS about) about_of
	LEFT JOIN notice_choices c ON c.account_id = n.account_id AND c.about = about_of.about `

func aboutSQL() string {
	var b strings.Builder
	b.WriteString("CASE n.kind")
	for _, k := range Kinds {
		b.WriteString(" WHEN '" + string(k) + "' THEN '" + string(k.About()) + "'")
	}
	b.WriteString(" ELSE '" + string(Personal) + "' END")
	return b.String()
}

// Letter gives what is to be mailed of a notice, or false where nothing is: it
// was sent already, or by now its reader may not see the idea or wants no such
// mail, or it was taken back. mustConfirm asks for an address that was confirmed.
// Nothing is held meanwhile: the relay's lease on the fact keeps another from
// sending it too.
func (s *Service) Letter(ctx context.Context, id ID, mustConfirm bool) (Letter, bool, error) {
	var l Letter
	err := s.db.GetContext(ctx, &l, `SELECT `+letterColumns+letterFrom+`WHERE n.id = $1`, id)
	if pg.Missing(err) {
		return Letter{}, false, nil
	}
	if err != nil {
		return Letter{}, false, fmt.Errorf("letter of notice %d: %w", id, err)
	}
	if l.State != "waiting" {
		return Letter{}, false, nil
	}
	if !l.reachable(mustConfirm) || !l.goes() {
		return Letter{}, false, s.DropMail(ctx, id)
	}
	return l, true, nil
}

// goes reports whether the notice may be mailed now, whoever its reader is.
func (l Letter) goes() bool {
	reader := accounts.As(accounts.Account{ID: l.Reader, RoleNames: l.Roles})
	return l.shows(reader) && !l.Stale && !l.Mute && l.Wish != string(Never)
}

// DropMail notes that no mail goes out about the notice.
func (s *Service) DropMail(ctx context.Context, id ID) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE notices SET mail = 'dropped' WHERE id = $1 AND mail = 'waiting'`, id); err != nil {
		return fmt.Errorf("drop letter of notice %d: %w", id, err)
	}
	return nil
}

// Mailed notes that the mail server has the letter.
func (s *Service) Mailed(ctx context.Context, id ID) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE notices SET mail = 'sent', mailed_at = now() WHERE id = $1`, id); err != nil {
		return fmt.Errorf("notice %d was mailed: %w", id, err)
	}
	return nil
}

package notices

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"prosumer/internal/accounts"
)

// Letter gives what is to be mailed of a notice, or false where nothing is: it
// was sent already, or its reader may not see the idea or wants no mail by now.
// mustConfirm asks for an address that was confirmed. Nothing is held meanwhile:
// the relay's lease on the fact keeps another from sending it too.
func (s *Service) Letter(ctx context.Context, id ID, mustConfirm bool) (Letter, bool, error) {
	const query = `
		SELECT ` + columns + `, coalesce(a.email, '') AS email, a.name, a.lang, a.confirmed_at IS NOT NULL AS confirmed, a.mail_off, n.mail, a.roles
		` + from + `JOIN accounts a ON a.id = n.account_id WHERE n.id = $1`
	var l Letter
	err := s.db.GetContext(ctx, &l, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return Letter{}, false, nil
	}
	if err != nil {
		return Letter{}, false, fmt.Errorf("letter of notice %d: %w", id, err)
	}
	if l.State != "waiting" {
		return Letter{}, false, nil
	}
	reader := accounts.As(accounts.Account{ID: l.Reader, RoleNames: l.Roles})
	if l.Email == "" || l.Off || mustConfirm && !l.Confirmed || !l.shows(reader) {
		if _, err := s.db.ExecContext(ctx, `UPDATE notices SET mail = 'dropped' WHERE id = $1 AND mail = 'waiting'`, id); err != nil {
			return Letter{}, false, fmt.Errorf("drop letter of notice %d: %w", id, err)
		}
		return Letter{}, false, nil
	}
	return l, true, nil
}

// Mailed notes that the mail server has the letter.
func (s *Service) Mailed(ctx context.Context, id ID) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE notices SET mail = 'sent', mailed_at = now() WHERE id = $1`, id); err != nil {
		return fmt.Errorf("notice %d was mailed: %w", id, err)
	}
	return nil
}

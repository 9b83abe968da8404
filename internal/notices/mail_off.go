package notices

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"prosumer/internal/accounts"
)

// WantsMail reports whether the actor gets notices by mail.
func (s *Service) WantsMail(ctx context.Context, actor accounts.Actor) (bool, error) {
	if actor.Visitor() {
		return false, ErrSignIn
	}
	var off bool
	if err := s.db.GetContext(ctx, &off, `SELECT mail_off FROM accounts WHERE id = $1`, actor.ID); err != nil {
		return false, fmt.Errorf("mail of account %d: %w", actor.ID, err)
	}
	return !off, nil
}

// SetMail turns notices by mail on or off for the actor.
func (s *Service) SetMail(ctx context.Context, actor accounts.Actor, on bool) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	return s.setMail(ctx, actor.ID, on)
}

func (s *Service) setMail(ctx context.Context, account accounts.ID, on bool) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE accounts SET mail_off = $2 WHERE id = $1`, account, !on); err != nil {
		return fmt.Errorf("mail of account %d: %w", account, err)
	}
	return nil
}

// Unsubscribe turns notices by mail off for whom the token was made, without a
// sign-in. It may be used again, and says the same then. ErrLink for any other
// token; for one that names nobody any more there is nothing to do.
func (s *Service) Unsubscribe(ctx context.Context, key []byte, token string) error {
	account, ok := ReadToken(key, token)
	if !ok {
		return ErrLink
	}
	return s.setMail(ctx, account, false)
}

// Token is what lets its bearer end the mails to one account, and nothing else.
// Only who holds the key can make one.
func Token(key []byte, account accounts.ID) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("unsubscribe:" + account.String()))
	return account.String() + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// ReadToken says for whom a token was made, and false where it was not.
func ReadToken(key []byte, token string) (accounts.ID, bool) {
	name, _, _ := strings.Cut(token, ".")
	id, err := strconv.ParseInt(name, 10, 64)
	if err != nil || !hmac.Equal([]byte(token), []byte(Token(key, accounts.ID(id)))) {
		return 0, false
	}
	return accounts.ID(id), true
}

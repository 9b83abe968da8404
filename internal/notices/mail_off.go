package notices

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

// Ended is what the link of a mail ends: a group, the digests, or all mails.
type Ended string

// What a link may end beside a group.
const (
	EndAll     Ended = "all"
	EndDigests Ended = "digests"
)

// Unsubscribe ends the mails that the token was made for, without a sign-in. It
// may be used again, and says the same then. ErrLink for any other token; for one
// that names nobody any more there is nothing to do.
func (s *Service) Unsubscribe(ctx context.Context, key []byte, token string) error {
	account, what, ok := ReadToken(key, token)
	if !ok {
		return ErrLink
	}
	switch what {
	case EndAll:
		return setMail(ctx, s.db, account, false)
	case EndDigests:
		return pg.InTx(ctx, s.db, func(tx pg.Q) error {
			all, err := s.Choices(ctx, accounts.As(accounts.Account{ID: account}))
			if pg.Missing(err) {
				return nil
			}
			if err != nil {
				return err
			}
			var groups []About
			for _, c := range all.List {
				if c.Mail == Daily || c.Mail == Weekly {
					groups = append(groups, c.About)
				}
			}
			return endMail(ctx, tx, account, groups)
		})
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error { return endMail(ctx, tx, account, []About{About(what)}) })
}

// Token is what lets its bearer end the mails to one account, those of a group
// alone where one is named, and nothing else. Only who holds the key can make one.
func Token(key []byte, account accounts.ID, what Ended) string {
	head := account.String()
	if what != EndAll {
		head += "-" + string(what)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("unsubscribe:" + head))
	return head + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// ReadToken says for whom a token was made and what it ends, and false where
// nobody made it.
func ReadToken(key []byte, token string) (accounts.ID, Ended, bool) {
	head, _, _ := strings.Cut(token, ".")
	name, what, narrow := strings.Cut(head, "-")
	ended := Ended(what)
	if !narrow {
		ended = EndAll
	}
	if ended != EndAll && ended != EndDigests && !slices.Contains(Abouts, About(ended)) {
		return 0, "", false
	}
	id, err := strconv.ParseInt(name, 10, 64)
	if err != nil || !hmac.Equal([]byte(token), []byte(Token(key, accounts.ID(id), ended))) {
		return 0, "", false
	}
	return accounts.ID(id), ended, true
}

// oneLine is a mail server's answer as it can be stored and shown.
func oneLine(s string) string { return clean.Line(strings.ToValidUTF8(s, "")) }

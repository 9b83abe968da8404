package mail

import (
	"context"
	"fmt"
	netmail "net/mail"
	"regexp"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// Message is one mail to one person: in plain text always, and in HTML where
// there is some, as two forms of the same.
type Message struct {
	To      string
	Name    string
	Subject string
	Text    string
	HTML    string

	ID   string // the same for the same mail, should it go out twice: letters, digits, dots and hyphens; made up when empty
	Stop string // an https address that ends such mails by one click (RFC 8058); empty for mails that somebody asked for
}

// idShape keeps a Message-ID free of anything that would need quoting.
var idShape = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]{0,80}[A-Za-z0-9])?$`)

// Sender sends one message; it returns once the next server, or the disk, has it.
// An error that Is ErrAway says nothing about the message, and a *Refused that
// its address takes no mail.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// From is who the mails come from.
type From struct{ Name, Address string }

func (f From) compose(m Message) (*gomail.Msg, error) {
	for _, header := range []string{m.To, m.Name, m.Subject, m.Stop, f.Name, f.Address} {
		if strings.ContainsAny(header, "\r\n\x00") {
			return nil, fmt.Errorf("mail: a header holds a line break or U+0000")
		}
	}
	from, err := address(f.Name, f.Address)
	if err != nil {
		return nil, fmt.Errorf("mail from: %w", err)
	}
	to, err := address(m.Name, m.To)
	if err != nil {
		return nil, fmt.Errorf("mail to: %w", err)
	}
	msg := gomail.NewMsg()
	msg.SetAddrHeaderFromMailAddress(gomail.HeaderFrom, from)
	msg.SetAddrHeaderFromMailAddress(gomail.HeaderTo, to)
	msg.Subject(m.Subject)
	msg.SetDate()
	if err := identify(msg, m.ID, from.Address); err != nil {
		return nil, err
	}
	if m.Stop != "" {
		msg.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+m.Stop+">")
		msg.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
		msg.SetBulk() // no answers from people who are away
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}

// identify sets the Message-ID: a mail that goes out twice is one to who gets it.
func identify(msg *gomail.Msg, id, sender string) error {
	if id == "" {
		msg.SetMessageID()
		return nil
	}
	if !idShape.MatchString(id) {
		return fmt.Errorf("mail: %q is no name of a message", id)
	}
	_, host, _ := strings.Cut(sender, "@")
	msg.SetMessageIDWithValue(id + "@" + host)
	return nil
}

// maxAddress is the longest address SMTP can carry (RFC 5321, 4.5.3.1.3).
const maxAddress = 254

// address joins a name and an address without ever reading the name as syntax:
// a name may hold quotes, brackets and commas.
func address(name, addr string) (*netmail.Address, error) {
	if len(addr) > maxAddress {
		return nil, fmt.Errorf("the address is longer than %d bytes", maxAddress)
	}
	parsed, err := netmail.ParseAddress(addr)
	if err != nil {
		return nil, err
	}
	if parsed.Address != addr {
		return nil, fmt.Errorf("the address is more than an address")
	}
	parsed.Name = strings.ToValidUTF8(name, "")
	return parsed, nil
}

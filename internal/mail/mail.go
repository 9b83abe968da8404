package mail

import (
	"context"
	"fmt"
	netmail "net/mail"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Message is one mail to one person, in plain text.
type Message struct {
	To      string
	Name    string
	Subject string
	Text    string

	ID   string // the same for the same mail, should it go out twice: letters, digits, dots and hyphens; made up when empty
	Stop string // an https address that ends such mails by one click (RFC 8058); empty for mails that somebody asked for
}

// idShape keeps a Message-ID free of anything that would need quoting.
var idShape = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]{0,80}[A-Za-z0-9])?$`)

// Sender sends one message; it returns once the next server, or the disk, has it.
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

// SMTP sends through the server of an smtp:// or smtps:// URL.
type SMTP struct {
	client *gomail.Client
	from   From
}

// NewSMTP reads the address; it does not connect yet.
func NewSMTP(address string, from From) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return nil, fmt.Errorf("SMTP_URL must look like smtp://user:password@host:587")
	}
	options := []gomail.Option{gomail.WithTimeout(15 * time.Second), gomail.WithTLSPolicy(gomail.TLSOpportunistic)}
	if u.Scheme == "smtps" {
		options = append(options, gomail.WithSSL())
	}
	if p := u.Port(); p != "" {
		port, err := strconv.Atoi(p)
		if err != nil {
			return nil, fmt.Errorf("SMTP_URL port: %w", err)
		}
		options = append(options, gomail.WithPort(port))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	client, err := gomail.NewClient(u.Hostname(), options...)
	if err != nil {
		return nil, fmt.Errorf("SMTP_URL: %w", err)
	}
	return &SMTP{client: client, from: from}, nil
}

// Send hands the message to the server.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := s.from.compose(m)
	if err != nil {
		return err
	}
	if err := s.client.DialAndSendWithContext(ctx, msg); err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	return nil
}

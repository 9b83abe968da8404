package mail

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
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
}

// Sender sends one message; it returns once the next server, or the disk, has it.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// From is who the mails come from.
type From struct{ Name, Address string }

func (f From) compose(m Message) (*gomail.Msg, error) {
	for _, header := range []string{m.To, m.Name, m.Subject, f.Name, f.Address} {
		if strings.ContainsAny(header, "\r\n\x00") {
			return nil, fmt.Errorf("mail: a header holds a line break or U+0000")
		}
	}
	msg := gomail.NewMsg()
	if err := msg.FromFormat(f.Name, f.Address); err != nil {
		return nil, fmt.Errorf("mail from: %w", err)
	}
	if err := msg.AddToFormat(m.Name, m.To); err != nil {
		return nil, fmt.Errorf("mail to: %w", err)
	}
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageID()
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	return msg, nil
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

// Folder writes each message as an .eml file, for a server without mail.
type Folder struct {
	dir  string
	from From
	now  func() time.Time
}

// NewFolder writes into dir, which it makes.
func NewFolder(dir string, from From, now func() time.Time) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("mail folder: %w", err)
	}
	return &Folder{dir: dir, from: from, now: now}, nil
}

// Send writes the message, and beside it the same as plain text.
func (f *Folder) Send(_ context.Context, m Message) error {
	msg, err := f.from.compose(m)
	if err != nil {
		return err
	}
	base := filepath.Join(f.dir, f.now().UTC().Format("20060102-150405.000000000"))
	if err := msg.WriteToFile(base + ".eml"); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	text := fmt.Sprintf("%s\n%s\n%s", m.To, m.Subject, m.Text)
	if err := os.WriteFile(base+".txt", []byte(text), 0o600); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	return nil
}

// Kept is a message that the folder holds.
type Kept struct {
	Name string // of the file without its ending; also its time in UTC
	Message
}

// maxKept bounds what Newest reads.
const maxKept = 50

// Newest reads the latest messages, newest first.
func (f *Folder) Newest() ([]Kept, error) {
	names, err := filepath.Glob(filepath.Join(f.dir, "*.txt"))
	if err != nil {
		return nil, fmt.Errorf("list mails: %w", err)
	}
	slices.Sort(names)
	slices.Reverse(names)
	var kept []Kept
	for _, name := range names[:min(len(names), maxKept)] {
		raw, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read mail: %w", err)
		}
		to, rest, _ := strings.Cut(string(raw), "\n")
		subject, text, _ := strings.Cut(rest, "\n")
		kept = append(kept, Kept{Name: strings.TrimSuffix(filepath.Base(name), ".txt"), Message: Message{To: to, Subject: subject, Text: text}})
	}
	return kept, nil
}

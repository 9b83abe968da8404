package mail

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// SMTP sends through the server of an smtp:// or smtps:// URL. Several may send
// at once, each over a connection that then waits a while for the next mail.
type SMTP struct {
	client *gomail.Client
	from   From

	mu   sync.Mutex
	idle []line
}

// line is a connection to the server.
type line struct {
	client *smtp.Client
	mails  int
	since  time.Time // it has been idle
}

// How long a connection waits, and how many mails go over one: servers end those
// that ask for more.
const (
	maxIdle    = 20 * time.Second
	maxPerLine = 100
)

// ErrAway is the answer while no server can be reached, or it takes nothing now.
var ErrAway = errors.New("the mail server is away")

// Refused says that the server takes no mail for the address, and why.
type Refused struct{ Reason string }

func (r *Refused) Error() string { return "the address is refused: " + r.Reason }

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

// Send hands the message to the server. The mail is sent once the server has
// answered for it after its end; what goes wrong on the connection after that
// does not count.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := s.from.compose(m)
	if err != nil {
		return err
	}
	for {
		l, fresh, err := s.take(ctx)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
		err = s.client.SendWithSMTPClient(l.client, msg)
		if msg.IsDelivered() {
			s.put(l, err == nil)
			return nil
		}
		failure := new(gomail.SendError)
		known := errors.As(err, &failure)
		s.put(l, known && failure.ErrorCode() >= 400 && failure.ErrorCode() != leaving)
		if known && failure.Reason == gomail.ErrConnCheck && !fresh {
			continue // the server had ended it while it was idle
		}
		return verdict(err, failure, known)
	}
}

// leaving is what a server answers that closes the connection.
const leaving = 421

// verdict tells apart what a failure says: nothing of this mail, that its address
// takes none, or that it may be tried again. A server that will not have this
// mail for what it is (5.7) says nothing of the address.
func verdict(err error, failure *gomail.SendError, known bool) error {
	switch {
	case known && (failure.Reason == gomail.ErrConnCheck || failure.ErrorCode() == leaving):
		return fmt.Errorf("%w: %w", ErrAway, err)
	case known && failure.Reason == gomail.ErrSMTPRcptTo && failure.ErrorCode() >= 500 && !strings.HasPrefix(failure.EnhancedStatusCode(), "5.7."):
		return &Refused{Reason: err.Error()}
	}
	return fmt.Errorf("send mail: %w", err)
}

// take gives a connection, and whether it was made for this.
func (s *SMTP) take(ctx context.Context) (line, bool, error) {
	s.mu.Lock()
	var old []line
	var found *line
	for n := len(s.idle); n > 0 && found == nil; n = len(s.idle) {
		l := s.idle[n-1]
		s.idle = s.idle[:n-1]
		if time.Since(l.since) < maxIdle {
			found = &l
		} else {
			old = append(old, l)
		}
	}
	s.mu.Unlock()
	for _, l := range old {
		_ = l.client.Close()
	}
	if found != nil {
		return *found, false, nil
	}
	client, err := s.client.DialToSMTPClientWithContext(ctx)
	return line{client: client}, true, err
}

// put keeps a connection for the next mail, where it still serves.
func (s *SMTP) put(l line, good bool) {
	l.mails++
	if !good {
		_ = l.client.Close() // without a word: it may hang in the middle of a mail
		return
	}
	if l.mails >= maxPerLine {
		_ = s.client.CloseWithSMTPClient(l.client)
		return
	}
	l.since = time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = append(s.idle, l)
}

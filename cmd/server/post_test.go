package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/config"
	"prosumer/internal/ideas"
	"prosumer/internal/mail"
	"prosumer/internal/notices"
	"prosumer/internal/outbox"
	"prosumer/internal/pg/pgtest"
)

// howMany letters are sent: LETTERS, or what leaves time for the other tests.
// The program's promise is for ten thousand, which take some minutes.
func howMany(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("LETTERS"))
	if err != nil {
		return 400
	}
	return n
}

// postOffice is a mail server that fails on every other delivery, in one of two
// ways: it answers 451 after the end, or cuts the connection before it.
type postOffice struct {
	mu       sync.Mutex
	tries    int
	accepted map[string]int // by Message-ID: after the end was answered for
	to       map[string]int
	refuses  string // an address that it does not know
}

func (o *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &delivery{office: o, conn: c}, nil
}

type delivery struct {
	office *postOffice
	conn   *smtp.Conn
	to     string
}

func (d *delivery) Mail(string, *smtp.MailOptions) error { return nil }
func (d *delivery) Reset()                               {}
func (d *delivery) Logout() error                        { return nil }

func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to == d.office.refuses {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	}
	d.to = to
	return nil
}

var errCut = errors.New("cut")

func (d *delivery) Data(r io.Reader) error {
	d.office.mu.Lock()
	d.office.tries++
	n := d.office.tries
	d.office.mu.Unlock()
	if n%4 == 1 {
		_, _ = io.ReadFull(r, make([]byte, 100))
		_ = d.conn.Conn().Close()
		return errCut
	}
	head, err := textproto.NewReader(bufio.NewReader(r)).ReadMIMEHeader()
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	if n%4 == 3 {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "not now"}
	}
	d.office.mu.Lock()
	defer d.office.mu.Unlock()
	d.office.accepted[head.Get("Message-Id")]++
	d.office.to[d.to]++
	return nil
}

// open serves on a port of its own.
func (o *postOffice) open(t *testing.T) mail.Sender {
	t.Helper()
	o.accepted, o.to = map[string]int{}, map[string]int{}
	server := smtp.NewServer(o)
	server.Domain, server.AllowInsecureAuth = "mail.example", true
	server.ErrorLog = quiet{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan struct{})
	go func() { defer close(served); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-served })
	sender, err := mail.NewSMTP("smtp://"+listener.Addr().String(), mail.From{Name: "Board", Address: "board@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// posting is a board whose notices go through a mail server.
type posting struct {
	db      *sqlx.DB
	notices *notices.Service
	spread  *outbox.Relay
	letters *outbox.Relay
	idea    ideas.ID
}

func newPosting(t *testing.T, out mail.Sender, voters int) *posting {
	t.Helper()
	db := pgtest.New(t)
	db.SetMaxOpenConns(10)
	p := &posting{db: db, notices: notices.NewService(db).WithGrace(0)}
	quietly := slog.New(slog.DiscardHandler)
	o := office{cfg: &config.Config{BaseURL: "https://board.example", SiteName: "Board"}, key: []byte(strings.Repeat("k", 32)), notices: p.notices, out: out}
	p.spread, p.letters = outbox.NewRelay(db, "", quietly), outbox.NewRelay(db, "", quietly).Workers(mailsAtOnce).Patience(mailPatience)
	p.spread.On(notices.TopicSpread, outbox.Typed(p.notices.Spread))
	p.letters.On(notices.TopicMail, outbox.Typed(o.notice))
	p.letters.On(notices.TopicDigest, outbox.Typed(o.digest))
	ann, err := accounts.NewService(db, accounts.Options{}).Create(t.Context(), accounts.SignUp{Name: "Ann", Handle: "ann"}, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	idea, err := ideas.NewService(db, nil, ideas.Options{}).Propose(t.Context(), accounts.As(ann), 0, ideas.Text{Title: "A kettle that whistles", Story: "<p>It whistles a tune of your own choosing.</p>", Accept: true})
	if err != nil {
		t.Fatal(err)
	}
	p.idea = idea.ID
	db.MustExec(`
		WITH made AS (
			INSERT INTO accounts (handle, name, email, email_key, confirmed_at)
			SELECT 'voter-' || n, 'Voter ' || n, 'voter-' || n || '@example.org', 'voter-' || n || '@example.org', now() FROM generate_series(1, $2) AS n RETURNING id
		) INSERT INTO votes (idea_id, voter_id) SELECT $1, id FROM made`, idea.ID, voters)
	return p
}

// deliver works until nothing waits, whatever pause a failure asked for.
func (p *posting) deliver(t *testing.T) {
	t.Helper()
	for {
		for _, r := range []*outbox.Relay{p.spread, p.letters} {
			if err := r.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		waiting, dead, err := outboxDepth(t, p)
		if err != nil || dead > 0 {
			t.Fatalf("%d dead letters (%v)", dead, err)
		}
		if waiting == 0 {
			return
		}
		p.db.MustExec(`UPDATE outbox SET due_at = now()`)
	}
}

func outboxDepth(t *testing.T, p *posting) (int, int, error) {
	t.Helper()
	var n struct{ Waiting, Dead int }
	err := p.db.GetContext(t.Context(), &n, `
		SELECT count(*) FILTER (WHERE dead_at IS NULL) AS waiting, count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead FROM outbox WHERE topic LIKE 'notices.%'`)
	return n.Waiting, n.Dead, err
}

func TestAMailServerThatFailsOnHalfOfItsDeliveriesLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	var o postOffice
	letters := howMany(t)
	p := newPosting(t, o.open(t), letters)
	if err := p.notices.Tell(t.Context(), p.db, notices.Fact{Kind: notices.Merged, Key: "merge:1", Idea: p.idea, Also: notices.Voters}); err != nil {
		t.Fatal(err)
	}

	p.deliver(t)

	if len(o.accepted) != letters || len(o.to) != letters {
		t.Errorf("%d of %d mails to %d of %d people arrived", len(o.accepted), letters, len(o.to), letters)
	}
	for id, n := range o.accepted {
		if n != 1 {
			t.Errorf("%s arrived %d times", id, n)
		}
	}
	var rest int
	if err := p.db.Get(&rest, `SELECT count(*) FROM notices WHERE mail <> 'sent'`); err != nil || rest > 0 {
		t.Errorf("%d are not marked as sent (%v)", rest, err)
	}
	t.Logf("%d mails in %d deliveries", letters, o.tries)
}

func TestAnAddressThatAMailServerDoesNotKnowGetsNoMore(t *testing.T) {
	t.Parallel()
	o := postOffice{refuses: "voter-2@example.org"}
	p := newPosting(t, o.open(t), 3)
	for n := range 2 {
		if err := p.notices.Tell(t.Context(), p.db, notices.Fact{Kind: notices.Merged, Key: fmt.Sprintf("merge:%d", n), Idea: p.idea, Also: notices.Voters}); err != nil {
			t.Fatal(err)
		}
		p.deliver(t)
	}
	if o.to["voter-1@example.org"] != 2 || o.to["voter-2@example.org"] != 0 || o.to["voter-3@example.org"] != 2 {
		t.Errorf("arrived: %v", o.to)
	}
	var why []string
	if err := p.db.Select(&why, `SELECT handle || ': ' || mail_refusal FROM accounts WHERE mail_refused_at IS NOT NULL`); err != nil || len(why) != 1 || !strings.HasPrefix(why[0], "voter-2: ") || !strings.Contains(why[0], "no such user") {
		t.Errorf("refused: %q (%v)", why, err)
	}
}

func TestAMailServerThatIsAwayCostsNoLetterAnAttempt(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil { // nobody listens there now
		t.Fatal(err)
	}
	sender, err := mail.NewSMTP("smtp://"+address, mail.From{Name: "Board", Address: "board@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	p := newPosting(t, sender, 20)
	if err := p.notices.Tell(t.Context(), p.db, notices.Fact{Kind: notices.Merged, Key: "merge:1", Idea: p.idea, Also: notices.Voters}); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		for _, r := range []*outbox.Relay{p.spread, p.letters} {
			if err := r.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	var n struct{ Waiting, Attempts int }
	if err := p.db.Get(&n, `SELECT count(*) AS waiting, sum(attempts) AS attempts FROM outbox WHERE topic = 'notices.mail' AND dead_at IS NULL`); err != nil || n.Waiting != 20 || n.Attempts != 0 {
		t.Errorf("%+v (%v)", n, err)
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"prosumer/internal/accounts"
	"prosumer/internal/config"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/mail"
	"prosumer/internal/milestones"
	"prosumer/internal/notices"
	"prosumer/internal/outbox"
	"prosumer/internal/web/pages"
	"prosumer/internal/web/views"
)

// milestoneOptions are the settings of what votes count for; they were checked.
func milestoneOptions(cfg *config.Config, log *slog.Logger) milestones.Options {
	o := milestones.Options{Days: cfg.IdeaDays, Log: log}
	ladder, _ := cfg.Ladder()
	for _, m := range ladder {
		o.Ladder = append(o.Ladder, milestones.Step(m))
	}
	return o
}

// tellOfMoves makes news of what happens to ideas.
func tellOfMoves(facts *outbox.Relay, p *parts) {
	facts.On(ideas.TopicMoved, outbox.Typed(func(ctx context.Context, m ideas.Moved) error {
		board, err := accounts.Board(ctx, p.db)
		if err != nil {
			return err
		}
		if fact, told := notices.OfMove(m, board); told {
			if err := p.notices.Tell(ctx, p.db, fact); err != nil {
				return err
			}
		}
		if fact, told := notices.OfIdea(m); told {
			if err := p.notices.Tell(ctx, p.db, fact); err != nil {
				return err
			}
		}
		return p.notices.TellOfBudget(ctx, m)
	}))
}

// How mails go: several at once, and for two days before one is given up. A mail
// server that is away counts against none of them.
const (
	mailsAtOnce  = 4
	mailPatience = 60
)

// noticeRelays spread the news and mail it, each at its own pace: a mail server
// that is slow holds up nobody's inbox, and ten thousand notices nobody's link to
// sign in.
func noticeRelays(a *app, p *parts, dsn string, out mail.Sender, log *slog.Logger) ([]*outbox.Relay, error) {
	key, err := a.cfg.Secret()
	if err != nil {
		return nil, err
	}
	o := office{cfg: a.cfg, key: []byte(key), notices: p.notices, out: out}
	spread, links := outbox.NewRelay(p.db, dsn, log), outbox.NewRelay(p.db, dsn, log)
	letters := outbox.NewRelay(p.db, dsn, log).Workers(mailsAtOnce).Patience(mailPatience)
	spread.On(notices.TopicSpread, outbox.Typed(p.notices.Spread))
	letters.On(notices.TopicMail, outbox.Typed(o.notice))
	letters.On(notices.TopicDigest, outbox.Typed(o.digest))
	links.On(accounts.TopicLinkWanted, outbox.Typed(func(ctx context.Context, w accounts.LinkWanted) error {
		return mailLink(ctx, a.cfg, p.accounts, p.notices, out, w)
	}))
	links.On(accounts.TopicErasing, outbox.Typed(func(ctx context.Context, e accounts.Erasing) error {
		return mailErasing(ctx, a.cfg, p, out, e.Account)
	}))
	return []*outbox.Relay{spread, letters, links}, nil
}

// office writes and posts the mails about notices.
type office struct {
	cfg     *config.Config
	key     []byte
	notices *notices.Service
	out     mail.Sender
}

func (o office) shell(r notices.Reading) views.Shell {
	return views.Shell{Lang: i18n.Choose(r.Lang, ""), Zone: o.cfg.Zone()}
}

func (o office) stops(reader accounts.ID, these notices.Ended) views.MailStops {
	link := func(what notices.Ended) string {
		return o.cfg.BaseURL + views.StopURL(notices.Token(o.key, reader, what))
	}
	return views.MailStops{These: link(these), All: link(notices.EndAll)}
}

// notice sends one notice, unless it was sent or may not go out by now. It counts
// as sent once the mail server has it; sent again it has the same name.
func (o office) notice(ctx context.Context, id notices.ID) error {
	letter, send, err := o.notices.Letter(ctx, id, o.cfg.MustConfirm())
	if err != nil || !send {
		return err
	}
	stops := o.stops(letter.Reader, notices.Ended(letter.Kind.About()))
	words, err := pages.NoticeLine(letter.Notice).Mail(o.shell(letter.Reading), letter.Name, o.cfg.SiteName, o.cfg.BaseURL, stops)
	if err != nil {
		return err
	}
	sent, err := o.post(ctx, letter.Reader, letter.Reading, words, fmt.Sprintf("notice-%d", id), stops)
	if err != nil {
		return err
	}
	if !sent {
		return o.notices.DropMail(ctx, id)
	}
	return o.notices.Mailed(ctx, id)
}

// digest sends what waited for one reader.
func (o office) digest(ctx context.Context, id notices.DigestID) error {
	d, send, err := o.notices.Digest(ctx, id, o.cfg.MustConfirm())
	if err != nil || !send {
		return err
	}
	lines := make([]views.NoticeLine, len(d.Notices))
	for i, n := range d.Notices {
		lines[i] = pages.NoticeLine(n)
	}
	stops := o.stops(d.Reader, notices.EndDigests)
	words, err := views.DigestMail(o.shell(d.Reading), lines, d.More, d.Reading.Name, o.cfg.SiteName, o.cfg.BaseURL, stops)
	if err != nil {
		return err
	}
	sent, err := o.post(ctx, d.Reader, d.Reading, words, fmt.Sprintf("digest-%d", id), stops)
	if err != nil {
		return err
	}
	if !sent {
		return o.notices.DropDigest(ctx, id)
	}
	return o.notices.DigestMailed(ctx, d)
}

// post sends a mail, and says whether its address takes mail at all.
func (o office) post(ctx context.Context, reader accounts.ID, r notices.Reading, words views.Mail, id string, stops views.MailStops) (bool, error) {
	m := mail.Message{To: r.Email, Name: r.Name, Subject: words.Subject, Text: words.Text, HTML: words.HTML, ID: id, Stop: stops.These}
	err := o.out.Send(ctx, m)
	var refused *mail.Refused
	if errors.As(err, &refused) {
		return false, o.notices.Bounced(ctx, reader, refused.Reason)
	}
	return err == nil, away(err)
}

// away tells the relay that a failure says nothing of the mail.
func away(err error) error {
	if errors.Is(err, mail.ErrAway) {
		return fmt.Errorf("%w: %w", outbox.ErrAway, err)
	}
	return err
}

// post sends what somebody asked for; an address that takes no mail is noted.
func post(ctx context.Context, out mail.Sender, people *notices.Service, reader accounts.ID, m mail.Message) error {
	err := out.Send(ctx, m)
	var refused *mail.Refused
	if errors.As(err, &refused) {
		return people.Bounced(ctx, reader, refused.Reason)
	}
	return away(err)
}

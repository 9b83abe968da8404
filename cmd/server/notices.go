package main

import (
	"context"
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
		fact, told := notices.OfMove(m, board)
		if !told {
			return nil
		}
		return p.notices.Tell(ctx, p.db, fact)
	}))
}

// noticeRelays spread the news and mail it, each at its own pace: a mail server
// that is slow holds up nobody's inbox.
func noticeRelays(a *app, p *parts, dsn string, out mail.Sender, log *slog.Logger) ([]*outbox.Relay, error) {
	key, err := a.cfg.Secret()
	if err != nil {
		return nil, err
	}
	spread, post := outbox.NewRelay(p.db, dsn, log), outbox.NewRelay(p.db, dsn, log)
	spread.On(notices.TopicSpread, outbox.Typed(p.notices.Spread))
	post.On(notices.TopicMail, outbox.Typed(func(ctx context.Context, id notices.ID) error {
		return mailNotice(ctx, a.cfg, []byte(key), p.notices, out, id)
	}))
	return []*outbox.Relay{spread, post}, nil
}

// mailNotice sends one notice, unless it was sent or may not go out by now. It
// counts as sent once the mail server has it.
func mailNotice(ctx context.Context, cfg *config.Config, key []byte, people *notices.Service, out mail.Sender, id notices.ID) error {
	letter, send, err := people.Letter(ctx, id, cfg.MustConfirm())
	if err != nil || !send {
		return err
	}
	s := views.Shell{Lang: i18n.Choose(letter.Lang, ""), Zone: cfg.Zone()}
	stop := cfg.BaseURL + views.StopURL(notices.Token(key, letter.Reader))
	words := pages.NoticeLine(letter.Notice).Mail(s, letter.Name, cfg.SiteName, cfg.BaseURL, stop)
	err = out.Send(ctx, mail.Message{
		To: letter.Email, Name: letter.Name, Subject: words.Subject, Text: words.Text, ID: fmt.Sprintf("notice-%d", id), Stop: stop,
	})
	if err != nil {
		return err
	}
	return people.Mailed(ctx, id)
}

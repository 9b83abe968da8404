package main

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/config"
	"prosumer/internal/i18n"
	"prosumer/internal/mail"
	"prosumer/internal/notices"
	"prosumer/internal/web/views"
)

// sender gives the way mails go: a server, or the folder.
func sender(cfg *config.Config) (mail.Sender, *mail.Folder, error) {
	from := mail.From{Name: cfg.SiteName, Address: cfg.MailFrom}
	if cfg.SMTPURL != "" {
		s, err := mail.NewSMTP(cfg.SMTPURL, from)
		return s, nil, err
	}
	f, err := mail.NewFolder(filepath.Join(cfg.DataDir, "mail"), from, time.Now)
	return f, f, err
}

// linkAddresses are the pages that ask for the click, by what a link does.
var linkAddresses = map[accounts.Purpose]string{
	accounts.SignInLink:  views.UseLinkURL,
	accounts.ConfirmLink: views.ConfirmURL,
	accounts.ResetLink:   views.ResetURL,
}

// mailLink answers the wish for a link. Nothing is sent to an address nobody
// has, and nothing more to one that asked too often.
func mailLink(ctx context.Context, cfg *config.Config, people *accounts.Service, told *notices.Service, out mail.Sender, w accounts.LinkWanted) error {
	account, secret, err := people.MakeLink(ctx, w)
	if errors.Is(err, accounts.ErrNotFound) || errors.Is(err, accounts.ErrTooMany) {
		return nil
	}
	if err != nil {
		return err
	}
	if w.Purpose == accounts.SignInLink && account.ConfirmedAt == nil && cfg.MustConfirm() {
		w.Purpose = accounts.ConfirmLink // the address is confirmed before it signs anybody in
	}
	s := views.Shell{Lang: i18n.Choose(account.Lang, ""), Zone: cfg.Zone()}
	address := cfg.BaseURL + linkAddresses[w.Purpose] + "?token=" + url.QueryEscape(secret)
	words, err := views.LinkMail(s, string(w.Purpose), account.Name, cfg.SiteName, address)
	if err != nil {
		return err
	}
	return post(ctx, out, told, account.ID, mail.Message{To: *account.Email, Name: account.Name, Subject: words.Subject, Text: words.Text, HTML: words.HTML})
}

// mailErasing tells somebody that their account is going to be erased, and how
// to keep it; nothing once they keep it, or where there is no address.
func mailErasing(ctx context.Context, cfg *config.Config, p *parts, out mail.Sender, id accounts.ID) error {
	due, asked, err := p.owndata.Due(ctx, id)
	if err != nil || !asked {
		return err
	}
	account, err := p.accounts.ByID(ctx, id)
	if err != nil || account.Email == nil {
		return err
	}
	s := views.Shell{Lang: i18n.Choose(account.Lang, ""), Zone: cfg.Zone()}
	words, err := views.ErasingMail(s, account.Name, cfg.SiteName, due, cfg.BaseURL+views.SignInURL(views.DataURL))
	if err != nil {
		return err
	}
	return post(ctx, out, p.notices, account.ID, mail.Message{To: *account.Email, Name: account.Name, Subject: words.Subject, Text: words.Text, HTML: words.HTML})
}

package views

import (
	"context"
	"fmt"
	"strings"
	"time"

	"prosumer/internal/i18n"
)

// Mail is what a mail says, in its two forms.
type Mail struct{ Subject, Text, HTML string }

// MailBody is what both forms of a mail are made of.
type MailBody struct {
	Lang    i18n.Lang
	Site    string
	Subject string
	Base    string // what its addresses begin with
	Before  []string
	Groups  []MailGroup
	Look    string // what the link is for
	Link    string
	After   []string
	Stops   []MailLink // ways to get no more of it
}

// MailGroup is what a digest says of one thing.
type MailGroup struct {
	Title string
	URL   string
	Lines []string
}

// MailLink is a link at the foot.
type MailLink struct{ Words, URL string }

// Mail writes both forms.
func (b MailBody) Mail() (Mail, error) {
	var html strings.Builder
	if err := mailHTML(b).Render(context.Background(), &html); err != nil {
		return Mail{}, fmt.Errorf("mail %q: %w", b.Subject, err)
	}
	return Mail{Subject: b.Subject, Text: b.text(), HTML: html.String()}, nil
}

func (b MailBody) text() string {
	var t strings.Builder
	para := func(lines ...string) { t.WriteString(strings.Join(lines, "\n") + "\n\n") }
	for _, p := range b.Before {
		para(p)
	}
	for _, g := range b.Groups {
		var lines []string
		if g.Title != "" {
			lines = append(lines, g.Title)
		}
		for _, l := range g.Lines {
			lines = append(lines, "- "+l)
		}
		para(append(lines, g.URL)...)
	}
	if b.Link != "" {
		if b.Look != "" {
			para(b.Look+":", b.Link)
		} else {
			para(b.Link)
		}
	}
	for _, p := range b.After {
		para(p)
	}
	for _, s := range b.Stops {
		t.WriteString(s.Words + ": " + s.URL + "\n")
	}
	return strings.TrimRight(t.String(), "\n") + "\n"
}

// MailStops are the links that end mails: of its group or all digests, and all.
type MailStops struct{ These, All string }

// Mail writes the mail about a notice: what happened, where to look, why it
// comes, and how to end it. The addresses in it begin with base.
func (n NoticeLine) Mail(s Shell, reader, site, base string, stop MailStops) (Mail, error) {
	line := n.Line(s.Lang)
	b := MailBody{Lang: s.Lang, Site: site, Base: base, Subject: site + ": " + line, Before: []string{s.T("mail.notice.greeting", "Name", reader), line + "."}}
	if detail := n.Detail(s); detail != "" {
		b.Before = append(b.Before, detail)
	}
	b.Look, b.Link = s.T("mail.notice.look"), base+n.URL()
	b.After = []string{s.T("mail.notice.why."+n.Why, "Site", site)}
	b.Stops = []MailLink{
		{s.T("mail.notice.stop", "About", s.T("views.about."+n.About)), stop.These},
		{s.T("mail.notice.stop_all"), stop.All},
		{s.T("mail.notice.settings"), base + NoticesURL},
	}
	return b.Mail()
}

// DigestMail writes what waited for a reader, grouped by what it is about; more
// is how much else there is in the inbox.
func DigestMail(s Shell, list []NoticeLine, more int, reader, site, base string, stop MailStops) (Mail, error) {
	b := MailBody{
		Lang: s.Lang, Site: site, Base: base, Subject: site + ": " + s.T("mail.digest.subject", "Count", len(list)+more),
		Before: []string{s.T("mail.notice.greeting", "Name", reader), s.T("mail.digest.lead")},
	}
	for _, g := range s.Group(list) {
		m := MailGroup{Title: g.Title, URL: base + g.URL}
		for _, n := range g.Lines {
			m.Lines = append(m.Lines, n.Line(s.Lang))
		}
		b.Groups = append(b.Groups, m)
	}
	b.Look, b.Link = s.T("mail.digest.look"), base+InboxURL
	if more > 0 {
		b.After = append(b.After, s.T("mail.digest.more", "Count", more))
	}
	b.After = append(b.After, s.T("mail.digest.why", "Site", site))
	b.Stops = []MailLink{{s.T("mail.digest.stop"), stop.These}, {s.T("mail.notice.stop_all"), stop.All}, {s.T("mail.notice.settings"), base + NoticesURL}}
	return b.Mail()
}

// LinkMail writes the mail with a link that somebody asked for: to sign in, to
// confirm an address, or to set a password.
func LinkMail(s Shell, purpose, reader, site, link string) (Mail, error) {
	return s.linkMail("mail."+purpose, site, link, "Name", reader)
}

// ErasingMail tells somebody when their account is erased, with the link to
// where they can still keep it.
func ErasingMail(s Shell, reader, site string, due time.Time, link string) (Mail, error) {
	return s.linkMail("mail.erasing", site, link, "Name", reader, "Date", s.Date(due))
}

func (s Shell) linkMail(key, site, link string, args ...any) (Mail, error) {
	before, after, _ := strings.Cut(s.T(key+".text", append(args, "Site", site, "Link", link)...), link)
	b := MailBody{Lang: s.Lang, Site: site, Subject: site + ": " + s.T(key+".subject"), Before: paragraphs(before), Link: link, After: paragraphs(after)}
	return b.Mail()
}

func paragraphs(text string) []string {
	var list []string
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

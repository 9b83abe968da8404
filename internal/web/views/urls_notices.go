package views

import "net/url"

// Addresses of following and of notices.
const (
	InboxURL         = "/inbox"
	NoticesURL       = "/settings/notifications" // GET the switch, POST sets it
	UnsubscribeURL   = "/unsubscribe"            // GET ?token=: the page with the button; POST with token: ends the mails
	FollowTargetURL  = "/follow"                 // POST what, key, act: a person, a challenge or a topic
	FollowingURL     = "/mine/following"
	InboxReadURL     = "/inbox/read" // POST notice, several, or up_to
	InboxMuteURL     = "/inbox/mute" // POST what, such as idea:42, and act: mute or unmute
	MailAgainURL     = "/settings/notifications/mail"
	StudioMailURL    = "/studio/mail"
	unsubscribeToken = "token"
)

// FollowURL makes the reader hear of an idea, or no longer (POST act).
func FollowURL(id int64) string { return ideaBase(id) + "/follow" }

// StopURL ends the mails to one account by one click: a mail program posts to
// it, and a person who opens it finds a button.
func StopURL(token string) string {
	return UnsubscribeURL + "?" + unsubscribeToken + "=" + url.QueryEscape(token)
}

// InboxURLOf is the inbox with one group of notices, from a notice on; 0 is its
// beginning and an empty group all of them.
func InboxURLOf(of string, before int64) string {
	from := ""
	if before != 0 {
		from = id64(before)
	}
	return address(InboxURL, "of", of, "before", from)
}

// OpenNoticeURL leads to what a notice speaks of, which then is read.
func OpenNoticeURL(id int64) string { return InboxURL + "/" + id64(id) }

// StudioLetterURL takes what is to become of a mail that was given up (POST act).
func StudioLetterURL(id int64) string { return StudioMailURL + "/" + id64(id) }

// MailSamplesURL lists all mails in a language, where the mailbox is shown.
func MailSamplesURL(lang string) string { return address("/dev/mail-samples", "lang", lang) }

// MailSampleURL is the HTML of one of them.
func MailSampleURL(lang, name string) string {
	return address("/dev/mail-samples/"+url.PathEscape(name), "lang", lang)
}

package views

import "net/url"

// Addresses of following and of notices.
const (
	InboxURL         = "/inbox"
	NoticesURL       = "/settings/notifications" // GET the switch, POST sets it
	UnsubscribeURL   = "/unsubscribe"            // GET ?token=: the page with the button; POST with token: ends the mails
	unsubscribeToken = "token"
)

// FollowURL makes the reader hear of an idea, or no longer (POST act).
func FollowURL(id int64) string { return ideaBase(id) + "/follow" }

// StopURL ends the mails to one account by one click: a mail program posts to
// it, and a person who opens it finds a button.
func StopURL(token string) string {
	return UnsubscribeURL + "?" + unsubscribeToken + "=" + url.QueryEscape(token)
}

// InboxURLBefore is the inbox from a notice on; 0 is its beginning.
func InboxURLBefore(before int64) string {
	if before == 0 {
		return InboxURL
	}
	return address(InboxURL, "before", id64(before))
}

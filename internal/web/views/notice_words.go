package views

import (
	"strconv"
	"time"

	"prosumer/internal/i18n"
)

// NoticeLine is one notice: what its words are made of, for the inbox and for
// its mail.
type NoticeLine struct {
	ID    int64
	Kind  string
	Why   string // "named", "contributor", "co_creator", "voter" or "follower"
	Idea  int64  // 0: of no idea
	Title string
	Slug  string
	Data  map[string]string
	At    time.Time
	Fresh bool // not read before
}

// Line says it in one line, without a full stop.
func (n NoticeLine) Line(lang i18n.Lang) string {
	args := []any{"Title", n.Title, "Name", n.Data["name"], "Challenge", n.Data["title"], "Into", n.Data["title"], "Reward", n.Data["reward"]}
	key := "views.notices." + n.Kind
	switch n.Kind {
	case "decided":
		key += "." + n.Data["status"]
		if n.Data["undone"] != "" {
			key = "views.notices.undone"
		}
	case "stage_reached":
		key += "." + n.Data["stage"]
	case "milestone_reached":
		voters, _ := strconv.Atoi(n.Data["voters"])
		args = append(args, "Count", voters)
	}
	return i18n.T(lang, key, args...)
}

// Detail says what else there is to know; empty for nothing.
func (n NoticeLine) Detail(s Shell) string {
	switch n.Kind {
	case "decided":
		if n.Data["undone"] != "" {
			return s.T("views.notices.undone_text", "Status", s.StatusWord(n.Data["status"]))
		}
		if reason := n.Data["reason"]; reason != "" {
			return s.T("views.notices.reason", "Reason", s.ReasonWord(reason))
		}
		return s.T("status." + n.Data["status"] + ".why")
	case "milestone_reached":
		switch {
		case n.Data["review"] != "":
			return s.T("views.notices.milestone_review")
		case n.Data["longer"] != "":
			return s.T("views.notices.milestone_longer")
		}
		return ""
	case "expires_soon":
		if until, err := time.Parse(time.RFC3339, n.Data["until"]); err == nil {
			return s.T("views.notices.expires_soon_text", "Date", s.Date(until))
		}
	}
	if key := "views.notices." + n.Kind + "_text"; i18n.Has(s.Lang, key) {
		return s.T(key)
	}
	return ""
}

// URL is where to look.
func (n NoticeLine) URL() string {
	switch {
	case n.Data["product"] != "":
		return ProductURL(n.Data["product"])
	case n.Data["challenge"] != "":
		return ChallengeURL(n.Data["challenge"])
	case n.Kind == "merged" && n.Data["into"] != "":
		if id, err := strconv.ParseInt(n.Data["into"], 10, 64); err == nil {
			return IdeaURL(id, "")
		}
	}
	return IdeaURL(n.Idea, n.Slug)
}

// Icon is the symbol beside it.
func (n NoticeLine) Icon() string {
	switch n.Kind {
	case "decided", "assigned", "mentioned":
		return "message-square"
	case "milestone_reached":
		return "flag"
	case "expires_soon", "expired":
		return "hourglass"
	case "merged", "unmerged":
		return "git-merge"
	case "results_out", "budget_back":
		return "trophy"
	default:
		return "package-check"
	}
}

// NoticeMail is a notice as a mail says it, in the reader's language.
type NoticeMail struct{ Subject, Text string }

// Mail writes the mail: what happened, where to look, why it comes, and how to
// end it. The addresses in it begin with base.
func (n NoticeLine) Mail(s Shell, reader, site, base, stop string) NoticeMail {
	line := n.Line(s.Lang)
	text := s.T("mail.notice.greeting", "Name", reader) + "\n\n" + line + ".\n\n"
	if detail := n.Detail(s); detail != "" {
		text += detail + "\n\n"
	}
	text += s.T("mail.notice.look", "Link", base+n.URL()) + "\n\n"
	text += s.T("mail.notice.why."+n.Why, "Site", site) + "\n" + s.T("mail.notice.stop", "Link", stop) + "\n"
	return NoticeMail{Subject: site + ": " + line, Text: text}
}

package views

import (
	"strconv"
	"time"

	"prosumer/internal/i18n"
)

// NoticeLine is one notice, or several of a kind: what its words are made of, for
// the inbox and for its mail.
type NoticeLine struct {
	ID        int64
	IDs       []int64 // of all that the line stands for
	Kind      string
	About     string // the group of its kind, as the settings have them
	Why       string // the circle it came by, such as "named", "voter" or "topic"
	Idea      int64  // 0: of no idea
	Title     string
	Slug      string
	Who       string // whom it speaks of; empty where they have no name any more
	WhoHandle string // empty where there is no profile to find
	Thread    int64  // of comments; 0 for none
	Data      map[string]string
	At        time.Time
	Fresh     bool // not read before
	Count     int  // how many it stands for; 0 and 1 are one
}

// noticeKind is how a kind looks and where it leads: a new kind needs a line here
// and its sentences, views.notices.<kind>; with views.notices.<kind>_text where
// there is more to say and views.notices.<kind>_many where several are one line.
type noticeKind struct {
	icon string
	to   func(NoticeLine) string // nil: to its product or challenge, or else its idea
}

var noticeKinds = map[string]noticeKind{
	"decided":           {icon: "message-square"},
	"stage_reached":     {icon: "package-check"},
	"beta_called":       {icon: "package-check"},
	"beta_accepted":     {icon: "package-check"},
	"verdict_asked":     {icon: "package-check"},
	"rewarded":          {icon: "package-check"},
	"merged":            {icon: "git-merge", to: toMerged},
	"unmerged":          {icon: "git-merge"},
	"milestone_reached": {icon: "flag"},
	"expires_soon":      {icon: "hourglass"},
	"expired":           {icon: "hourglass"},
	"mentioned":         {icon: "message-square"},
	"assigned":          {icon: "message-square"},
	"results_out":       {icon: "trophy"},
	"budget_back":       {icon: "undo-2", to: toIdea},
	"new_idea":          {icon: "lightbulb", to: toIdea},
	"person_credited":   {icon: "package-check"},
	"entries_open":      {icon: "flag"},
	"voting_open":       {icon: "flag"},
	"closes_soon":       {icon: "hourglass"},
	"commented":         {icon: "message-square", to: toComment},
	"replied":           {icon: "message-square", to: toComment},
	"taken_up":          {icon: "badge-check"},
	"co_creator_joined": {icon: "users"},
	"invited":           {icon: "users"},
	"remixed":           {icon: "git-branch"},
	"changed":           {icon: "pencil"},
	"mentioned_in_talk": {icon: "message-square", to: toComment},
}

func toIdea(n NoticeLine) string { return IdeaURL(n.Idea, n.Slug) }

func toMerged(n NoticeLine) string {
	if id, err := strconv.ParseInt(n.Data["into"], 10, 64); err == nil {
		return IdeaURL(id, "")
	}
	return toIdea(n)
}

func toComment(n NoticeLine) string {
	if id, err := strconv.ParseInt(n.Data["comment"], 10, 64); err == nil {
		return CommentURL(id)
	}
	return toIdea(n)
}

// Line says it in one line, without a full stop.
func (n NoticeLine) Line(lang i18n.Lang) string {
	who := n.Who
	if who == "" {
		who = i18n.T(lang, "views.notices.somebody")
	}
	args := []any{"Title", n.Title, "Name", n.Data["name"], "Challenge", n.Data["title"], "Into", n.Data["title"], "Reward", n.Data["reward"], "Who", who, "For", n.Data["for"]}
	key := "views.notices." + n.Kind
	if many := key + "_many"; n.Count > 1 && i18n.Has(lang, many) {
		return i18n.T(lang, many, append(args, "Count", n.Count)...)
	}
	switch n.Kind {
	case "decided":
		key += "." + n.Data["status"]
		if n.Data["undone"] != "" {
			key = "views.notices.undone"
		}
	case "stage_reached":
		key += "." + n.Data["stage"]
	case "new_idea":
		key += "." + n.newBy()
	case "milestone_reached":
		voters, _ := strconv.Atoi(n.Data["voters"])
		args = append(args, "Count", voters)
	}
	return i18n.T(lang, key, args...)
}

// newBy is by what a reader hears of a new idea.
func (n NoticeLine) newBy() string {
	if n.Why == "topic" || n.Why == "challenge" {
		return n.Why
	}
	return "person"
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
	case "expires_soon", "closes_soon":
		if until, err := time.Parse(time.RFC3339, n.Data["until"]); err == nil {
			return s.T("views.notices."+n.Kind+"_text", "Date", s.Date(until))
		}
		return ""
	}
	if key := "views.notices." + n.Kind + "_text"; i18n.Has(s.Lang, key) {
		return s.T(key)
	}
	return ""
}

// URL is where to look.
func (n NoticeLine) URL() string {
	if to := noticeKinds[n.Kind].to; to != nil {
		return to(n)
	}
	switch {
	case n.Data["comment"] != "":
		return toComment(n)
	case n.Data["product"] != "":
		return ProductURL(n.Data["product"])
	case n.Data["challenge"] != "":
		return ChallengeURL(n.Data["challenge"])
	case n.Idea != 0:
		return toIdea(n)
	case n.WhoHandle != "":
		return PersonURL(n.WhoHandle)
	}
	return InboxURL
}

// Icon is the symbol beside it.
func (n NoticeLine) Icon() string {
	if look, ok := noticeKinds[n.Kind]; ok {
		return look.icon
	}
	return "bell"
}

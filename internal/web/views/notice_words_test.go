package views

import (
	"strings"
	"testing"

	"prosumer/internal/i18n"
)

// everyNotice is one of each kind, with each of its variants.
func everyNotice() []NoticeLine {
	product := map[string]string{"product": "kettle", "name": "Kettle One", "reward": "a kettle"}
	idea := NoticeLine{Idea: 7, Title: "A kettle that whistles", Slug: "a-kettle"}
	list := []NoticeLine{}
	add := func(kind string, data map[string]string) {
		n := idea
		n.Kind, n.Data = kind, data
		list = append(list, n)
	}
	for _, status := range []string{"under_review", "shortlisted", "declined", "needs_work", "parked", "open"} {
		add("decided", map[string]string{"status": status, "reason": map[string]string{"declined": "too_costly"}[status]})
	}
	add("decided", map[string]string{"status": "open", "undone": "adopted"})
	for _, stage := range []string{"adopted", "designing", "prototype", "beta", "in_production", "launched", "stopped"} {
		add("stage_reached", map[string]string{"product": "kettle", "name": "Kettle One", "stage": stage})
	}
	for _, kind := range []string{"beta_called", "beta_accepted", "verdict_asked", "rewarded"} {
		add(kind, product)
	}
	for _, kind := range []string{"unmerged", "expired", "mentioned", "assigned"} {
		add(kind, nil)
	}
	add("merged", map[string]string{"into": "9", "title": "A better kettle"})
	add("milestone_reached", map[string]string{"voters": "1000"})
	add("milestone_reached", map[string]string{"voters": "10000", "review": "1"})
	add("expires_soon", map[string]string{"until": "2026-05-01T10:00:00Z"})
	for _, kind := range []string{"results_out", "budget_back"} {
		add(kind, map[string]string{"challenge": "kitchen", "title": "The small kitchen"})
	}
	return list
}

func TestEveryNoticeHasItsWordsInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.All {
		s := Shell{Lang: lang}
		for _, n := range everyNotice() {
			for _, why := range []string{"named", "contributor", "co_creator", "voter", "follower"} {
				n.Why = why
				m := n.Mail(s, "Ann", "Ideas of <Acme>", "https://board.example", "https://board.example/unsubscribe?token=1.x")
				for _, said := range []string{m.Subject, m.Text, n.Line(lang), n.Detail(s)} {
					if strings.Contains(said, "views.") || strings.Contains(said, "mail.") || strings.Contains(said, "<no value>") || strings.Contains(said, "&lt;") {
						t.Errorf("%s %s %v: %q", lang, n.Kind, n.Data, said)
					}
				}
				if strings.ContainsAny(m.Subject, "\r\n") || !strings.Contains(m.Text, "\nhttps://board.example/") || !strings.Contains(m.Text, "token=1.x") {
					t.Errorf("%s %s: %q %q", lang, n.Kind, m.Subject, m.Text)
				}
			}
		}
	}
}

func TestANoticeLeadsToWhatItSpeaksOf(t *testing.T) {
	t.Parallel()
	for want, n := range map[string]NoticeLine{
		"/made/kettle":      {Kind: "stage_reached", Idea: 7, Data: map[string]string{"product": "kettle"}},
		"/ideas/9":          {Kind: "merged", Idea: 7, Slug: "a-kettle", Data: map[string]string{"into": "9"}},
		"/ideas/7-a-kettle": {Kind: "decided", Idea: 7, Slug: "a-kettle"},
	} {
		if got := n.URL(); got != want {
			t.Errorf("%s leads to %s, want %s", n.Kind, got, want)
		}
	}
}

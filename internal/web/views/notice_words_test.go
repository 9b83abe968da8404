package views

import (
	"strings"
	"testing"
	"time"

	"prosumer/internal/i18n"
)

func TestEveryMailHasItsWordsInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.All {
		s := Shell{Lang: lang}
		stop := MailStops{These: "https://board.example/unsubscribe?token=1-talk.x", All: "https://board.example/unsubscribe?token=1.x"}
		for _, n := range sampleNotices() {
			for _, why := range []string{"named", "contributor", "co_creator", "voter", "follower", "person", "topic", "challenge"} {
				n.Why = why
				m, err := n.Mail(s, "Ann", "Ideas of <Acme>", "https://board.example", stop)
				if err != nil {
					t.Fatal(err)
				}
				for _, said := range []string{m.Subject, m.Text, n.Line(lang), n.Detail(s)} {
					if strings.Contains(said, "views.") || strings.Contains(said, "mail.") || strings.Contains(said, "<no value>") || strings.Contains(said, "&lt;") {
						t.Errorf("%s %s %v: %q", lang, n.Kind, n.Data, said)
					}
				}
				if strings.ContainsAny(m.Subject, "\r\n") || !strings.Contains(m.Text, "\nhttps://board.example/") || !strings.Contains(m.Text, "token=1.x") || !strings.Contains(m.Text, "token=1-talk.x") {
					t.Errorf("%s %s: %q %q", lang, n.Kind, m.Subject, m.Text)
				}
				if strings.Contains(m.HTML, "<Acme>") || strings.Contains(m.HTML, " src=") || strings.Contains(m.HTML, "url(") || !strings.Contains(m.HTML, "token=1.x") {
					t.Errorf("%s %s: %s", lang, n.Kind, m.HTML)
				}
			}
			if !i18n.Has(lang, "views.kinds."+n.Kind) {
				t.Errorf("%s has no word for the kind %s", lang, n.Kind)
			}
		}
		samples, err := MailSamples(s, "Prosumer", "https://board.example")
		if err != nil || len(samples) < len(noticeKinds) {
			t.Errorf("%d samples (%v)", len(samples), err)
		}
	}
}

func TestADigestSaysEachThingOnceAndGroupsIt(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	talk := func(id int64, comment string) NoticeLine {
		return NoticeLine{ID: id, Kind: "commented", About: "talk", Why: "contributor", Idea: 7, Title: `A "kettle" & <b>more</b>`, Slug: "a", Who: "Bo", Data: map[string]string{"comment": comment}, At: at}
	}
	list := []NoticeLine{
		talk(4, "14"), talk(3, "13"),
		{ID: 2, Kind: "milestone_reached", About: "progress", Why: "voter", Idea: 7, Slug: "a", Title: `A "kettle" & <b>more</b>`, Data: map[string]string{"voters": "100"}, At: at},
		talk(1, "11"),
		{ID: 5, Kind: "voting_open", About: "challenges", Why: "challenge", Data: map[string]string{"challenge": "kitchen", "title": "The small kitchen"}, At: at},
	}
	m, err := DigestMail(Shell{Lang: i18n.EN}, list, 0, "Ann", "Acme", "https://board.example", MailStops{})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(m.Text, "kettle") != strings.Count(m.Text, "https://board.example/ideas/7-a")+2 || !strings.Contains(m.Text, "- 3 new comments") || !strings.Contains(m.Text, "100 voters") || !strings.Contains(m.Text, "/challenges/kitchen") {
		t.Errorf("%s", m.Text)
	}
	if strings.Contains(m.HTML, "<b>more") {
		t.Errorf("what somebody wrote is markup: %s", m.HTML)
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

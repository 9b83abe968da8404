package views

import (
	"time"

	"prosumer/internal/i18n"
)

// MailSample is one of the mails that the site sends, with made-up content.
type MailSample struct {
	Name string
	Mail Mail
}

// sampleNotices is one of each kind, with each of its variants.
func sampleNotices() []NoticeLine {
	product := map[string]string{"product": "kettle", "name": "Kettle One", "reward": "a kettle"}
	idea := NoticeLine{ID: 1, Idea: 7, Title: "A kettle that whistles", Slug: "a-kettle", Why: "contributor", About: "decisions", Who: "Noor", WhoHandle: "noor"}
	var list []NoticeLine
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
	for _, kind := range []string{"beta_called", "beta_accepted", "verdict_asked", "rewarded", "person_credited"} {
		add(kind, product)
	}
	for _, kind := range []string{"unmerged", "expired", "mentioned", "assigned"} {
		add(kind, nil)
	}
	add("commented", map[string]string{"comment": "12"})
	idea.Why, idea.About = "named", "personal"
	for _, kind := range []string{"replied", "mentioned_in_talk", "taken_up", "co_creator_joined", "invited", "remixed", "changed"} {
		add(kind, map[string]string{"comment": "12"})
	}
	idea.About = "new_things"
	for _, why := range []string{"person", "topic", "challenge"} {
		idea.Why = why
		add("new_idea", nil)
	}
	idea.Why, idea.About = "voter", "decisions"
	add("merged", map[string]string{"into": "9", "title": "A better kettle"})
	add("milestone_reached", map[string]string{"voters": "1000", "longer": "1"})
	add("milestone_reached", map[string]string{"voters": "10000", "review": "1"})
	add("expires_soon", map[string]string{"until": "2026-05-01T10:00:00Z"})
	add("budget_back", map[string]string{"challenge": "kitchen", "title": "The small kitchen"})
	idea.Idea, idea.Title, idea.Slug = 0, "", ""
	for _, kind := range []string{"results_out", "entries_open", "voting_open", "closes_soon"} {
		add(kind, map[string]string{"challenge": "kitchen", "title": "The small kitchen", "until": "2026-05-01T10:00:00Z"})
	}
	return list
}

// MailSamples are all the mails that the site sends, in the shell's language.
func MailSamples(s Shell, site, base string) ([]MailSample, error) {
	stop := MailStops{These: base + StopURL("7-decisions.sample"), All: base + StopURL("7.sample")}
	var list []MailSample
	for _, purpose := range []string{"sign_in", "confirm", "reset"} {
		m, err := LinkMail(s, purpose, "Ann", site, base+UseLinkURL+"?token=sample")
		if err != nil {
			return nil, err
		}
		list = append(list, MailSample{Name: purpose, Mail: m})
	}
	erasing, err := ErasingMail(s, "Ann", site, time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC), base+SignInURL(DataURL))
	if err != nil {
		return nil, err
	}
	list = append(list, MailSample{Name: "erasing", Mail: erasing})
	digest := sampleNotices()
	m, err := DigestMail(s, digest[len(digest)-12:], 3, "Ann", site, base, stop)
	if err != nil {
		return nil, err
	}
	list = append(list, MailSample{Name: "digest", Mail: m})
	for _, n := range sampleNotices() {
		m, err := n.Mail(s, "Ann", site, base, stop)
		if err != nil {
			return nil, err
		}
		list = append(list, MailSample{Name: n.sampleName(), Mail: m})
	}
	return list, nil
}

func (n NoticeLine) sampleName() string {
	name := n.Kind
	for _, part := range []string{n.Data["status"], n.Data["undone"], n.Data["stage"], n.Data["voters"]} {
		if part != "" {
			name += "-" + part
		}
	}
	if n.Kind == "new_idea" {
		name += "-" + n.Why
	}
	return name
}

// Languages are those the samples come in.
var sampleLanguages = i18n.All

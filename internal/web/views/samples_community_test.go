package views_test

import (
	"testing"

	"github.com/a-h/templ"

	"prosumer/internal/i18n"
	"prosumer/internal/web/views"
)

// community are the pages of what people say, are told, and hold of themselves.
func community(t *testing.T, lang i18n.Lang) map[string]templ.Component {
	t.Helper()
	of := func(path string) views.Shell { return member(shell(lang, path)) }
	errs := views.Errors{"password": "That is not your password.", "handle": "Type your own handle."}
	hit := func(in, title string) views.Hit {
		return views.Hit{In: in, URL: "/ideas/42", Title: title, Words: `A kettle <with> a handle & "more"`, Mark: map[string]string{"ideas": "open", "talk": "question", "products": "launched"}[in], By: noor, At: noon}
	}
	found := []views.HitGroup{
		{In: "ideas", Hits: []views.Hit{hit("ideas", "Kettle"), hit("ideas", "Left kettle")}, More: "/search?q=kettle&in=ideas"},
		{In: "talk", Hits: []views.Hit{hit("talk", "Kettle")}, Close: true},
		{In: "people", Hits: []views.Hit{{In: "people", URL: "/people/noor", Title: "Noor", By: noor, Picture: picture("noor")}}},
		{In: "products", Hits: []views.Hit{hit("products", "Kettle One")}},
		{In: "challenges", Hits: []views.Hit{hit("challenges", "The small kitchen")}},
	}
	line := views.NoticeLine{ID: 9, IDs: []int64{9, 8}, Kind: "commented", About: "talk", Why: "contributor", Idea: 42, Title: "Kettle", Slug: "kettle", Who: "Noor", WhoHandle: "noor", Thread: 3, Data: map[string]string{"comment": "12"}, At: noon, Fresh: true, Count: 2}
	taken := line
	taken.Kind, taken.About, taken.Fresh, taken.Count = "taken_up", "personal", false, 1
	samples, err := views.MailSamples(shell(lang, "/dev/mail-samples"), "Prosumer", "https://ideas.example")
	if err != nil {
		t.Fatal(err)
	}
	ledger := views.LedgerView{
		Shell: shell(lang, "/people/noor/standing"), Person: noor, Points: 288, Badges: []views.EarnedBadge{{Name: "first_idea", At: noon}, {Name: "adopted_5", At: noon}},
		Days: []views.LedgerDay{{Day: noon, Sum: 90, Lines: []views.LedgerLine{
			{Kind: "adopted", Points: 100, Worth: 100, At: noon, Title: "Kettle", URL: "/ideas/42"}, {Kind: "thanked", Points: 0, Worth: 2, At: noon, Undone: true}, {Kind: "thanked", Points: -10, Worth: -10, At: noon, Counter: true},
		}}},
		Table: []views.PointsRow{{Kind: "adopted", Points: 100, Per: 1}, {Kind: "votes_received", Points: 1, Per: 10, Most: 100, DayCap: 50}}, Older: "/people/noor/standing?after=x", Newer: "/people/noor/standing",
	}
	return map[string]templ.Component{
		"search":               views.Search(views.SearchView{Shell: shell(lang, "/search?q=kettle"), Q: "kettle", Groups: found}),
		"search one kind":      views.Search(views.SearchView{Shell: of("/search?q=kettle&in=ideas"), Q: "kettle", In: "ideas", Groups: found[:1]}),
		"search nothing":       views.Search(views.SearchView{Shell: shell(lang, "/search?q=zeppelin"), Q: "zeppelin"}),
		"search unasked":       views.Search(views.SearchView{Shell: shell(lang, "/search")}),
		"my comments":          views.MyComments(views.MyCommentsView{Shell: of("/mine/comments"), Next: "x", Comments: []views.MyComment{{ID: 1, URL: "/comments/1", Title: "Kettle", Kind: "suggestion", Text: "A hinge <b>", At: noon, TakenUp: true, Thanks: 2, Replies: 1}, {ID: 2, Kind: "comment", Text: "Gone", At: noon, Hidden: true}}}),
		"my comments none":     views.MyComments(views.MyCommentsView{Shell: of("/mine/comments")}),
		"co-created":           views.MyCoCreated(views.MyCoCreatedView{Shell: of("/mine/co-created"), Ideas: cards(false), Next: "x"}),
		"co-created none":      views.MyCoCreated(views.MyCoCreatedView{Shell: of("/mine/co-created")}),
		"following":            views.Following(views.FollowingView{Shell: of("/mine/following"), Follows: []views.FollowedLine{{What: "person", Key: "noor", Name: "Noor", URL: "/people/noor", At: noon}, {What: "topic", Key: "kitchen", Name: "Kitchen", URL: "/?topic=kitchen", At: noon}, {What: "challenge", Key: "bags", Name: "Bags", URL: "/challenges/bags", At: noon}, {What: "idea", Key: "42", Name: "Kettle", URL: "/ideas/42", At: noon}}}),
		"following none":       views.Following(views.FollowingView{Shell: of("/mine/following")}),
		"data":                 views.Data(views.DataView{Shell: of("/settings/data"), Errors: errs}),
		"data to be erased":    views.Data(views.DataView{Shell: of("/settings/data"), EraseAt: noon}),
		"erase":                views.Erase(views.EraseView{Shell: of("/settings/erase"), Handle: "noor", Days: 7, Errors: errs}),
		"erase asked":          views.Erase(views.EraseView{Shell: of("/settings/erase"), Handle: "noor", Days: 7, EraseAt: noon}),
		"inbox of notices":     views.Notices(views.NoticesView{Shell: of("/inbox"), Abouts: []string{"personal", "talk"}, Days: []views.NoticeDay{{At: noon, Groups: []views.NoticeGroup{{Title: "Kettle", URL: "/ideas/42", Lines: []views.NoticeLine{line, taken}}}}}, UpTo: 9, Unread: 2, Next: 3, Refused: "550 no such user"}),
		"inbox of nothing":     views.Notices(views.NoticesView{Shell: of("/inbox"), Abouts: []string{"personal", "talk"}, Of: "talk"}),
		"notice settings":      views.NoticeSettings(views.NoticeSettingsView{Shell: of("/settings/notifications"), Mail: true, Hour: "07:00", Choices: []views.NoticeChoice{{About: "personal", Inbox: true, Mail: "now"}, {About: "talk", Mail: "weekly"}}, Mutes: []views.MuteLine{{Scope: "idea", Name: "42", Title: "Kettle", URL: "/ideas/42"}}, Refused: "550"}),
		"standing ledger":      views.StandingLedger(ledger),
		"standing ledger none": views.StandingLedger(views.LedgerView{Shell: shell(lang, "/people/noor/standing"), Person: noor}),
		"mails of the studio":  views.StudioMail(views.StudioMailView{Shell: team(shell(lang, "/studio/mail")), Waiting: 3, Since: noon, Dead: []views.DeadLetter{{ID: 1, What: "erasing", Handle: "noor", At: noon, DeadAt: noon, Attempts: 60, Failure: "550 …"}, {ID: 2, What: "taken_up", At: noon, DeadAt: noon, Attempts: 1}}}),
		"mails none given up":  views.StudioMail(views.StudioMailView{Shell: team(shell(lang, "/studio/mail"))}),
		"all mails":            views.MailSamplesPage(views.MailSamplesView{Shell: shell(lang, "/dev/mail-samples"), Of: string(lang), Samples: samples}),
	}
}

package views_test

import (
	"encoding/json"
	"maps"
	"testing"
	"time"

	"github.com/a-h/templ"

	"prosumer/internal/clean"
	"prosumer/internal/i18n"
	"prosumer/internal/web/views"
	"prosumer/internal/web/views/ui"
)

var noon = time.Date(2026, time.November, 12, 12, 0, 0, 0, time.UTC)

func picture(name string) ui.Image {
	return ui.Image{
		ID: name, Alt: "A kettle, drawn", Width: 1600, Height: 1200,
		Src: "/media/" + name + "-1600.jpg", Small: "/media/" + name + "-400.webp",
		WebP: "/media/" + name + "-400.webp 400w, /media/" + name + "-1600.webp 1600w",
		JPEG: "/media/" + name + "-400.jpg 400w, /media/" + name + "-1600.jpg 1600w",
	}
}

func typed(t *testing.T, html string) clean.HTML {
	t.Helper()
	made, err := clean.Typed(html)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

var (
	noor  = views.Person{ID: 7, Name: "Noor El Amrani", Handle: "noor"}
	hanna = views.Person{ID: 9, Name: "Hanna de Wit", Handle: "hanna", Staff: true}
	ghost = views.Person{Name: ""}
)

func cards(mine bool) []views.IdeaCard {
	list := []views.IdeaCard{
		{ID: 42, Slug: "left-kettle", Title: "Kettle with a handle for the left hand", Status: "shortlisted", Cover: picture("kettle"), Contributor: noor, Voters: 2481, WouldBuy: 931, Voted: true, VoteOpen: true, ProposedAt: noon},
		{ID: 43, Slug: "jacket", Title: "Rain jacket that folds into its own hood", Status: "open", Cover: picture("jacket"), Contributor: views.Person{ID: 3, Name: "Tomás", Handle: "tomas"}, Voters: 1907, VoteOpen: true, ProposedAt: noon},
		{ID: 44, Slug: "lamp", Title: "Lamp you plant like a bulb", Status: "adopted", Cover: picture("lamp"), Contributor: views.Person{ID: 4, Name: "zaagsel", Handle: "zaagsel"}, Voters: 10204, ProposedAt: noon},
		{ID: 45, Slug: "chess", Title: "Chess set from sawmill leftovers", Excerpt: "Every sawmill throws away enough beech for a thousand chess sets a week, and nobody picks it up because the pieces are too small for furniture.", Status: "open", Contributor: ghost, Voters: 864, VoteOpen: true, ProposedAt: noon},
		{ID: 46, Slug: "tin", Title: "Bread tin with a lid for the crust", Status: "under_review", Contributor: hanna, Excerpt: "The crust is the best part, and it is the part that goes soft.", Voters: 402, Voted: true, VoteOpen: true, ProposedAt: noon},
		{ID: 47, Slug: "bell", Title: "Bike bell that plays two notes", Status: "in_production", Cover: picture("bell"), Contributor: views.Person{ID: 5, Name: "Mei", Handle: "mei"}, Voters: 6318, ProposedAt: noon},
		{ID: 48, Slug: "calendar", Title: "A calendar that hides the weekends", Status: "declined", Excerpt: "Work fits in five days. The calendar should not show the other two unless asked.", Contributor: views.Person{ID: 6, Name: "Jonas", Handle: "jonas"}, Voters: 377, ProposedAt: noon},
		{ID: 49, Slug: "mug", Title: "Mug with a flat side, for stacking", Status: "launched", Cover: picture("mug"), Contributor: views.Person{ID: 8, Name: "Aïcha", Handle: "aicha"}, Voters: 8940, ProposedAt: noon},
	}
	for i := range list {
		list[i].Own = mine
	}
	return list
}

func shell(lang i18n.Lang, path string) views.Shell {
	return views.Shell{Lang: lang, Path: path, CSRF: "token", Here: 312, IdeaCount: 33990, Version: "0.1.0", Watch: []string{"board"}, Texts: json.RawMessage(`{"islands.more":"\u003c/script\u003e"}`), CanonicalURL: "https://ideas.example" + path, DevMail: true}
}

func member(s views.Shell) views.Shell {
	s.Viewer = views.Viewer{ID: 7, Name: "Noor El Amrani", Handle: "noor", Confirmed: true}
	return s
}

func team(s views.Shell) views.Shell {
	s.Viewer = views.Viewer{ID: 9, Name: "Hanna de Wit", Handle: "hanna", Staff: true, Team: true, Confirmed: true}
	return s
}

var topics = []views.Topic{{Slug: "kitchen", Name: "Kitchen", Ideas: 12}, {Slug: "bags", Name: "Bags"}, {Slug: "home", Name: "At home"}, {Slug: "outdoors", Name: "Outdoors"}}

func idea(t *testing.T, s views.Shell) views.IdeaView {
	return views.IdeaView{
		Shell: s, ID: 42, Slug: "left-kettle", IdeaTitle: "Kettle with a handle for the left hand", Status: "shortlisted",
		Contributor: noor, Topic: topics[0], Tags: []string{"left-handed", "steam"}, Pictures: []ui.Image{picture("kettle"), picture("lamp"), {Src: "/media/mug-1600.jpg", JPEG: "/media/mug-1600.jpg 1600w"}},
		Story:      typed(t, "<p>Every kettle I own pours from the wrong side. One person in ten is left-handed; for them the water mark is on the back and the spout drips over the wrist.</p><h3>What I would change</h3><p>A symmetric body, a window on both sides and a handle that turns a quarter. It costs one hinge more than the kettle you sell now.</p>"),
		ProposedAt: noon.AddDate(0, 0, -9), Edits: 2,
		Answers: []views.Answer{{ID: 1, By: hanna, At: noon, Status: "shortlisted", Text: typed(t, "<p>We are taking this to the model shop. The hinge is the open question: we will show two versions here before the end of the month, and the people who voted get to try them first.</p>")}},
		Moves: []views.Move{
			{To: "open", From: "draft", At: noon.AddDate(0, 0, -9), By: noor},
			{From: "open", To: "parked", At: noon.AddDate(0, 0, -5), Reason: "timing", Note: "Until the summer."},
			{From: "parked", To: "open", At: noon.AddDate(0, 0, -3), By: hanna},
			{From: "open", To: "shortlisted", At: noon, By: hanna},
		},
		Vote:        views.VoteBox{Idea: 42, Title: "Kettle", Voters: 2481, WouldBuy: 931, Staff: 4, CarriedOver: 5321, Source: "Decide Madrid", SourceURL: "https://decide.example/1"},
		DecisionDue: noon.AddDate(0, 1, 0), VotingEnds: noon.AddDate(0, 2, 0), More: cards(false)[1:5],
	}
}

// pages is every page, by a name that ends up in test names.
func pages(t *testing.T, lang i18n.Lang) map[string]templ.Component {
	s := shell(lang, "/")
	errs := views.Errors{"": "Not as a whole.", "title": "Give it a title.", "story": "Tell a little more.", "email": "This is no address.", "password": "Too short.", "name": "Give a name.", "status": "Choose one.", "reason": "Give a reason.", "answer": "Say why.", "pictures": "Too many.", "accept_terms": "Please read them.", "odd": "Odd.", "picture": "Too large.", "scopes": "Choose one.", "body": "Say something.", "stage": "Not possible."}
	kept := views.KeptChoice{Idea: views.IdeaLink{ID: 42, Title: "Kettle"}, Draft: true}

	visitorIdea := idea(t, shell(lang, "/ideas/42-left-kettle"))
	visitorIdea.Sharing, visitorIdea.Alternates = shared(false, 0), []views.Alternate{{Type: views.AtomType, Title: "Kettle", Href: "https://ideas.example/feeds/ideas/42.atom"}}
	mine := idea(t, member(shell(lang, "/ideas/42-left-kettle")))
	mine.Mine, mine.MayEdit, mine.MayWithdraw = true, true, true
	mine.Vote.Refusal = "You cannot vote on your own idea."
	mine.Pictures = nil
	mine.Sharing = shared(true, 34)
	voted := idea(t, member(shell(lang, "/ideas/42-left-kettle")))
	voted.Vote.Mine, voted.Vote.MineWouldBuy, voted.Vote.CarriedOver = true, true, 0
	decided := idea(t, team(shell(lang, "/ideas/42-left-kettle")))
	decided.Product = views.ProductLink{Slug: "kettle", Name: "Left kettle"}
	decided.Answers, decided.AnswerDue = nil, noon
	decided.Decide = &views.Decision{Allowed: []string{"adopted", "declined", "parked"}, Reasons: []string{"too_costly", "safety"}, Templates: []views.AnswerTemplate{{ID: 3, Name: "Too costly", Lang: "en", Status: "declined", Reason: "too_costly", Body: "<p>Sorry</p>"}}, Products: []views.ProductLink{{ID: 1, Slug: "mug", Name: "Mug"}}, Errors: errs, UndoTo: "open", UndoUntil: noon}
	merged := idea(t, shell(lang, "/ideas/42-left-kettle"))
	merged.Status, merged.MergedInto = "merged", views.IdeaLink{ID: 4, Slug: "x", Title: "Other"}
	alike := []views.MergeChoice{{IdeaLink: views.IdeaLink{ID: 4, Slug: "x", Title: "Other"}, By: "Noor", Voters: 12}}
	merged.Merge = &views.IdeaMerge{Team: true}
	decided.Merge = &views.IdeaMerge{
		Team: true, Possible: true, Similar: alike, CoCreators: []views.CoCreator{{Person: views.Person{ID: 9, Name: "Hanna", Handle: "hanna"}, WhatFor: "Other"}},
		Took: []views.MergedIdea{{IdeaLink: views.IdeaLink{ID: 4, Slug: "x", Title: "Other"}, By: "Noor", At: noon}},
	}
	merging := views.MergeView{Shell: team(shell(lang, "/ideas/42/merge")), Idea: views.IdeaLink{ID: 42, Slug: "left-kettle", Title: "Kettle"}, Similar: alike, Into: "x", Errors: views.Errors{"into": "No."}}
	mergingInto := merging
	mergingInto.Errors, mergingInto.Preview = nil, &views.MergePreview{
		Into: alike[0].IdeaLink, Carried: 12, Both: 3, Newer: 1, Own: 1, Before: views.MergeFigures{Voters: 7, WouldBuy: 2, Staff: 1}, After: views.MergeFigures{Voters: 16, WouldBuy: 6, Staff: 1},
	}
	draft := mine
	draft.Status = "draft"
	bags := views.Challenge{Slug: "bags", Title: "A bag for life", Score: true, Phase: "voting", EntriesOpen: noon, EntriesClose: noon, VotingOpen: noon, VotingClose: noon.AddDate(0, 0, 7), Results: noon.AddDate(0, 0, 9)}
	sealedBags := bags
	sealedBags.Seal = "until_voted"
	scored := visitorIdea
	scored.Challenge = bags
	scored.Vote = views.VoteBox{Idea: 42, Title: "Kettle", Voters: 1204, WouldBuy: 412, Staff: 4, Scores: [5]int{10, 44, 150, 300, 700}, Challenge: bags, CarriedOver: 5321, Source: "Decide Madrid"}
	myScore := idea(t, member(shell(lang, "/ideas/42-left-kettle")))
	myScore.Challenge, myScore.Vote = bags, scored.Vote
	myScore.Vote.Mine, myScore.Vote.MineScore, myScore.CameFrom = true, 4, "forum.example.org"
	sealed := visitorIdea
	sealed.Challenge, sealed.Vote = sealedBags, views.VoteBox{Idea: 42, Title: "Kettle", Seal: "until_voted", Challenge: sealedBags}
	sealedSupport := sealed
	sealedSupport.Vote.Challenge.Score, sealedSupport.Vote.Challenge.Seal, sealedSupport.Vote.Seal = false, "until_close", "until_close"
	early, late := scored, scored
	early.Vote.Early, late.Vote.Late = true, true
	entries := cards(false)
	for i := range entries {
		entries[i].Challenge, entries[i].Scores, entries[i].MineScore = bags, [5]int{i, 0, 2, 1, i}, i%6
		entries[i].Sealed = i%2 == 1
	}
	entries[3].Challenge.Score = false
	phases := map[string]templ.Component{}
	for _, phase := range []string{"coming", "announced", "entering", "waiting", "voting", "judging", "results"} {
		c := bags
		c.Phase = phase
		phases["challenge "+phase] = views.Board(views.BoardView{Shell: s, Topics: topics, Query: views.BoardQuery{Challenge: "bags"}, Challenge: &c, Ideas: entries})
	}

	form := views.IdeaFormView{Shell: member(shell(lang, "/ideas/new")), Topics: topics}
	full := form
	full.ID, full.IdeaTitle, full.Pictures, full.Similar, full.Errors, full.SavedAt = 50, "Kettle", []ui.Image{picture("kettle"), picture("lamp")}, cards(false)[:2], errs, noon
	public := full
	public.Public = true
	person := views.PersonView{Shell: shell(lang, "/people/zaagsel"), Person: views.Person{ID: 4, Name: "zaagsel", Handle: "zaagsel"}, Bio: typed(t, "<p>Turns sawdust into lamps. Utrecht.</p>"), Links: []string{"https://zaagsel.example/"}, Active: 12, Activity: ui.Heat{ID: "activity", Title: "A year", Summary: "Most in March.", Last: noon, Days: []ui.HeatDay{{On: noon, N: 3, Text: "12 November 2026: 3"}}, Head: [2]string{"Month", "How much"}, Table: "As a table", Less: "Less", More: "More", Months: []ui.HeatMonth{{Begins: noon, Short: "nov", Long: "November 2026", Text: "3"}}}, TakenUpN: 1, TakenUp: []views.TakenUp{{Title: "Kettle", URL: "/ideas/1-kettle#comment-3", For: "The cord", At: noon}}, Thanked: []views.Remark{{Words: "Mind the cord.", Kind: "critique", Title: "Kettle", URL: "/comments/3", Thanks: 2, At: noon}}, CoCreated: []views.CoCreated{{Card: cards(false)[0], For: "The handle"}}, Since: noon, Rank: 1, RankedOf: 12479, Standing: 5310, Proposed: 27, VotesGot: 41870, AdoptedN: 3, LaunchedN: 1, Ideas: cards(false)[3:6], Made: []views.PersonCredit{{Product: views.ProductLink{Slug: "lamp", Name: "Bulb lamp"}, Stage: "beta", For: "The idea"}}}
	product := views.ProductView{Shell: shell(lang, "/made/lamp"), Slug: "lamp", Name: "Bulb lamp", Stage: "prototype", Cover: picture("lamp"), Story: typed(t, "<p>You plant it, it glows.</p>"), Ideas: cards(false)[2:3], Credits: []views.Credit{{Person: noor, For: "The idea"}, {Person: hanna, For: "Design"}}, AdoptedAt: noon, ShopURL: "https://shop.example/lamp"}
	edit := product
	edit.Shell = team(edit.Shell)
	edit.PipelineSince = noon
	edit.Beats = []views.Beat{{At: noon, Stage: "adopted"}, {At: noon, Title: "First shade", Text: "It glows.", Picture: picture("shade")}}
	edit.Beta = &views.Beta{Words: "Who tries it?", Closes: noon, Open: true, Places: 9, May: true, Reports: []views.Report{{By: noor, Rating: 4, Body: "It glows.", At: noon}}, Errors: errs}
	edit.Verdict = &views.Verdict{Counts: []views.VerdictCount{{Verdict: "kept_promise", Count: 2}, {Verdict: "partly"}, {Verdict: "not", Count: 1}}, Total: 3, May: true, Said: []views.Said{{By: ghost, Verdict: "not", Words: "It does not glow.", At: noon}}}
	edit.Terms = typed(t, "<p>A tenth of the first hundred.</p>")
	edit.Rewards = []views.RewardRow{{ID: 1, Person: noor, Text: "A lamp", Amount: "EUR 250.00", On: noon}}
	desk := views.ProductDesk{
		Shell: team(shell(lang, "/made/lamp/edit")), Slug: "lamp", Name: "Bulb lamp", Stage: "prototype", UndoTo: "adopted", Move: views.StageForm{Next: []string{"beta"}, Errors: errs},
		About: views.AboutForm{Name: "Bulb lamp", Errors: errs}, Credits: []views.Credit{{Person: noor, Role: "contributor"}, {Person: hanna, Role: "suggestion", For: "the cord"}},
		Milestones: []views.MilestoneForm{{ID: 3, Title: "First shade", On: "2026-11-12"}}, Rewards: edit.Rewards, Called: edit.Beta,
		Testers: []views.Tester{{Person: noor, Status: "applied", Words: "Please.", At: noon}, {Person: hanna, Status: "accepted", At: noon}},
	}
	certificate := views.CertificateView{Shell: shell(lang, "/made/lamp/certificate/noor"), Slug: "lamp", Product: "Bulb lamp", Name: "Noor El Amrani", Handle: "noor", Role: "contributor", On: noon, Site: "board.example", Embeds: true, BadgeURL: "https://board.example/made/lamp/badge/noor.svg", ProductURL: "https://board.example/made/lamp"}
	stopped := product
	stopped.Stage = "stopped"
	templateForm := views.TemplateForm{Statuses: []string{"declined"}, Reasons: []string{"safety"}, Errors: errs}
	rows := []views.StudioRow{
		{ID: 42, Slug: "k", Title: "Kettle with a handle for the left hand", Status: "shortlisted", Next: []string{"adopted", "declined"}, Cover: picture("kettle"), Contributor: "Noor", Owner: hanna, Topic: "Kitchen", Challenge: "Bags", Voters: 2481, WouldBuy: 931, Staff: 4, Scored: true, Scores: [5]int{1, 2, 3, 4, 5}, ProposedAt: noon, Answered: true, Due: noon, Decision: true},
		{ID: 43, Slug: "j", Title: "Rain jacket that folds into its own hood", Status: "open", Next: []string{"under_review"}, Contributor: "Noor", Voters: 1907, WouldBuy: 402, ProposedAt: noon, Due: noon, Late: true},
		{ID: 44, Slug: "l", Title: "Lamp", Status: "adopted", Contributor: "Noor", ProposedAt: noon, Answered: true},
		{ID: 45, Slug: "p", Title: "Pan", Status: "parked", Next: []string{"open"}, Contributor: "Noor", ProposedAt: noon, Again: noon, Hidden: true},
	}
	around := views.StudioFrame{
		Shell: team(shell(lang, "/studio")), Query: views.StudioQuery{Q: "kettle", Overdue: true}, Unanswered: 12, Topics: topics, Challenges: topics, Team: []views.Person{hanna}, Errors: errs,
		Saved: []views.SavedView{{ID: 1, Name: "Late", Query: "overdue=1", Default: true}, {ID: 2, Name: "Rising", Query: "rising=1", Shared: true, By: "Hanna", Current: true}},
	}
	lanes := []views.LaneView{
		{Key: "open", Statuses: []string{"open"}, Ideas: 30, Tickets: rows[1:2]},
		{Key: "making", Statuses: []string{"adopted", "in_production"}, Ideas: 1, Tickets: rows[2:3]},
		{Key: "shortlisted", Statuses: []string{"shortlisted"}, Ideas: 1, Tickets: rows[:1]},
		{Key: "later", Statuses: []string{"needs_work", "parked"}, Ideas: 1, Tickets: rows[3:]},
		{Key: "declined", Statuses: []string{"declined"}},
	}
	moving := views.Decision{Allowed: []string{"declined", "parked"}, Reasons: []string{"safety"}, Status: "parked", Products: []views.ProductLink{{Slug: "lamp", Name: "Lamp"}}, Templates: []views.AnswerTemplate{{ID: 3, Name: "Later", Lang: "en"}}}
	done := views.BulkRow{ID: 3, What: "Moved to Parked", By: "Hanna", At: noon, Done: 2, Left: 1, UndoneBy: "Ilse", UndoneAt: noon, Undoable: true}
	many := []views.BulkIdea{{ID: 42, Title: "Kettle", Status: "open", Was: "open", From: "Open", To: "Parked"}, {ID: 43, Title: "Jacket", Status: "declined", From: "Declined", Why: "It cannot go there.", Undo: "kept"}}
	all := map[string]templ.Component{
		"board":            views.Board(views.BoardView{Shell: s, Topics: topics, Statuses: []string{"open", "adopted"}, Ideas: cards(false), Next: "abc"}),
		"board member":     views.Board(views.BoardView{Shell: member(s), Topics: topics, Statuses: []string{"open", "adopted"}, Ideas: cards(false), Next: "abc"}),
		"board narrowed":   views.Board(views.BoardView{Shell: s, Topics: topics, Query: views.BoardQuery{Q: "kettle", Tag: "steam", Status: "open", Topic: "kitchen", Order: "newest"}, Ideas: cards(true)}),
		"board no result":  views.Board(views.BoardView{Shell: s, Query: views.BoardQuery{Q: "zeppelin"}}),
		"board none":       views.Board(views.BoardView{Shell: s}),
		"board all seen":   views.Board(views.BoardView{Shell: member(s), Query: views.BoardQuery{Order: "unseen"}}),
		"board no such":    views.Board(views.BoardView{Shell: s, Query: views.BoardQuery{Tag: "steam"}}),
		"idea":             views.Idea(visitorIdea),
		"share":            views.Share(views.ShareView{Shell: member(shell(lang, "/ideas/42/share")), Sharing: *shared(true, -1), Idea: views.IdeaLink{ID: 42, Slug: "left-kettle", Title: "Kettle"}}),
		"share none yet":   views.Share(views.ShareView{Shell: member(shell(lang, "/ideas/42/share")), Sharing: *shared(true, 0), Idea: views.IdeaLink{ID: 42, Slug: "left-kettle", Title: "Kettle"}}),
		"poster":           views.Poster(views.PosterView{Shell: shell(lang, "/ideas/42/poster"), ID: 42, Slug: "left-kettle", IdeaTitle: "Kettle", By: "Noor", Short: "ideas.example/ideas/42", Code: views.QR{Size: 21, Path: "M0 0h7v1h-7z"}}),
		"idea mine":        views.Idea(mine),
		"idea voted":       views.Idea(voted),
		"idea team":        views.Idea(decided),
		"idea merged":      views.Idea(merged),
		"merge choose":     views.MergeForm(merging),
		"merge preview":    views.MergeForm(mergingInto),
		"idea scored":      views.Idea(scored),
		"idea my score":    views.Idea(myScore),
		"idea sealed":      views.Idea(sealed),
		"idea sealed too":  views.Idea(sealedSupport),
		"idea early":       views.Idea(early),
		"idea late":        views.Idea(late),
		"challenge sealed": views.Board(views.BoardView{Shell: member(s), Query: views.BoardQuery{Challenge: "bags", Q: "kettle"}, Challenge: &sealedBags, Ideas: entries}),
		"idea draft":       views.Idea(draft),
		"form":             views.IdeaForm(form),
		"form full":        views.IdeaForm(full),
		"form public":      views.IdeaForm(public),
		"versions":         views.Versions(views.VersionsView{Shell: s, Idea: views.IdeaLink{ID: 42, Title: "Kettle"}, Versions: []views.Version{{Number: 2, At: noon, By: noor, Title: "Kettle", Story: typed(t, "<p>New</p>")}, {Number: 1, At: noon, Title: "Kettle", Story: typed(t, "<p>Old</p>")}}}),
		"sign in":          views.SignIn(views.SignInView{Shell: s, Kept: kept, Errors: errs, Next: "/ideas/42"}),
		"sign up":          views.SignUp(views.SignUpView{Shell: s, Kept: kept, Errors: errs}),
		"sent link":        views.Sent(views.SentView{Shell: s, What: "link", Email: "noor@example.org"}),
		"sent reset":       views.Sent(views.SentView{Shell: s, What: "reset", Email: "noor@example.org"}),
		"sent confirm":     views.Sent(views.SentView{Shell: s, What: "confirm", Email: "noor@example.org"}),
		"use link":         views.UseLink(views.UseLinkView{Shell: s, Token: "x", Kept: kept}),
		"forgot":           views.Forgot(views.ForgotView{Shell: s, Errors: errs}),
		"reset":            views.Reset(views.ResetView{Shell: s, Errors: errs}),
		"first admin":      views.FirstAdmin(views.FirstAdminView{Shell: s}),
		"confirm":          views.Confirm(views.ConfirmView{Shell: s, Email: "noor@example.org", Kept: kept}),
		"confirm press":    views.Confirm(views.ConfirmView{Shell: s, Token: "x", Kept: kept}),
		"profile":          views.Profile(views.ProfileView{Shell: member(shell(lang, "/settings/profile")), Name: "Noor", Handle: "noor", Picture: picture("noor"), Errors: errs}),
		"password":         views.Password(views.PasswordView{Shell: member(s), HasPassword: true, Errors: errs}),
		"sessions":         views.Sessions(views.SessionsView{Shell: member(s), Sessions: []views.Session{{ID: "a", Device: "Firefox on Linux", Seen: noon, Current: true}, {ID: "b", Device: "Safari on iPhone", Address: "192.0.2.1", Seen: noon}}}),
		"tokens":           views.Tokens(views.TokensView{Shell: member(s), Tokens: []views.Token{{ID: 1, Name: "Script", Scopes: []string{"read"}, Used: noon}, {ID: 2, Name: "Old"}}, Scopes: []string{"read", "vote"}, Created: "pro_0123456789", Errors: errs}),
		"my ideas":         views.MyIdeas(views.MyIdeasView{Shell: member(s), Drafts: []views.IdeaCard{{ID: 1, ProposedAt: noon}}, Ideas: cards(true), Next: "x"}),
		"my ideas none":    views.MyIdeas(views.MyIdeasView{Shell: member(s)}),
		"my votes":         views.MyVotes(views.MyVotesView{Shell: member(s), Ideas: cards(false)}),
		"my votes none":    views.MyVotes(views.MyVotesView{Shell: member(s)}),
		"people":           views.People(views.PeopleView{Shell: shell(lang, "/people"), Next: "x", People: []views.Ranked{{Rank: 1, Person: views.Person{Name: "zaagsel", Handle: "zaagsel"}, Bio: "Turns sawdust into lamps", Standing: 5310, Adopted: 3, Ideas: 27, Votes: 41870}, {Rank: 2, Person: noor, Bio: "Left-handed", Standing: 2140, Adopted: 1, Ideas: 9, Votes: 8040}, {Rank: 3, Person: hanna, Standing: 800}, {Rank: 4, Person: views.Person{Name: "Kofi"}, Standing: 120, Ideas: 2, Votes: 402}}}),
		"people none":      views.People(views.PeopleView{Shell: s, Hall: views.Hall{Period: "month"}}),
		"person":           views.PersonPage(person),
		"person name only": views.PersonPage(views.PersonView{Shell: member(s), Person: noor, Mine: true, Visibility: "name"}),
		"person none":      views.PersonPage(views.PersonView{Shell: member(s), Person: noor, Mine: true}),
		"made":             views.Made(views.MadeView{Shell: shell(lang, "/made"), Products: []views.ProductCard{{Slug: "lamp", Name: "Bulb lamp", Stage: "prototype", Cover: picture("lamp"), By: []views.Person{noor}}, {Slug: "mug", Name: "Stacking mug", Stage: "launched", Cover: picture("mug"), By: []views.Person{noor, hanna}}}}),
		"made none":        views.Made(views.MadeView{Shell: s}),
		"product":          views.Product(product),
		"product edit":     views.Product(edit),
		"product desk":     views.Desk(desk),
		"certificate":      views.Certificate(certificate),
		"product stopped":  views.Product(stopped),
		"studio":           views.Studio(views.StudioView{StudioFrame: around, Statuses: []views.StatusCount{{Ideas: 214}, {Status: "open", Ideas: 200}, {Status: "shortlisted", Ideas: 9}}, Ideas: rows, Next: "x"}),
		"studio none":      views.Studio(views.StudioView{StudioFrame: views.StudioFrame{Shell: team(s)}}),
		"lanes":            views.Lanes(views.LanesView{StudioFrame: around, Lanes: lanes}),
		"move":             views.StudioMove(views.StudioMoveView{Shell: team(s), ID: 42, Name: "Kettle", Seen: "open", Decision: moving, Back: "/studio", Moved: "Ilse moved it."}),
		"move nowhere":     views.StudioMove(views.StudioMoveView{Shell: team(s), ID: 42, Name: "Kettle", Seen: "launched", Back: "/studio"}),
		"bulk move":        views.Bulk(views.BulkView{Shell: team(s), Action: "move", Ideas: many, Decision: moving, Back: "/studio", Errors: errs}),
		"bulk owner":       views.Bulk(views.BulkView{Shell: team(s), Action: "owner", Ideas: many, Team: []views.Person{hanna}, Back: "/studio"}),
		"bulk topic":       views.Bulk(views.BulkView{Shell: team(s), Action: "topic", Ideas: many, Topics: topics, Back: "/studio"}),
		"bulk day":         views.Bulk(views.BulkView{Shell: team(s), Action: "decide_by", Ideas: many, Back: "/studio"}),
		"bulk preview":     views.Bulk(views.BulkView{Shell: team(s), Action: "move", Ideas: many, Decision: moving, Back: "/studio", Preview: true}),
		"bulk done":        views.BulkDone(views.BulkDoneView{Shell: team(s), BulkRow: done, Ideas: many}),
		"bulk list":        views.BulkList(views.BulkListView{Shell: team(s), Actions: []views.BulkRow{done}}),
		"bulk list none":   views.BulkList(views.BulkListView{Shell: team(s)}),
		"templates":        views.Templates(views.TemplatesView{Shell: team(s), Templates: []views.AnswerTemplate{{ID: 3, Name: "Too costly", Lang: "en", Status: "declined", Reason: "too_costly"}}, Form: templateForm}),
		"templates none":   views.Templates(views.TemplatesView{Shell: team(s)}),
		"template":         views.Template(views.TemplateView{Shell: team(s), Form: templateForm}),
		"how":              views.How(views.HowView{Shell: shell(lang, "/how"), AnswerDays: 10, DecisionDays: 60, OpenDays: 60, Reasons: []string{"too_costly", "not_feasible", "not_our_business", "duplicate_effort", "safety", "needs_detail", "needs_prototype", "timing", "house_rules", "expired", "other"}}),
		"dev mail":         views.DevMails(views.DevMailView{Shell: s, Mails: []views.DevMail{{Name: "1.eml", To: "noor@example.org", Subject: "Sign in", At: noon}}}),
		"dev mail none":    views.DevMails(views.DevMailView{Shell: s}),
		"dev mail message": views.DevMailMessage(views.DevMailMessageView{Shell: s, Mail: views.DevMail{To: "noor@example.org", Subject: "Sign in", At: noon, Text: "Follow https://ideas.example/x", Links: []string{"https://ideas.example/x"}}}),
		"styleguide":       views.Styleguide(views.StyleguideView{Shell: s, Picture: picture("kettle")}),
		"unconfirmed":      views.Board(views.BoardView{Shell: func() views.Shell { u := member(s); u.Viewer.Confirmed = false; u.Flash = "Welcome."; return u }()}),
	}
	maps.Copy(all, phases)
	maps.Copy(all, community(t, lang))
	for _, code := range []int{400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503} {
		all["error "+i18n.Number(lang, code)] = views.Error(views.ErrorView{Shell: shell(lang, "/nowhere"), Code: code, Text: "There is nothing at this address.", RequestID: "9f3ce1", Wait: 30})
	}
	return all
}

// shared is how word of an idea is passed on, by a link of one's own or by none.
func shared(own bool, brought int) *views.Sharing {
	const page = "https://ideas.example/ideas/42-left-kettle"
	return &views.Sharing{
		Mine: own, Brought: brought,
		URL: page, Title: "Kettle", Page: "/ideas/42/share", Poster: "/ideas/42/poster", Card: "/cards/ideas/42.png",
		Embed: views.EmbedCode("https://ideas.example/embed/ideas/42", page, "https://ideas.example/cards/ideas/42.png", `A "kettle" <for> two`, views.EmbedWidth, views.EmbedIdeaHeight),
	}
}

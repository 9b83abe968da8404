package board_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
	"prosumer/internal/triage"
)

func TestTheIdeaPageTellsTheWholeStory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	id := w.idea(ann, ideas.Text{Title: "A lamp", Story: "<p>It <b>folds</b> flat, and it is bright.</p>"})
	w.vote(ben, id)
	if err := w.ideas.Answer(t.Context(), w.boss, id, "<p>Interesting.</p>"); err != nil {
		t.Fatal(err)
	}
	p := w.adopt(id, "The Lamp", products.StageMaking)
	page, err := w.Idea(t.Context(), ben, id)
	if err != nil {
		t.Fatal(err)
	}
	if page.Status != ideas.InProduction || page.Tally.Voters != 1 || page.Mine == nil || page.Story.Empty() || page.AnsweredAt == nil || len(page.Pictures) != 0 || page.Hidden {
		t.Errorf("%+v", page)
	}
	if diff := cmp.Diff(&board.ProductLink{ID: int64(p.ID), Slug: "the-lamp", Name: "The Lamp"}, page.Product); diff != "" {
		t.Error(diff)
	}
	var moves []ideas.Status
	for _, h := range page.History {
		moves = append(moves, h.To)
	}
	if diff := cmp.Diff([]ideas.Status{ideas.Draft, ideas.Open, ideas.Open, ideas.Adopted, ideas.InProduction}, moves); diff != "" || page.History[2].Answer.Empty() || page.History[2].ByHandle != w.boss.Handle {
		t.Errorf("history:\n%s%+v", diff, page.History)
	}
	if _, err := w.Idea(t.Context(), ben, 9999); !errors.Is(err, ideas.ErrNotFound) {
		t.Errorf("missing: %v", err)
	}
}

func TestAnAnswerIsDueInWorkingDays(t *testing.T) {
	t.Parallel()
	friday, late := time.Date(2026, 3, 6, 12, 0, 0, 0, time.UTC), func(day int) time.Time { return time.Date(2026, 3, day, 23, 59, 59, 0, time.UTC) }
	byHand := time.Date(2026, 3, 30, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		card     board.Card
		want     time.Time
		decision bool
	}{
		"no answer yet": {board.Card{Status: ideas.Open, SubmittedAt: &friday}, late(20), false},
		"answered":      {board.Card{Status: ideas.Shortlisted, SubmittedAt: &friday, AnsweredAt: &friday}, late(66), true},
		"by hand":       {board.Card{Status: ideas.Open, SubmittedAt: &friday, AnsweredAt: &friday, DecideBy: &byHand}, late(30), true},
		"decided":       {board.Card{Status: ideas.Adopted, SubmittedAt: &friday}, time.Time{}, false},
		"draft":         {board.Card{Status: ideas.Draft}, time.Time{}, false},
	} {
		if at, decision := c.card.Due(triage.Terms{AnswerDays: 10, DecisionDays: 60}); !at.Equal(c.want) || decision != c.decision {
			t.Errorf("%s: %s %v", name, at, decision)
		}
	}
}

func TestProductsShowTheirIdeasAndCredits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	first, joined := w.idea(ann, ideas.Text{Title: "A lamp"}), w.idea(ben, ideas.Text{Title: "A switch"})
	p := w.adopt(first, "Lamp", products.Beta)
	if _, err := w.products.Adopt(t.Context(), w.boss, joined, products.Adoption{Joins: p.Slug, WhatFor: "the switch"}); err != nil {
		t.Fatal(err)
	}
	newer := w.adopt(w.titled("A chair"), "Chair", products.StageAdopted)
	w.db.MustExec(`UPDATE accounts SET visibility = 'hidden' WHERE id = $1`, ben.ID)
	page, err := w.Products(t.Context(), accounts.Actor{}, "", 0)
	if err != nil || len(page.Items) != 2 || page.Items[0].ID != newer.ID {
		t.Fatalf("%+v (%v)", page, err)
	}
	one, err := w.Product(t.Context(), accounts.Actor{}, "lamp")
	if diff := cmp.Diff(page.Items[1].Credits, one.Credits); diff != "" || err != nil || one.Stage != products.Beta {
		t.Errorf("%v\n%s", err, diff)
	}
	want := []products.Credit{
		{Account: ann.ID, Name: ann.Name, Handle: ann.Handle, Role: "contributor"},
		{Account: ben.ID, Name: ben.Name, Role: "contributor", WhatFor: "the switch", Hidden: true}, // credited by the chosen name, and nothing leads to them
	}
	if diff := cmp.Diff(want, one.Credits); diff != "" {
		t.Errorf("credits:\n%s", diff)
	}
	if got := idsOf(one.Ideas); !slices.Equal(got, []ideas.ID{first, joined}) {
		t.Errorf("ideas %v", got)
	}
	for _, slug := range []string{"none", "a\x00b"} {
		if err := second(w.Product(t.Context(), accounts.Actor{}, slug)); !errors.Is(err, products.ErrNotFound) {
			t.Errorf("%q: %v", slug, err)
		}
	}
	links, err := w.ProductLinks(t.Context())
	if err != nil || len(links) != 2 || links[0].Name != "Chair" {
		t.Errorf("%+v (%v)", links, err)
	}
}

func TestTheStudioListsAllButDrafts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.topic("held", true)
	ann := w.person()
	old, answered, held, parked := w.idea(ann, ideas.Text{Title: "Een bel voor fietsen"}), w.idea(ann, ideas.Text{}), w.idea(ann, ideas.Text{Topic: "held"}), w.idea(ann, ideas.Text{})
	if _, err := w.ideas.SaveDraft(t.Context(), ann, 0, ideas.Text{Title: "Draft"}); err != nil {
		t.Fatal(err)
	}
	if err := w.ideas.Answer(t.Context(), w.boss, answered, "We look at it."); err != nil {
		t.Fatal(err)
	}
	w.decide(parked, ideas.Parked)
	newest := w.idea(ann, ideas.Text{Title: "A lamp"})
	for name, c := range map[string]struct {
		q    board.StudioQuery
		want []ideas.ID
	}{
		"all, the newest first":      {board.StudioQuery{}, []ideas.ID{newest, parked, held, answered, old}},
		"waiting, the longest first": {board.StudioQuery{Waiting: true}, []ideas.ID{old, newest}},
		"held":                       {board.StudioQuery{Statuses: []ideas.Status{ideas.Held}}, []ideas.ID{held}},
		"topic":                      {board.StudioQuery{Topic: "held"}, []ideas.ID{held}},
		"stem":                       {board.StudioQuery{Q: " fiets "}, []ideas.ID{old}},
		"part":                       {board.StudioQuery{Q: "tsen"}, []ideas.ID{old}},
		"wildcards":                  {board.StudioQuery{Q: "%_％"}, nil},
	} {
		page, err := w.Studio(t.Context(), w.boss, c.q)
		if diff := cmp.Diff(c.want, ticketIDs(page.Items)); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
	for name, c := range map[string]struct {
		by   accounts.Actor
		q    board.StudioQuery
		want error
	}{
		"visitor":   {accounts.Actor{}, board.StudioQuery{}, accounts.ErrSignIn},
		"member":    {ann, board.StudioQuery{}, ideas.ErrTeamOnly},
		"moderator": {w.person(accounts.Moderator), board.StudioQuery{}, ideas.ErrTeamOnly},
		"drafts":    {w.boss, board.StudioQuery{Statuses: []ideas.Status{ideas.Draft}}, board.ErrStatus},
		"nonsense":  {w.boss, board.StudioQuery{Statuses: []ideas.Status{"x"}}, board.ErrStatus},
		"broken":    {w.boss, board.StudioQuery{Q: "\xff"}, board.ErrSearch},
	} {
		if err := second(w.Studio(t.Context(), c.by, c.q)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	frame, err := w.StudioFrame(t.Context(), w.boss, board.StudioQuery{})
	if diff := cmp.Diff(map[ideas.Status]int{ideas.Open: 3, ideas.Held: 1, ideas.Parked: 1}, frame.Counts); diff != "" || frame.Unanswered != 2 || err != nil {
		t.Errorf("%d waiting (%v)\n%s", frame.Unanswered, err, diff)
	}
}

func TestCountsMayBeALittleOld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.topic("home", false)
	w.idea(w.boss, ideas.Text{Topic: "home"})
	counts := func() [2]int {
		n, topics, err := w.Counts(t.Context())
		if err != nil || len(topics) != 1 {
			t.Fatalf("%+v (%v)", topics, err)
		}
		return [2]int{n, topics[0].Ideas}
	}
	if got := counts(); got != [2]int{1, 1} {
		t.Errorf("%v", got)
	}
	adopted := w.idea(w.boss, ideas.Text{Topic: "home"})
	w.adopt(adopted, "Lamp", products.StageAdopted)
	if got := counts(); got != [2]int{1, 1} {
		t.Errorf("at once: %v", got)
	}
	w.now = w.now.Add(time.Hour) // a slow count is kept for longer than ten seconds
	if got := counts(); got != [2]int{2, 1} {
		t.Errorf("later: %v, want the adopted one shown and not open", got)
	}
}

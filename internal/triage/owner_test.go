package triage_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/triage"
)

func TestOnlySomebodyOfTheTeamCanLookAfterAnIdea(t *testing.T) {
	s := open(t)
	idea := s.idea(1)
	for _, owner := range []accounts.ID{s.noor.ID, s.rosa.ID, 4711} {
		wantField(t, s.Assign(t.Context(), s.ilse, idea, owner), "owner", "triage.not_team")
	}
	if _, err := s.db.Exec(`UPDATE ideas SET owner_id = $2 WHERE id = $1`, idea, s.noor.ID); err == nil {
		t.Error("the database lets a member look after an idea")
	}
	wantCode(t, s.Assign(t.Context(), s.noor, idea, s.ilse.ID), ideas.ErrTeamOnly)
	wantCode(t, s.Assign(t.Context(), accounts.Actor{}, idea, s.ilse.ID), accounts.ErrSignIn)
	wantCode(t, s.Assign(t.Context(), s.ilse, 4711, s.ilse.ID), ideas.ErrNotFound)
	draft, err := s.ideas.SaveDraft(t.Context(), s.noor, 0, text(""))
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, s.Assign(t.Context(), s.ilse, draft, s.ilse.ID), ideas.ErrNotFound)
}

func TestWhoGetsAnIdeaIsToldUnlessTheyTookIt(t *testing.T) {
	s := open(t)
	idea := s.idea(1)
	for _, owner := range []accounts.ID{s.ilse.ID, s.ilse.ID, s.mark.ID, 0, s.mark.ID} {
		if err := s.Assign(t.Context(), s.ilse, idea, owner); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]accounts.ID{s.mark.ID, s.mark.ID}, s.told(notices.Assigned)); diff != "" {
		t.Errorf("told:\n%s", diff)
	}
	events, err := s.Events(t.Context(), s.ilse, idea)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range events {
		name := ""
		if e.About != nil {
			name = *e.About
		}
		names = append(names, name)
	}
	if diff := cmp.Diff([]string{"Person ilse", "Person mark", "", "Person mark"}, names); diff != "" {
		t.Errorf("history:\n%s", diff)
	}
	desk, err := s.Desk(t.Context(), s.ilse, idea)
	if err != nil || desk.Owner == nil || desk.Owner.Handle != "mark" {
		t.Errorf("desk %+v (%v)", desk, err)
	}
}

func TestADecisionDayIsAheadAndCanBeTakenBack(t *testing.T) {
	s := open(t)
	idea := s.idea(1)
	today := s.Terms().Today(s.now)
	day := func(n int) *time.Time { d := today.AddDate(0, 0, n); return &d }
	wantField(t, s.DecideBy(t.Context(), s.ilse, idea, day(-1)), "decide_by", "triage.day_past")
	wantField(t, s.DecideBy(t.Context(), s.ilse, idea, day(4000)), "decide_by", "triage.day_far")
	wantCode(t, s.DecideBy(t.Context(), s.noor, idea, day(3)), ideas.ErrTeamOnly)
	for _, d := range []*time.Time{day(0), day(3), day(3), nil, nil, day(5)} {
		if err := s.DecideBy(t.Context(), s.ilse, idea, d); err != nil {
			t.Fatalf("%v: %v", d, err)
		}
	}
	desk, err := s.Desk(t.Context(), s.mark, idea)
	if err != nil || desk.DecideBy == nil || !desk.DecideBy.Equal(*day(5)) {
		t.Errorf("desk %+v (%v), want %s", desk, err, day(5))
	}
	if n := s.count(`SELECT count(*) FROM triage_events WHERE kind = 'decide_by'`); n != 4 {
		t.Errorf("%d entries in the history, want one for each change: 4", n)
	}
}

func TestAnIdeaComesInWithoutAContributorOfOurs(t *testing.T) {
	s := open(t)
	on := s.Terms().Today(s.now)
	good := triage.Entry{Text: text(""), Source: "letter", Who: "Mrs Visser, letter 12", ShownAs: "A customer", Consented: true, Consent: "Wrote that we may", ConsentOn: &on}
	idea, err := s.Enter(t.Context(), s.ilse, good)
	if err != nil {
		t.Fatal(err)
	}
	if idea.Status != ideas.Open || idea.Contributor == s.ilse.ID {
		t.Errorf("idea %+v", idea)
	}
	history, err := s.ideas.History(t.Context(), accounts.Actor{}, idea.ID)
	if err != nil || history[len(history)-1].Actor != s.ilse.ID {
		t.Errorf("the history does not say who entered it: %+v (%v)", history, err)
	}
	if n := s.count(`SELECT count(*) FROM accounts WHERE id = $1 AND email IS NULL AND name = 'A customer' AND visibility = 'hidden'`, idea.Contributor); n != 1 {
		t.Error("the customer has another account than one without a name of its own")
	}
	b, found, err := s.Behalf(t.Context(), s.noor, idea.ID)
	if err != nil || !found || b.By != "Person ilse" || b.Source != "letter" || b.Who+b.Consent != "" {
		t.Errorf("a member sees %+v %v (%v)", b, found, err)
	}
	if b, _, err := s.Behalf(t.Context(), s.mark, idea.ID); err != nil || b.Who != good.Who || b.Consent != good.Consent || !b.ConsentOn.Equal(on) {
		t.Errorf("the team sees %+v (%v)", b, err)
	}
	if _, found, err := s.Behalf(t.Context(), s.mark, s.idea(1)); found || err != nil {
		t.Errorf("a contributor's own idea was entered for somebody (%v)", err)
	}
	if second, err := s.Enter(t.Context(), s.ilse, good); err != nil || second.Contributor == idea.Contributor {
		t.Errorf("two letters of one customer? %v (%v)", second.Contributor, err)
	}
}

func TestWithoutConsentNothingIsEntered(t *testing.T) {
	s := open(t)
	on := s.Terms().Today(s.now)
	tomorrow := on.AddDate(0, 0, 1)
	good := triage.Entry{Text: text(""), Source: "phone", ShownAs: "A customer", Consented: true, Consent: "Asked on the phone", ConsentOn: &on}
	for field, c := range map[string]struct {
		spoil func(*triage.Entry)
		code  string
	}{
		"consented":  {func(e *triage.Entry) { e.Consented = false }, "triage.consent_missing"},
		"consent":    {func(e *triage.Entry) { e.Consent = " " }, "triage.consent_how"},
		"consent_on": {func(e *triage.Entry) { e.ConsentOn = &tomorrow }, "triage.consent_when"},
		"source":     {func(e *triage.Entry) { e.Source = "pigeon" }, "triage.source_unknown"},
		"shown_as":   {func(e *triage.Entry) { e.ShownAs = "" }, "triage.shown_length"},
		"title":      {func(e *triage.Entry) { e.Text.Title = "a" }, "ideas.title_short"},
	} {
		entry := good
		c.spoil(&entry)
		_, err := s.Enter(t.Context(), s.ilse, entry)
		wantField(t, err, field, c.code)
	}
	_, err := s.Enter(t.Context(), s.noor, good)
	wantCode(t, err, ideas.ErrTeamOnly)
	if n := s.count(`SELECT count(*) FROM ideas`) + s.count(`SELECT count(*) FROM accounts WHERE source = 'behalf'`); n != 0 {
		t.Errorf("%d rows of refused entries", n)
	}
}

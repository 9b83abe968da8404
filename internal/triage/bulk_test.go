package triage_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/triage"
)

func (s *studio) status(id ideas.ID) ideas.Status {
	s.t.Helper()
	var status ideas.Status
	if err := s.db.Get(&status, `SELECT status FROM ideas WHERE id = $1`, id); err != nil {
		s.t.Fatal(err)
	}
	return status
}

func (s *studio) move(by accounts.Actor, id ideas.ID, to ideas.Status) {
	s.t.Helper()
	d := ideas.Decision{To: to}
	if to.NeedsReason() {
		d.Answer, d.Reason = "Not now, because the season is over.", "timing"
	}
	if err := s.Move(s.t.Context(), by, id, triage.Move{Decision: d}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *studio) preview(b triage.Bulk, list ...ideas.ID) []triage.Planned {
	s.t.Helper()
	plan, err := s.Preview(s.t.Context(), s.ilse, list, b)
	if err != nil {
		s.t.Fatal(err)
	}
	return plan
}

// outcomes are what came of each idea, by the action's own words.
func (s *studio) outcomes(action int64) map[ideas.ID]string {
	s.t.Helper()
	a, err := s.Action(s.t.Context(), s.mark, action)
	if err != nil {
		s.t.Fatal(err)
	}
	came := map[ideas.ID]string{}
	for _, i := range a.Items {
		came[i.Idea] = i.Outcome
		if i.Why != "" {
			came[i.Idea] += " " + i.Why
		}
	}
	return came
}

func TestManyIdeasMoveAsPreviewedAndBackAgain(t *testing.T) {
	s := open(t)
	open, review, declined, changes, later := s.idea(5), s.idea(5), s.idea(5), s.idea(5), s.idea(5)
	s.move(s.mark, review, ideas.UnderReview)
	s.move(s.mark, declined, ideas.Declined)
	b := triage.Bulk{Kind: triage.BulkMove, Decision: ideas.Decision{To: ideas.Parked, Reason: "timing", Answer: "Spring is better."}}
	plan := s.preview(b, open, review, open, declined, changes, later, 9999)
	why := map[ideas.ID]string{}
	for _, p := range plan {
		why[p.Idea] = ""
		if p.Why != nil {
			why[p.Idea] = p.Why.Code
		}
	}
	if diff := cmp.Diff(map[ideas.ID]string{open: "", review: "", declined: "ideas.move", changes: "", later: ""}, why); diff != "" {
		t.Fatalf("preview (-want +got):\n%s", diff)
	}
	if s.status(open) != ideas.Open {
		t.Fatal("a preview moved something")
	}
	s.move(s.mark, changes, ideas.Shortlisted) // between the preview and the deed
	action, err := s.Do(t.Context(), s.ilse, plan, b)
	if err != nil {
		t.Fatal(err)
	}
	want := map[ideas.ID]string{open: "done", review: "done", declined: "left ideas.move", changes: "left triage.bulk_changed", later: "done"}
	if diff := cmp.Diff(want, s.outcomes(action)); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
	if _, err := s.Do(t.Context(), s.ilse, plan, b); !errors.Is(err, triage.ErrBulkNothing) {
		t.Errorf("the same form again: %v", err)
	}
	if n := s.count(`SELECT count(*) FROM bulk_actions`); n != 1 {
		t.Errorf("%d actions", n)
	}
	s.move(s.mark, later, ideas.Open) // and one is moved on before the undo
	if err := s.UndoBulk(t.Context(), s.mark, action); err != nil {
		t.Fatal(err)
	}
	want[open], want[review], want[later] = "undone", "undone", "kept triage.bulk_since"
	if diff := cmp.Diff(want, s.outcomes(action)); diff != "" {
		t.Errorf("undone (-want +got):\n%s", diff)
	}
	for id, status := range map[ideas.ID]ideas.Status{open: ideas.Open, review: ideas.UnderReview, declined: ideas.Declined, changes: ideas.Shortlisted, later: ideas.Open} {
		if got := s.status(id); got != status {
			t.Errorf("idea %d is %s, want %s", id, got, status)
		}
	}
	if err := s.UndoBulk(t.Context(), s.ilse, action); !errors.Is(err, triage.ErrBulkUndone) {
		t.Errorf("undone twice: %v", err)
	}
}

func TestOwnersTopicsAndDaysOfManyComeBack(t *testing.T) {
	s := open(t)
	first, second := s.idea(5), s.idea(5)
	if err := s.Assign(t.Context(), s.ilse, first, s.mark.ID); err != nil {
		t.Fatal(err)
	}
	day := s.now.AddDate(0, 0, 9)
	for _, b := range []triage.Bulk{{Kind: triage.BulkOwner, Owner: s.ilse.ID}, {Kind: triage.BulkTopic, Topic: "held"}, {Kind: triage.BulkDecideBy, Day: &day}} {
		before := s.preview(b, first, second)
		action, err := s.Do(t.Context(), s.ilse, before, b)
		if err != nil {
			t.Fatalf("%s: %v", b.Kind, err)
		}
		for _, p := range s.preview(b, first, second) {
			if p.Why == nil || p.Why.Code != "triage.bulk_same" {
				t.Errorf("%s of %d: %v", b.Kind, p.Idea, p.Why)
			}
		}
		if err := s.UndoBulk(t.Context(), s.ilse, action); err != nil {
			t.Fatalf("%s: %v", b.Kind, err)
		}
		if diff := cmp.Diff(before, s.preview(b, first, second)); diff != "" {
			t.Errorf("%s (-before +after):\n%s", b.Kind, diff)
		}
	}
	list, err := s.RecentBulk(t.Context(), s.mark)
	if err != nil || len(list) != 3 || list[0].Kind != triage.BulkDecideBy || list[0].Undoable || list[2].Said != "Person ilse" {
		t.Errorf("%+v (%v)", list, err)
	}
}

func TestWhatCannotBeDoneToManyIsSaid(t *testing.T) {
	s := open(t)
	id := s.idea(5)
	past := s.now.AddDate(0, 0, -2)
	many := make([]ideas.ID, triage.MaxBulk+1)
	for n := range many {
		many[n] = ideas.ID(n + 1)
	}
	for name, c := range map[string]struct {
		by    accounts.Actor
		list  []ideas.ID
		b     triage.Bulk
		field string
		code  string
	}{
		"none":         {s.ilse, nil, triage.Bulk{Kind: triage.BulkOwner}, "idea", "triage.bulk_none"},
		"many":         {s.ilse, many, triage.Bulk{Kind: triage.BulkOwner}, "idea", "triage.bulk_many"},
		"no kind":      {s.ilse, []ideas.ID{id}, triage.Bulk{Kind: "x"}, "action", "triage.bulk_kind"},
		"adopting":     {s.ilse, []ideas.ID{id}, triage.Bulk{Kind: triage.BulkMove, Decision: ideas.Decision{To: ideas.Adopted}}, "status", "ideas.status_unknown"},
		"no reason":    {s.ilse, []ideas.ID{id}, triage.Bulk{Kind: triage.BulkMove, Decision: ideas.Decision{To: ideas.Declined, Answer: "No."}}, "reason", "ideas.reason_missing"},
		"a past day":   {s.ilse, []ideas.ID{id}, triage.Bulk{Kind: triage.BulkDecideBy, Day: &past}, "decide_by", "triage.day_past"},
		"not the team": {s.rosa, []ideas.ID{id}, triage.Bulk{Kind: triage.BulkOwner}, "", "ideas.team_only"},
		"a visitor":    {accounts.Actor{}, []ideas.ID{id}, triage.Bulk{Kind: triage.BulkOwner}, "", "accounts.sign_in"},
	} {
		_, err := s.Preview(t.Context(), c.by, c.list, c.b)
		f := fault.Of(err)
		if c.field == "" && f.Code != c.code && !errors.Is(err, accounts.ErrSignIn) || c.field != "" && f.Fields[c.field] != c.code {
			t.Errorf("%s: %v %v", name, err, f.Fields)
		}
	}
	// An owner who is none of the team undoes the whole transaction.
	b := triage.Bulk{Kind: triage.BulkOwner, Owner: s.noor.ID}
	if _, err := s.Do(t.Context(), s.ilse, s.preview(b, id), b); fault.Of(err).Fields["owner"] != "triage.not_team" {
		t.Errorf("a member as owner: %v", err)
	}
	if n := s.count(`SELECT count(*) FROM bulk_actions`); n != 0 {
		t.Errorf("%d actions stayed", n)
	}
	b = triage.Bulk{Kind: triage.BulkTopic, Topic: "held"}
	action, err := s.Do(t.Context(), s.ilse, s.preview(b, id), b)
	if err != nil {
		t.Fatal(err)
	}
	s.exec(`UPDATE bulk_actions SET at = at - interval '61 minutes'`)
	if err := s.UndoBulk(t.Context(), s.ilse, action); !errors.Is(err, triage.ErrBulkOver) {
		t.Errorf("after the hour: %v", err)
	}
	if err := s.UndoBulk(t.Context(), s.ilse, 9999); !errors.Is(err, triage.ErrBulkGone) {
		t.Errorf("no such action: %v", err)
	}
	for _, who := range []accounts.Actor{s.noor, s.rosa} {
		if err := s.UndoBulk(t.Context(), who, action); !errors.Is(err, ideas.ErrTeamOnly) {
			t.Errorf("%s undoes: %v", who.Handle, err)
		}
		if _, err := s.Action(t.Context(), who, action); !errors.Is(err, ideas.ErrTeamOnly) {
			t.Errorf("%s looks: %v", who.Handle, err)
		}
	}
}

func TestOfTwoWhoMoveOneIdeaTheSecondIsTold(t *testing.T) {
	s := open(t)
	id := s.idea(5)
	results := make(chan error, 2)
	for who, to := range map[*accounts.Actor]ideas.Status{&s.ilse: ideas.UnderReview, &s.mark: ideas.Shortlisted} {
		go func() {
			results <- s.Move(t.Context(), *who, id, triage.Move{Decision: ideas.Decision{To: to}, Seen: ideas.Open})
		}()
	}
	var told *triage.Elsewhere
	done := 0
	for range 2 {
		err := <-results
		if err == nil {
			done++
		} else if elsewhere, ok := errors.AsType[*triage.Elsewhere](err); ok && errors.Is(err, triage.ErrElsewhere) {
			told = elsewhere
		} else {
			t.Error(err)
		}
	}
	if done != 1 || told == nil || told.Status != s.status(id) || time.Since(told.At) > time.Hour {
		t.Fatalf("%d moved, told %+v, is %s", done, told, s.status(id))
	}
	by := map[ideas.Status]string{ideas.UnderReview: s.ilse.Name, ideas.Shortlisted: s.mark.Name}[told.Status]
	if told.By != by {
		t.Errorf("told of %s, want %s", told.By, by)
	}
	day := s.now.AddDate(0, 0, 20)
	if err := s.Move(t.Context(), s.ilse, id, triage.Move{Decision: ideas.Decision{To: ideas.Parked, Reason: "timing", Answer: "Later."}, Seen: told.Status, Day: &day}); err != nil {
		t.Fatal(err)
	}
	if n := s.count(`SELECT count(*) FROM ideas WHERE id = $1 AND decide_by IS NOT NULL`, id); n != 1 {
		t.Error("the day is not kept")
	}
}

func TestViewsArePrivateUntilShared(t *testing.T) {
	s := open(t)
	save := func(by accounts.Actor, name string, shared bool) int64 {
		t.Helper()
		id, err := s.SaveView(t.Context(), by, triage.View{Name: name, Query: "overdue=1&owner=me", Shared: shared})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	private, shared := save(s.ilse, " My  late ones ", false), save(s.ilse, "Late", true)
	for name, c := range map[string]struct{ err, want error }{
		"taken":            {second(s.SaveView(t.Context(), s.ilse, triage.View{Name: "Late"})), triage.ErrViewTaken},
		"no name":          {second(s.SaveView(t.Context(), s.ilse, triage.View{Name: " "})), fault.New(fault.Invalid, "invalid", "")},
		"a member's":       {second(s.SaveView(t.Context(), s.noor, triage.View{Name: "x"})), ideas.ErrTeamOnly},
		"unseen":           {s.ChangeView(t.Context(), s.mark, private, "x", true), triage.ErrView},
		"a colleague's":    {s.ChangeView(t.Context(), s.mark, shared, "x", true), triage.ErrViewTheir},
		"delete, theirs":   {s.DeleteView(t.Context(), s.mark, shared), triage.ErrViewTheir},
		"delete, unseen":   {s.DeleteView(t.Context(), s.mark, private), triage.ErrView},
		"open with unseen": {s.OpenWith(t.Context(), s.mark, private), triage.ErrView},
		"open with shared": {s.OpenWith(t.Context(), s.mark, shared), nil},
		"open with mine":   {s.OpenWith(t.Context(), s.ilse, private), nil},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v, want %v", name, c.err, c.want)
		}
	}
	if err := s.ChangeView(t.Context(), s.ilse, shared, "Mine again", false); err != nil {
		t.Fatal(err)
	}
	if n := s.count(`SELECT count(*) FROM studio_defaults WHERE account_id = $1`, s.mark.ID); n != 0 {
		t.Error("the studio opens with a view that is private again")
	}
	if err := s.DeleteView(t.Context(), s.ilse, private); err != nil {
		t.Fatal(err)
	}
	if n := s.count(`SELECT count(*) FROM studio_defaults`); n != 0 {
		t.Error("the studio opens with a view that is gone")
	}
	s.exec(`INSERT INTO studio_views (owner_id, name, query) SELECT $1, 'View ' || n, '' FROM generate_series(1, 29) AS n`, s.ilse.ID)
	if _, err := s.SaveView(t.Context(), s.ilse, triage.View{Name: "One too many"}); !errors.Is(err, triage.ErrViewsFull) {
		t.Errorf("the 31st: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

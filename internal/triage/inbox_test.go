package triage_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/triage"
)

func waiting(box triage.Inbox) (list []ideas.ID) {
	for _, i := range box.Items {
		list = append(list, i.ID)
	}
	return list
}

func (s *studio) inbox(actor accounts.Actor, owner accounts.ID) triage.Inbox {
	s.t.Helper()
	box, err := s.Inbox(s.t.Context(), actor, owner, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	return box
}

func (s *studio) held() ideas.ID {
	s.t.Helper()
	idea, err := s.ideas.Propose(s.t.Context(), s.noor, 0, text("held"))
	if err != nil {
		s.t.Fatal(err)
	}
	return idea.ID
}

func TestTheInboxBeginsWithWhoWaitsLongest(t *testing.T) {
	s := open(t)
	ago := func(days int) time.Time { return s.now.AddDate(0, 0, -days) }
	young, old := s.idea(3), s.idea(30)
	late, kept := s.past(ago(90), ago(89)), s.past(ago(20), ago(19))
	imported := s.idea(400)
	s.exec(`WITH m AS (INSERT INTO imports (source, at) VALUES ('madrid', $2) RETURNING id) UPDATE ideas SET source = 'madrid', external_id = '1', import_id = m.id FROM m WHERE ideas.id = $1`, imported, ago(10))
	held := s.held()
	soon := s.past(ago(9), ago(8))
	s.exec(`UPDATE ideas SET decide_by = $2 WHERE id = $1`, soon, ago(1).Format(time.DateOnly))
	hidden := s.idea(50)
	s.exec(`UPDATE ideas SET hidden = true WHERE id = $1`, hidden)

	box := s.inbox(s.ilse, 0)
	if diff := cmp.Diff([]ideas.ID{held, old, imported, young, late, soon}, waiting(box)); diff != "" {
		t.Errorf("inbox (%d is answered and in time):\n%s", kept, diff)
	}
	if box.Held != 1 || box.Answers != 3 || box.Overdue != 2 || box.Snoozed != 0 {
		t.Errorf("counts %+v", box)
	}
	if i := box.Items[1]; i.Wait != triage.ForAnswer || !i.Late(s.now) || box.Items[2].Late(s.now) {
		t.Errorf("the oldest is late, the imported one counts from its import: %+v", box.Items[1:3])
	}

	if got := s.inbox(s.rosa, 0); len(got.Items) != 1 || got.Items[0].ID != held || got.Answers != 0 {
		t.Errorf("a moderator's inbox: %+v", got)
	}
	_, err := s.Inbox(t.Context(), s.noor, 0, 0)
	wantCode(t, err, ideas.ErrTeamOnly)

	if err := s.Assign(t.Context(), s.ilse, young, s.mark.ID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]ideas.ID{young}, waiting(s.inbox(s.ilse, s.mark.ID))); diff != "" {
		t.Errorf("mark's:\n%s", diff)
	}
	list, total, err := s.Overdue(t.Context(), s.ilse, 0)
	if err != nil || total != 3 {
		t.Fatalf("overdue: %d %v", total, err)
	}
	got := map[ideas.ID]triage.Wait{}
	for _, l := range list {
		got[l.ID] = l.Wait
		if l.Days < 1 {
			t.Errorf("idea %d is %d days late", l.ID, l.Days)
		}
	}
	if diff := cmp.Diff(map[ideas.ID]triage.Wait{old: triage.ForAnswer, late: triage.ForDecision, soon: triage.ForDecision}, got); diff != "" {
		t.Errorf("overdue:\n%s", diff)
	}
}

func TestASnoozedIdeaComesBackOnItsDay(t *testing.T) {
	s := open(t)
	idea := s.idea(3)
	today := s.Terms().Today(s.now)
	in := func(n int) *time.Time { d := today.AddDate(0, 0, n); return &d }
	wantField(t, s.Snooze(t.Context(), s.ilse, idea, in(0)), "until", "triage.day_past")
	wantCode(t, s.Snooze(t.Context(), s.rosa, idea, in(2)), ideas.ErrTeamOnly)
	for _, until := range []*time.Time{in(5), in(2)} {
		if err := s.Snooze(t.Context(), s.ilse, idea, until); err != nil {
			t.Fatal(err)
		}
	}
	if box := s.inbox(s.mark, 0); len(box.Items) != 0 || box.Snoozed != 1 {
		t.Errorf("inbox %+v", box)
	}
	s.now = s.now.AddDate(0, 0, 2)
	if box := s.inbox(s.mark, 0); len(box.Items) != 1 || box.Snoozed != 0 {
		t.Errorf("inbox on the day %+v", box)
	}
	s.now = s.now.AddDate(0, 0, -2)
	if err := s.Snooze(t.Context(), s.ilse, idea, nil); err != nil {
		t.Fatal(err)
	}
	if box := s.inbox(s.mark, 0); len(box.Items) != 1 {
		t.Errorf("inbox after waking %+v", box)
	}
}

// TestOfTwoAnswersAtOnceOneComesFirst: two colleagues have the same idea before
// them; the second learns of it, and nothing of theirs is published.
func TestOfTwoAnswersAtOnceOneComesFirst(t *testing.T) {
	s := open(t)
	for range 10 {
		idea := s.idea(3)
		seen := int64(s.count(`SELECT max(id) FROM idea_history WHERE idea_id = $1`, idea))
		var all sync.WaitGroup
		errs := make([]error, 2)
		for i, who := range []accounts.Actor{s.ilse, s.mark} {
			all.Go(func() {
				d := ideas.Decision{Answer: "Thank you, " + who.Name}
				if i == 1 {
					d = ideas.Decision{To: ideas.Parked, Answer: "Later.", Reason: "timing"}
				}
				errs[i] = s.Settle(t.Context(), who, idea, seen, d)
			})
		}
		all.Wait()
		settled := 0
		for _, err := range errs {
			if errors.Is(err, triage.ErrSettled) {
				settled++
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if n := s.count(`SELECT count(*) FROM idea_history WHERE idea_id = $1 AND id > $2`, idea, seen); settled != 1 || n != 1 {
			t.Fatalf("%d were told, %d entries: %v", settled, n, errs)
		}
	}
}

func TestAModeratorLetsInOrDeclinesWhatIsHeldAndNoMore(t *testing.T) {
	s := open(t)
	in, out, other := s.held(), s.held(), s.idea(3)
	if err := s.Settle(t.Context(), s.rosa, in, 0, ideas.Decision{To: ideas.Open}); err != nil {
		t.Fatal(err)
	}
	wantField(t, s.Settle(t.Context(), s.rosa, out, 0, ideas.Decision{To: ideas.Declined}), "reason", "ideas.reason_missing")
	if err := s.Settle(t.Context(), s.rosa, out, 0, ideas.Decision{To: ideas.Declined, Answer: "Not within the rules.", Reason: "house_rules"}); err != nil {
		t.Fatal(err)
	}
	wantCode(t, s.Settle(t.Context(), s.rosa, other, 0, ideas.Decision{To: ideas.Parked, Answer: "Later.", Reason: "timing"}), ideas.ErrTeamOnly)
	wantCode(t, s.Settle(t.Context(), s.noor, s.held(), 0, ideas.Decision{To: ideas.Open}), ideas.ErrTeamOnly)
	wantCode(t, s.Settle(t.Context(), s.ilse, s.held(), 0, ideas.Decision{To: ideas.Shortlisted}), ideas.ErrMove)
	if n := s.count(`SELECT count(*) FROM ideas WHERE (id = $1 AND status = 'open') OR (id = $2 AND status = 'declined')`, in, out); n != 2 {
		t.Error("they are not where they were put")
	}
}

package triage_test

import (
	"testing"
	"time"

	"prosumer/internal/ideas"
)

func TestTheDutyCountsWhatWasPublicAndHow(t *testing.T) {
	s := open(t)
	s.now = time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC) // a Tuesday
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 12, 0, 0, 0, time.UTC) }
	s.past(day(3, 2), day(3, 3))             // one working day
	s.past(day(3, 6), day(3, 9))             // one: over a weekend
	s.past(day(3, 2), day(3, 17))            // eleven: a day late
	s.past(day(3, 2))                        // not answered, late
	s.past(day(3, 30))                       // waits in time
	s.past(day(1, 5), day(1, 5))             // same day, but its decision is overdue
	s.past(day(2, 2), day(2, 3), day(2, 20)) // the first answer counts
	withdrawn := s.past(day(3, 3))
	if err := s.ideas.Withdraw(t.Context(), s.noor, withdrawn); err != nil {
		t.Fatal(err)
	}
	held := s.held()
	if err := s.Settle(t.Context(), s.ilse, held, 0, ideas.Decision{To: ideas.Declined, Answer: "No.", Reason: "safety"}); err != nil {
		t.Fatal(err)
	}

	d, err := s.Duty(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if d.Ideas != 7 || d.Answered != 5 || d.InTime != 4 || d.Late != 2 || d.Waiting != 2 || d.Overdue != 1 || d.Undecided != 1 || d.MedianDays != 1 || d.Median != 24*time.Hour {
		t.Errorf("all time: %+v", d)
	}
	if share, ok := d.InTimeShare(); !ok || share < 0.66 || share > 0.67 {
		t.Errorf("share %v %v", share, ok)
	}
	if d, err = s.Duty(t.Context(), day(3, 1)); err != nil || d.Ideas != 5 || d.Answered != 3 || d.InTime != 2 || d.Late != 2 || d.Waiting != 2 {
		t.Errorf("since March: %+v (%v)", d, err)
	}
	if d, err = s.Duty(t.Context(), s.now.AddDate(0, 0, 1)); err != nil || d.Ideas != 0 || d.MedianDays != 0 {
		t.Errorf("nothing yet: %+v (%v)", d, err)
	} else if _, ok := d.InTimeShare(); ok {
		t.Error("a share of nothing")
	}
}

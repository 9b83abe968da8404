package triage_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"prosumer/internal/ideas"
	"prosumer/internal/triage"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestAnAnswerIsDueAtTheEndOfAWorkingDayOfTheSite(t *testing.T) {
	for name, c := range map[string]struct {
		zone, came string
		days       int
		want       string
	}{
		"over two weekends":                 {"UTC", "2026-03-06T12:00:00Z", 10, "2026-03-20T23:59:59Z"},
		"a weekend does not count":          {"UTC", "2026-03-06T12:00:00Z", 1, "2026-03-09T23:59:59Z"},
		"come on Saturday":                  {"UTC", "2026-03-07T12:00:00Z", 1, "2026-03-09T23:59:59Z"},
		"come on Sunday":                    {"UTC", "2026-03-08T23:59:00Z", 5, "2026-03-13T23:59:59Z"},
		"Monday already in Auckland":        {"Pacific/Auckland", "2026-03-08T12:00:00Z", 1, "2026-03-10T23:59:59+13:00"},
		"still Friday in New York":          {"America/New_York", "2026-03-07T02:00:00Z", 1, "2026-03-09T23:59:59-04:00"},
		"over the night that clocks jump":   {"Europe/Amsterdam", "2026-03-27T12:00:00+01:00", 1, "2026-03-30T23:59:59+02:00"},
		"over the night that clocks fall":   {"Europe/Amsterdam", "2026-10-23T12:00:00+02:00", 2, "2026-10-27T23:59:59+01:00"},
		"the longest that a setting allows": {"UTC", "2026-01-01T00:00:00Z", 260, "2026-12-31T23:59:59Z"},
	} {
		t.Run(name, func(t *testing.T) {
			came, err := time.Parse(time.RFC3339, c.came)
			if err != nil {
				t.Fatal(err)
			}
			terms := triage.Terms{AnswerDays: c.days, DecisionDays: 60, Zone: zone(t, c.zone)}
			got := terms.Answer(triage.Waiting{Status: ideas.Open, SubmittedAt: &came})
			if got.Format(time.RFC3339) != c.want {
				t.Errorf("due %s, want %s", got.Format(time.RFC3339), c.want)
			}
		})
	}
}

func TestADecisionIsDueByHandOrByTheSettings(t *testing.T) {
	came, imported := time.Date(2026, 3, 6, 12, 0, 0, 0, time.UTC), time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	byHand := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	terms := triage.Terms{AnswerDays: 10, DecisionDays: 60}
	for name, c := range map[string]struct {
		w    triage.Waiting
		want string
	}{
		"answered":            {triage.Waiting{Status: ideas.Shortlisted, SubmittedAt: &came, AnsweredAt: &came}, "2026-05-05"},
		"imported":            {triage.Waiting{Status: ideas.Open, SubmittedAt: &came, ImportedAt: &imported, AnsweredAt: &imported}, "2026-07-31"},
		"by hand":             {triage.Waiting{Status: ideas.Open, SubmittedAt: &came, AnsweredAt: &came, DecideBy: &byHand}, "2026-04-01"},
		"by hand, unanswered": {triage.Waiting{Status: ideas.Open, SubmittedAt: &came, DecideBy: &byHand}, "2026-04-01"},
		"unanswered":          {triage.Waiting{Status: ideas.Open, SubmittedAt: &came}, "0001-01-01"},
		"decided":             {triage.Waiting{Status: ideas.Adopted, SubmittedAt: &came, AnsweredAt: &came, DecideBy: &byHand}, "0001-01-01"},
		"draft":               {triage.Waiting{Status: ideas.Draft}, "0001-01-01"},
	} {
		if got := terms.Decision(c.w).Format(time.DateOnly); got != c.want {
			t.Errorf("%s: due %s, want %s", name, got, c.want)
		}
	}
}

// TestWhatAQueryCallsLateIsWhatThePageCallsLate: one compares moments, the other
// counts days.
func TestWhatAQueryCallsLateIsWhatThePageCallsLate(t *testing.T) {
	zones := []*time.Location{time.UTC, zone(t, "Europe/Amsterdam"), zone(t, "Pacific/Auckland"), zone(t, "America/New_York")}
	rapid.Check(t, func(t *rapid.T) {
		terms := triage.Terms{AnswerDays: rapid.IntRange(1, 30).Draw(t, "answer"), DecisionDays: rapid.IntRange(1, 90).Draw(t, "decision"), Zone: rapid.SampledFrom(zones).Draw(t, "zone")}
		now := time.Unix(rapid.Int64Range(1_700_000_000, 1_800_000_000).Draw(t, "now"), 0)
		came := now.Add(-time.Duration(rapid.Int64Range(0, 120*86400).Draw(t, "ago")) * time.Second)
		answer, decision, _ := terms.Late(now)
		w := triage.Waiting{Status: ideas.Open, SubmittedAt: &came}
		if got, want := came.Before(answer), terms.Answer(w).Before(now.Truncate(time.Second)); got != want {
			t.Fatalf("answer to %s at %s: the query says late %v, the page %v", came, now, got, want)
		}
		w.AnsweredAt = &came
		if got, want := came.Before(decision), terms.Decision(w).Before(now.Truncate(time.Second)); got != want {
			t.Fatalf("decision on %s at %s: the query says late %v, the page %v", came, now, got, want)
		}
	})
}

func TestWorkingDaysCountedAreThoseAdded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "day"))
		n := rapid.IntRange(0, 300).Draw(t, "n")
		if got := triage.WorkingDaysBetween(day, triage.AddWorkingDays(day, n)); got != n {
			t.Fatalf("%d working days after %s count as %d", n, day.Format(time.DateOnly), got)
		}
	})
}

func TestTheMedianIsTheMiddleOne(t *testing.T) {
	for _, c := range []struct {
		counts map[int]int
		want   float64
	}{
		{nil, 0},
		{map[int]int{3: 1}, 3},
		{map[int]int{1: 1, 4: 1}, 2.5},
		{map[int]int{0: 2, 9: 1}, 0},
		{map[int]int{0: 1, 2: 1, 5: 8}, 5},
	} {
		if got := triage.Median(c.counts); got != c.want {
			t.Errorf("%v: %v, want %v", c.counts, got, c.want)
		}
	}
}

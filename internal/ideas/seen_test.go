package ideas_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

func (b *board) member(t *testing.T, handle string) accounts.Actor {
	t.Helper()
	a, err := accounts.NewService(b.db, accounts.Options{}).Create(t.Context(), accounts.SignUp{Name: handle, Handle: handle}, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return accounts.As(a)
}

func (b *board) exposures(t *testing.T, list ...ideas.ID) map[ideas.ID]ideas.Exposure {
	t.Helper()
	found, err := b.Exposures(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAMemberCountsOnceADay(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 3, 4, 23, 59, 0, 0, time.UTC)
	b := open(t, ideas.Options{Now: func() time.Time { return now }})
	one, two := b.propose(t).ID, b.propose(t).ID
	see := func(who accounts.Actor, list ...ideas.ID) {
		t.Helper()
		if err := b.MarkSeen(t.Context(), who, list); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		what  string
		who   accounts.Actor
		later time.Duration
		want  ideas.Exposure
	}{
		{"first sight", b.bob, 0, ideas.Exposure{Shown: 1, Members: 1}},
		{"the same day", b.bob, 0, ideas.Exposure{Shown: 1, Members: 1}},
		{"the next day", b.bob, 2 * time.Minute, ideas.Exposure{Shown: 2, Members: 1}},
		{"that day again", b.bob, time.Hour, ideas.Exposure{Shown: 2, Members: 1}},
		{"a clock that goes back", b.bob, -48 * time.Hour, ideas.Exposure{Shown: 2, Members: 1}},
		{"somebody else", b.member(t, "cato"), 48 * time.Hour, ideas.Exposure{Shown: 3, Members: 2}},
		{"staff", b.eva, 0, ideas.Exposure{Shown: 3, Members: 2}},
		{"its contributor", b.ann, 0, ideas.Exposure{Shown: 3, Members: 2}},
		{"a visitor", accounts.Actor{}, 0, ideas.Exposure{Shown: 3, Members: 2}},
	} {
		now = now.Add(step.later)
		see(step.who, one, one, 404)
		if got := b.exposures(t, one)[one]; got != step.want {
			t.Errorf("%s: %+v, want %+v", step.what, got, step.want)
		}
	}
	want := map[ideas.ID]ideas.Exposure{one: {Shown: 3, Members: 2}, two: {}}
	if diff := cmp.Diff(want, b.exposures(t, one, two, 404)); diff != "" {
		t.Error(diff)
	}
	b.db.MustExec(`UPDATE exposures SET shown = 0, members = 0`)
	b.db.MustExec(`SELECT exposures_recount()`)
	want[one] = ideas.Exposure{Shown: 2, Members: 2}
	if diff := cmp.Diff(want, b.exposures(t, one, two)); diff != "" {
		t.Errorf("counted anew:\n%s", diff)
	}
}

func TestTheSupportRateIsNeverMoreThanAll(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		e      ideas.Exposure
		voters int
		want   string
	}{
		{ideas.Exposure{}, 0, "none"},
		{ideas.Exposure{Shown: 9, Members: 4}, 0, "0.00"},
		{ideas.Exposure{Shown: 9, Members: 4}, 3, "0.75"},
		{ideas.Exposure{Shown: 9, Members: 4}, 7, "1.00"},
		{ideas.Exposure{}, 2, "1.00"},
	} {
		got := "none"
		if rate := c.e.Rate(c.voters); rate != nil {
			got = fmt.Sprintf("%.2f", *rate)
		}
		if got != c.want {
			t.Errorf("%d voters of %+v: %s, want %s", c.voters, c.e, got, c.want)
		}
	}
}

// TestManySightsAtOnceAreCountedExactly has members look at the same pages in
// every order, twice at a time, while ideas are taken away.
func TestManySightsAtOnceAreCountedExactly(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	var all []ideas.ID
	for range 12 {
		all = append(all, b.propose(t).ID)
	}
	const members = 8
	var wg sync.WaitGroup
	for n := range members {
		who := b.member(t, fmt.Sprintf("looker-%d", n))
		for try := range 2 {
			wg.Go(func() {
				for turn := range len(all) {
					list := append(append([]ideas.ID{}, all[(turn+n*5)%len(all):]...), all[:(turn+n*5)%len(all)]...)
					if try == 1 {
						for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
							list[i], list[j] = list[j], list[i]
						}
					}
					if err := b.MarkSeen(t.Context(), who, list); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	wg.Go(func() {
		for _, gone := range [][2]ideas.ID{{all[7], all[2]}, {all[0], all[11]}} {
			if _, err := b.db.Exec(`DELETE FROM ideas WHERE id IN ($1, $2)`, gone[0], gone[1]); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()
	found := b.exposures(t, all...)
	if len(found) != 8 {
		t.Errorf("%d of 8 left", len(found))
	}
	for id, e := range found {
		if e.Shown != members || e.Members != members {
			t.Errorf("idea %d: %+v, want %d of each", id, e, members)
		}
	}
	if n := b.count(t, `SELECT count(*) FROM seen WHERE NOT EXISTS (SELECT FROM exposures e WHERE e.idea_id = seen.idea_id)`); n != 0 {
		t.Errorf("%d sights of what is gone", n)
	}
}

func TestOnlyWhatTakesVotesCanBeANewcomer(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	id := b.propose(t).ID
	votable := func() bool {
		return b.count(t, `SELECT count(*) FROM exposures WHERE votable AND idea_id = `+id.String()) == 1
	}
	if !votable() {
		t.Error("an open idea is not votable")
	}
	b.db.MustExec(`UPDATE ideas SET hidden = true WHERE id = $1`, id)
	if votable() {
		t.Error("a hidden idea is votable")
	}
	b.db.MustExec(`UPDATE ideas SET hidden = false WHERE id = $1`, id)
	b.decide(t, id, ideas.Parked)
	if votable() {
		t.Error("a parked idea is votable")
	}
}

func TestWhatIsSkippedCanBeTakenBack(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	id := b.propose(t).ID
	skipped := func() int { return b.count(t, `SELECT count(*) FROM seen WHERE skipped_at IS NOT NULL`) }
	for range 2 {
		if err := b.Skip(t.Context(), b.bob, id); err != nil || skipped() != 1 {
			t.Fatalf("%d skipped, %v", skipped(), err)
		}
	}
	if err := b.Unskip(t.Context(), b.bob, id); err != nil || skipped() != 0 {
		t.Errorf("%d skipped, %v", skipped(), err)
	}
	if err := b.Skip(t.Context(), b.bob, id); err != nil || skipped() != 1 {
		t.Errorf("skipped again: %d, %v", skipped(), err)
	}
	if got := b.exposures(t, id)[id]; got != (ideas.Exposure{Shown: 1, Members: 1}) {
		t.Errorf("%+v", got)
	}
	if err := b.Skip(t.Context(), b.bob, 404); !ideas.ErrNotFound.Is(err) {
		t.Errorf("an idea that is not there: %v", err)
	}
}

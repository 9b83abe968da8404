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
)

func TestUnseenIsStableForAMemberAndADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.now = time.Date(2026, 3, 4, 0, 0, 1, 0, time.UTC)
	all := w.crowd(20)
	ann, ben := w.person(), w.person()
	q := board.Query{Order: board.Unseen}
	first := w.list(ann, q)
	w.now = w.now.Add(23*time.Hour + 59*time.Minute)
	if diff := cmp.Diff(first, w.list(ann, q)); diff != "" {
		t.Errorf("later that day:\n%s", diff)
	}
	if slices.Equal(first, w.list(ben, q)) || slices.Equal(first, w.list(accounts.Actor{}, q)) {
		t.Error("everybody has the same order")
	}
	w.now = w.now.Add(time.Minute)
	if slices.Equal(first, w.list(ann, q)) {
		t.Error("the next day has the same order")
	}
	slices.Sort(first)
	if diff := cmp.Diff(all, first); diff != "" {
		t.Errorf("not everything:\n%s", diff)
	}
}

// TestUnseenGivesEveryIdeaItsTurn looks at the first pages of many members: no
// idea is there far more or far less often than another, and no two always
// together.
func TestUnseenGivesEveryIdeaItsTurn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.now = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	const size, members, limit = 40, 160, 10
	all := w.crowd(size)
	shown, both := map[ideas.ID]int{}, map[[2]ideas.ID]int{}
	for n := range members {
		list := w.list(accounts.As(accounts.Account{ID: accounts.ID(1_000_000 + n)}), board.Query{Order: board.Unseen, Limit: limit})
		if len(list) != limit {
			t.Fatalf("%d ideas", len(list))
		}
		for _, a := range list {
			shown[a]++
			for _, b := range list {
				both[[2]ideas.ID{a, b}]++
			}
		}
	}
	const mean = members * limit / size
	for _, a := range all {
		if shown[a] < mean/4 || shown[a] > mean*5/2 {
			t.Errorf("idea %d is on %d of %d first pages, the mean is %d", a, shown[a], members, mean)
		}
		for _, b := range all {
			if n := both[[2]ideas.ID{a, b}]; a < b && n*10 > shown[a]*9 && n*10 > shown[b]*9 {
				t.Errorf("ideas %d and %d are together %d of %d times", a, b, n, shown[a])
			}
		}
	}
}

func TestUnseenLeavesOutWhatTheMemberKnows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.person()
	own, voted, seen, closed, left := w.idea(ann, ideas.Text{}), w.titled("voted"), w.titled("seen"), w.titled("closed"), w.titled("left")
	w.vote(ann, voted)
	w.decide(closed, ideas.Parked)
	if err := w.ideas.MarkSeen(t.Context(), ann, []ideas.ID{seen}); err != nil {
		t.Fatal(err)
	}
	q := board.Query{Order: board.Unseen}
	if diff := cmp.Diff([]ideas.ID{left}, w.list(ann, q)); diff != "" {
		t.Errorf("member:\n%s", diff)
	}
	visitors := w.list(accounts.Actor{}, q)
	slices.Sort(visitors)
	if diff := cmp.Diff([]ideas.ID{own, voted, seen, left}, visitors); diff != "" {
		t.Errorf("visitor:\n%s", diff)
	}
}

func TestFiltersNarrowTheList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.topic("home", false)
	ann := w.person()
	one := w.idea(ann, ideas.Text{Topic: "home", Tags: []string{"Light"}})
	two := w.idea(w.boss, ideas.Text{Topic: "home"})
	three := w.idea(w.boss, ideas.Text{Tags: []string{"light", "heat"}})
	parked := w.idea(ann, ideas.Text{})
	w.decide(parked, ideas.Parked)
	for name, c := range map[string]struct {
		q    board.Query
		want []ideas.ID
	}{
		"nothing":          {board.Query{}, []ideas.ID{one, two, three}},
		"topic":            {board.Query{Topic: "home"}, []ideas.ID{one, two}},
		"no such topic":    {board.Query{Topic: "nowhere"}, nil},
		"tag":              {board.Query{Tag: "LIGHT"}, []ideas.ID{one, three}},
		"tag and topic":    {board.Query{Tag: "light", Topic: "home"}, []ideas.ID{one}},
		"author":           {board.Query{Author: ann.ID}, []ideas.ID{one}},
		"status":           {board.Query{Statuses: []ideas.Status{ideas.Parked}}, []ideas.ID{parked}},
		"search and topic": {board.Query{Q: "story", Topic: "home"}, []ideas.ID{one, two}},
	} {
		got := w.list(accounts.Actor{}, c.q)
		slices.Sort(got)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, c := range map[string]struct {
		q    board.Query
		want error
	}{
		"order":             {board.Query{Order: "best"}, board.ErrOrder},
		"the search's":      {board.Query{Order: "found"}, board.ErrOrder},
		"drafts":            {board.Query{Statuses: []ideas.Status{ideas.Draft}}, board.ErrStatus},
		"held":              {board.Query{Statuses: []ideas.Status{ideas.Open, ideas.Held}}, board.ErrStatus},
		"unknown status":    {board.Query{Statuses: []ideas.Status{"great"}}, board.ErrStatus},
		"broken topic":      {board.Query{Topic: "a\x00"}, board.ErrSearch},
		"broken tag":        {board.Query{Tag: "\xff"}, board.ErrSearch},
		"broken search":     {board.Query{Q: "\xff"}, board.ErrSearch},
		"search of the NUL": {board.Query{Q: "a\x00b"}, board.ErrSearch},
	} {
		if err := second(w.List(t.Context(), accounts.Actor{}, c.q)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestACardShowsWhatTheBoardKnows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.topic("home", false)
	ann, ben := w.person(), w.person()
	id := w.idea(ann, ideas.Text{Title: "A lamp", Topic: "home", Tags: []string{"light", "heat"}, Story: "<p>It <b>folds</b> flat.</p><p>In a drawer.</p>"})
	w.vote(ben, id)
	page, err := w.List(t.Context(), ben, board.Query{})
	if err != nil || len(page.Items) != 1 || page.Next != "" {
		t.Fatalf("%+v (%v)", page, err)
	}
	c := page.Items[0]
	if c.Slug != "a-lamp" || c.Excerpt != "It folds flat. In a drawer." || c.Topic.Slug != "home" || !slices.Equal(c.Tags, []string{"heat", "light"}) ||
		c.Contributor.Handle != ann.Handle || c.Contributor.Staff || c.Tally.Voters != 1 || c.Tally.WouldBuy != 1 || c.Tally.Revision != 1 || c.Mine == nil || !c.Mine.WouldBuy || c.Cover != nil {
		t.Errorf("%+v", c)
	}
	if page, err = w.List(t.Context(), ann, board.Query{}); err != nil || page.Items[0].Mine != nil {
		t.Errorf("not Ann's vote: %+v (%v)", page.Items[0].Mine, err)
	}
}

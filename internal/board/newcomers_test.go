package board_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// ranked makes ideas that trend in the order in which they are returned, the
// last of which nobody has seen; the others are known to all.
func (w *world) ranked(known, unknown int) (all []ideas.ID) {
	w.t.Helper()
	owner := w.person()
	for n := range known + unknown {
		id := w.idea(owner, ideas.Text{})
		all = append(all, id)
		w.db.MustExec(`UPDATE ranks SET trending = $2 WHERE idea_id = $1`, id, 1000-n)
		if n < known {
			w.db.MustExec(`UPDATE exposures SET shown = 500, members = 400 WHERE idea_id = $1`, id)
		}
	}
	return all
}

func (w *world) front(actor accounts.Actor, q board.Query) board.Page[board.Card] {
	w.t.Helper()
	page, err := w.Front(w.t.Context(), actor, q)
	if err != nil {
		w.t.Fatalf("%+v: %v", q, err)
	}
	return page
}

func TestOneCardInSixIsANewcomerAndNothingIsShownTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := w.ranked(60, 20)
	w.Newcomers(6)
	var order []ideas.ID
	seen, after := map[ideas.ID]bool{}, ""
	for n := 0; ; n++ {
		page := w.front(accounts.Actor{}, board.Query{After: after, Limit: 24})
		for i, c := range page.Items {
			if seen[c.ID] {
				t.Errorf("page %d shows idea %d again", n, c.ID)
			}
			seen[c.ID] = true
			if !c.Newcomer {
				order = append(order, c.ID)
			}
			if full := len(page.Items) == 24; full && n < 3 && c.Newcomer != (i%6 == 5) {
				t.Errorf("page %d, card %d: newcomer %v", n, i, c.Newcomer)
			}
			if c.Newcomer && slices.Index(all, c.ID) < 60 {
				t.Errorf("idea %d is no newcomer", c.ID)
			}
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(seen) != len(all) {
		t.Errorf("%d of %d ideas", len(seen), len(all))
	}
	if !slices.IsSortedFunc(order, func(a, b ideas.ID) int { return slices.Index(all, a) - slices.Index(all, b) }) {
		t.Error("the order of the rest has changed")
	}
}

func TestNewcomersAreTheSameForAllVisitorsAndADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.now = time.Date(2027, 3, 4, 0, 0, 1, 0, time.UTC)
	w.ranked(30, 30)
	w.Newcomers(3)
	first := idsOf(w.front(accounts.Actor{}, board.Query{}).Items)
	w.now = w.now.Add(23 * time.Hour)
	if diff := cmp.Diff(first, idsOf(w.front(accounts.Actor{}, board.Query{}).Items)); diff != "" {
		t.Errorf("later that day:\n%s", diff)
	}
	w.now = w.now.Add(time.Hour)
	if slices.Equal(first, idsOf(w.front(accounts.Actor{}, board.Query{}).Items)) {
		t.Error("the next day has the same newcomers")
	}
	ann := w.person()
	for _, c := range w.front(accounts.Actor{}, board.Query{}).Items {
		if c.Newcomer {
			w.score(ann, c.ID, 0)
			w.db.MustExec(`UPDATE ranks SET trending = 900 - idea_id::float8 / 1000 WHERE idea_id = $1`, c.ID)
		}
	}
	for _, c := range w.front(ann, board.Query{}).Items {
		if c.Newcomer && c.Mine != nil {
			t.Errorf("idea %d is new to somebody who voted on it", c.ID)
		}
	}
}

// TestWhoKnowsTheLeastShownGetsOthers has a member vote on all that newcomers are
// usually chosen from: the youngest of what few have seen.
func TestWhoKnowsTheLeastShownGetsOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	unknown := w.ranked(30, 55)[30:]
	w.Newcomers(6)
	ann := w.person()
	for _, id := range unknown[5:] {
		w.score(ann, id, 0)
	}
	w.db.MustExec(`UPDATE exposures SET shown = 1 WHERE shown < 100`)
	w.db.MustExec(`UPDATE ranks SET trending = 900 - idea_id::float8 / 1000 WHERE idea_id = ANY ($1)`, pg.IDs(unknown))
	var fresh []ideas.ID
	for _, c := range w.front(ann, board.Query{}).Items {
		if c.Newcomer {
			fresh = append(fresh, c.ID)
		}
	}
	if len(fresh) != 4 || slices.ContainsFunc(fresh, func(id ideas.ID) bool { return !slices.Contains(unknown[:5], id) }) {
		t.Errorf("newcomers %v, want four of %v", fresh, unknown[:5])
	}
}

func TestNewcomersAreVotableAndTellNothingSealed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := w.ranked(30, 4)
	unknown := all[30:]
	w.Newcomers(6)
	w.decide(unknown[0], ideas.Parked)
	w.hide(unknown[1])
	sealed, closed := w.challenge("sealed", challenges.Score, challenges.UntilClose), w.challenge("closed", challenges.Score, challenges.Unsealed)
	w.enter(unknown[2], sealed)
	w.enter(unknown[3], closed)
	w.db.MustExec(`UPDATE challenges SET voting_close_at = now() - interval '1 minute' WHERE id = $1`, closed.ID)
	ben := w.person()
	shown := func() (list []ideas.ID) {
		for _, c := range w.front(accounts.Actor{}, board.Query{}).Items {
			if c.Newcomer {
				list = append(list, c.ID)
				if c.Tally.Voters != 0 || c.Tally.Seal == "" {
					t.Errorf("%+v", c.Tally)
				}
			}
		}
		return list
	}
	before := shown()
	if !slices.Equal(before, unknown[2:3]) {
		t.Errorf("newcomers %v, want %v", before, unknown[2:3])
	}
	w.score(ben, unknown[2], 5)
	w.db.MustExec(`UPDATE ranks SET trending = 2000 WHERE idea_id = $1`, unknown[2])
	if !slices.Equal(before, shown()) {
		t.Error("a vote on a sealed idea moves it")
	}
}

func TestOnlyTheFrontPageHasNewcomers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := w.ranked(30, 10)
	w.Newcomers(6)
	for name, q := range map[string]board.Query{"newest": {Order: board.Newest}, "a search": {Q: "idea"}, "statuses": {Statuses: []ideas.Status{ideas.Open}}} {
		if diff := cmp.Diff(w.list(accounts.Actor{}, q), idsOf(w.front(accounts.Actor{}, q).Items)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(all[:24], w.list(accounts.Actor{}, board.Query{})); diff != "" {
		t.Errorf("the list itself:\n%s", diff)
	}
	next := w.front(accounts.Actor{}, board.Query{}).Next
	cursor, _, _ := strings.Cut(next, "~")
	for _, bad := range []string{"~1", cursor + "~", cursor + "~0", cursor + "~-1", cursor + "~01", cursor + "~x.", cursor + "~" + strings.Repeat("1.", 24) + "1", "x~1"} {
		if _, err := w.Front(t.Context(), accounts.Actor{}, board.Query{After: bad}); !errors.Is(err, board.ErrCursor) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	w.Newcomers(0)
	if diff := cmp.Diff(all[:24], idsOf(w.front(accounts.Actor{}, board.Query{}).Items)); diff != "" {
		t.Errorf("switched off:\n%s", diff)
	}
	if _, err := w.Front(t.Context(), accounts.Actor{}, board.Query{After: next}); err != nil {
		t.Errorf("a link from before it was switched off: %v", err)
	}
}

// TestNewcomersAreFoundByAnIndex looks at the plan on a board of thousands that
// nobody has seen.
func TestNewcomersAreFoundByAnIndex(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(2000)
	w.db.MustExec(`ANALYZE exposures`)
	w.Newcomers(6)
	query, args := w.NewcomersStatement(t)
	var lines []string
	if err := w.db.Select(&lines, `EXPLAIN `+query, args...); err != nil {
		t.Fatal(err)
	}
	plan := strings.Join(lines, "\n")
	if !strings.Contains(plan, "exposures_least") || strings.Contains(plan, "Seq Scan on exposures") || strings.Contains(plan, "Seq Scan on ideas") {
		t.Errorf("\n%s", plan)
	}
}

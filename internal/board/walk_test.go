package board_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

// crowd makes many ideas that tie in every order.
func (w *world) crowd(size int) (all []ideas.ID) {
	w.t.Helper()
	w.topic("home", false)
	owner := w.person()
	for n := range size {
		text := ideas.Text{Title: "Lamp of the house", Tags: []string{"light"}}
		if n%2 == 0 {
			text.Topic = "home"
		}
		id := w.idea(owner, text)
		all = append(all, id)
		w.db.MustExec(`UPDATE ideas SET submitted_at = $2 WHERE id = $1`, id, time.Date(2024, 2, 3, 4, 5, 6, (n%3)*1000, time.UTC))
		w.db.MustExec(`UPDATE ranks SET voters = $2, trending = $3::float8 / 3, rising = $4::float8 / 7, score = $5::float8 / 3 WHERE idea_id = $1`, id, n%4, n%5-2, n%3, 3+n%6)
	}
	return all
}

func TestEveryOrderWalksEveryIdeaOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := w.crowd(17)
	member := w.person()
	keys := map[board.Order]string{
		board.Trending: `SELECT idea_id FROM ranks ORDER BY trending DESC, idea_id DESC`,
		board.Newest:   `SELECT id FROM ideas ORDER BY submitted_at DESC, id DESC`,
		board.Votes:    `SELECT idea_id FROM ranks ORDER BY voters DESC, idea_id DESC`,
		board.Rising:   `SELECT idea_id FROM ranks ORDER BY rising DESC, idea_id DESC`,
		board.Score:    `SELECT idea_id FROM ranks ORDER BY score DESC, idea_id DESC`,
	}
	rapid.Check(t, func(r *rapid.T) {
		q := board.Query{
			Order: rapid.SampledFrom(board.Orders).Draw(r, "order"),
			Limit: rapid.IntRange(2, 20).Draw(r, "limit"),
			Q:     rapid.SampledFrom([]string{"", "", "lamp"}).Draw(r, "q"),
			Topic: rapid.SampledFrom([]string{"", "", "home"}).Draw(r, "topic"),
		}
		actor := rapid.SampledFrom([]accounts.Actor{{}, member}).Draw(r, "actor")
		got := idsOf(walk(t, q.Limit, func(after string) (board.Page[board.Card], error) {
			q.After = after
			return w.List(t.Context(), actor, q)
		}))
		want := slices.Clone(all)
		if q.Topic != "" {
			want = slices.DeleteFunc(want, func(id ideas.ID) bool { return slices.Index(all, id)%2 == 1 })
		}
		if query, sorted := keys[q.Order]; sorted && q.Q == "" {
			var order []ideas.ID
			if err := w.db.Select(&order, query); err != nil {
				r.Fatal(err)
			}
			want = slices.DeleteFunc(order, func(id ideas.ID) bool { return !slices.Contains(want, id) })
		} else {
			slices.Sort(got)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatalf("%+v (-want +got):\n%s", q, diff)
		}
	})
}

func TestTheOtherListsWalkEverythingOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := w.crowd(7)
	var owner accounts.ID
	if err := w.db.Get(&owner, `SELECT contributor_id FROM ideas LIMIT 1`); err != nil {
		t.Fatal(err)
	}
	author, voter := accounts.As(accounts.Account{ID: owner}), w.person()
	for _, id := range all {
		w.vote(voter, id)
	}
	w.db.MustExec(`UPDATE votes SET cast_at = '2025-01-01Z' WHERE idea_id % 2 = 0`)
	if _, err := w.ideas.SaveDraft(t.Context(), author, 0, ideas.Text{Title: "Later"}); err != nil {
		t.Fatal(err)
	}
	for limit := 1; limit <= len(all)+1; limit++ {
		for name, c := range map[string]struct {
			want int
			next func(after string) (board.Page[board.Card], error)
		}{
			"my ideas": {len(all) + 1, func(after string) (board.Page[board.Card], error) {
				return w.MyIdeas(t.Context(), author, after, limit)
			}},
			"my votes": {len(all), func(after string) (board.Page[board.Card], error) { return w.MyVotes(t.Context(), voter, after, limit) }},
			"studio": {len(all), func(after string) (board.Page[board.Card], error) {
				return asCards(w.Studio(t.Context(), w.boss, board.StudioQuery{After: after, Limit: limit}))
			}},
			"studio, waits": {len(all), func(after string) (board.Page[board.Card], error) {
				return asCards(w.Studio(t.Context(), w.boss, board.StudioQuery{Waiting: true, After: after, Limit: limit}))
			}},
		} {
			got := idsOf(walk(t, limit, c.next))
			slices.Sort(got)
			if got = slices.Compact(got); len(got) != c.want {
				t.Errorf("%s by %d: %d ideas, want %d", name, limit, len(got), c.want)
			}
		}
	}
	for n, id := range all {
		w.adopt(id, "Lamp", []products.Stage{products.StageAdopted, products.StageLaunched}[n%2])
		w.idea(w.person(), ideas.Text{})
	}
	w.stand()
	w.db.MustExec(`UPDATE standings SET points = 1 + account_id % 2, month_points = 1 + account_id % 3`)
	for limit := 1; limit <= 8; limit++ {
		made := walk(t, limit, func(after string) (board.Page[board.Product], error) {
			return w.Products(t.Context(), accounts.Actor{}, after, limit)
		})
		if len(made) != len(all) {
			t.Errorf("%d products by %d, want %d", len(made), limit, len(all))
		}
		for _, month := range []bool{false, true} {
			people := walk(t, limit, func(after string) (board.Page[board.Ranked], error) {
				return w.People(t.Context(), month, after, limit)
			})
			seen := map[accounts.ID]bool{}
			for _, p := range people {
				seen[p.ID] = true
			}
			if len(people) != len(all)+2 || len(seen) != len(people) {
				t.Errorf("%d people by %d, %d of them different", len(people), limit, len(seen))
			}
		}
	}
}

func TestAPageHoldsOneToAHundred(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, limit := range []int{-1, 101} {
		for name, err := range map[string]error{
			"list":     second(w.List(t.Context(), w.boss, board.Query{Limit: limit})),
			"my ideas": second(w.MyIdeas(t.Context(), w.boss, "", limit)),
			"my votes": second(w.MyVotes(t.Context(), w.boss, "", limit)),
			"studio":   second(w.Studio(t.Context(), w.boss, board.StudioQuery{Limit: limit})),
			"people":   second(w.People(t.Context(), false, "", limit)),
			"products": second(w.Products(t.Context(), w.boss, "", limit)),
		} {
			if !errors.Is(err, board.ErrLimit) {
				t.Errorf("%s of %d: %v", name, limit, err)
			}
		}
	}
}

func second[T any](_ T, err error) error { return err }

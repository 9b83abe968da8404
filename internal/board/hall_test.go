package board_test

import (
	"slices"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

// handles are those of one part of the hall, page by page, with their places.
func (w *world) hall(h board.Hall) (list []string, places []int) {
	w.t.Helper()
	for {
		page, err := w.Hall(w.t.Context(), h)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, p := range page.Items {
			list, places = append(list, p.Handle), append(places, p.Rank)
		}
		if h.After = page.Next; h.After == "" {
			return list, places
		}
	}
}

func TestTheHallOfATopicCountsWhatWasEarnedThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.topic("kitchen", false)
	w.topic("garden", false)
	cook, both, gardener := w.person(), w.person(), w.person()
	w.adopt(w.idea(cook, ideas.Text{Topic: "kitchen"}), "Pan", products.StageLaunched)
	w.adopt(w.idea(both, ideas.Text{Topic: "kitchen"}), "Pot", products.StageAdopted)
	w.adopt(w.idea(both, ideas.Text{Topic: "garden"}), "Rake", products.StageAdopted)
	w.adopt(w.idea(gardener, ideas.Text{Topic: "garden"}), "Spade", products.StageAdopted)
	w.stand()

	if list, places := w.hall(board.Hall{Topic: "kitchen", Limit: 1}); !slices.Equal(list, []string{cook.Handle, both.Handle}) || !slices.Equal(places, []int{1, 2}) {
		t.Errorf("of the kitchen: %v %v", list, places)
	}
	if list, places := w.hall(board.Hall{Topic: "garden"}); len(list) != 2 || !slices.Contains(list, gardener.Handle) || !slices.Equal(places, []int{1, 1}) {
		t.Errorf("of the garden, where two are level: %v %v", list, places)
	}
	w.db.MustExec(`UPDATE ideas SET topic_id = (SELECT id FROM topics WHERE slug = 'garden') WHERE contributor_id = $1`, cook.ID)
	if list, _ := w.hall(board.Hall{Topic: "kitchen"}); !slices.Equal(list, []string{both.Handle}) {
		t.Errorf("of the kitchen, once an idea went to the garden: %v", list)
	}
	if list, _ := w.hall(board.Hall{Topic: "nowhere"}); len(list) != 0 {
		t.Errorf("of a topic that is not there: %v", list)
	}
}

func TestNewcomersHaveAHallAmongThemselves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old, fresh, hides := w.person(), w.person(), w.person()
	for _, who := range []accounts.Actor{old, fresh, hides} {
		w.adopt(w.idea(who, ideas.Text{}), "Lamp", products.StageAdopted)
	}
	w.db.MustExec(`UPDATE accounts SET created_at = now() - interval '91 days' WHERE id = $1`, old.ID)
	w.db.MustExec(`UPDATE accounts SET visibility = 'hidden' WHERE id = $1`, hides.ID)
	w.stand()
	if list, places := w.hall(board.Hall{Newcomers: true}); !slices.Equal(list, []string{fresh.Handle}) || places[0] != 1 {
		t.Errorf("newcomers: %v %v", list, places)
	}
	if list, _ := w.hall(board.Hall{Newcomers: true, Month: true}); !slices.Equal(list, []string{fresh.Handle}) {
		t.Errorf("newcomers of this month: %v", list)
	}
	page, err := w.Hall(t.Context(), board.Hall{Newcomers: true, After: "hall-true-true--9-9"})
	if fault.Of(err).Kind != fault.Invalid {
		t.Errorf("the place of another list: %v, %v", page, err)
	}
}

package board_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
	"prosumer/internal/products"
	"prosumer/internal/standing"
)

func TestTheHallOfFameRanksThoseWithPoints(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	best, tied, alsoTied, none, hides := w.person(), w.person(), w.person(), w.person(), w.person()
	imported, err := accounts.Imported(t.Context(), pg.Q(w.db), "madrid", "7", "Someone")
	if err != nil {
		t.Fatal(err)
	}
	w.adopt(w.idea(best, ideas.Text{}), "Lamp", products.StageLaunched)
	for _, who := range []accounts.Actor{tied, alsoTied, hides, accounts.As(accounts.Account{ID: imported}), w.boss} {
		w.adopt(w.idea(who, ideas.Text{}), "Lamp", products.StageAdopted)
	}
	w.idea(none, ideas.Text{})
	w.db.MustExec(`UPDATE accounts SET visibility = 'hidden' WHERE id = $1`, hides.ID)
	w.db.MustExec(`UPDATE accounts SET visibility = 'name' WHERE id = $1`, tied.ID)
	w.stand()
	w.db.MustExec(`UPDATE standings SET month_points = 0 WHERE account_id = $1`, best.ID)
	show := func(month bool) (list []string) {
		page, err := w.People(t.Context(), month, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page.Items {
			list = append(list, fmt.Sprintf("%d %s %d %s", p.Rank, p.Handle, p.Standing, p.Bio))
		}
		return list
	}
	second := []string{fmt.Sprintf(" %d ", standing.PointsAdopted), fmt.Sprintf("%s %d About me.", alsoTied.Handle, standing.PointsAdopted)}
	first := fmt.Sprintf("1 %s %d About me.", best.Handle, standing.PointsAdopted+standing.PointsLaunched)
	if diff := cmp.Diff([]string{first, "2 " + second[0], "2 " + second[1]}, show(false)); diff != "" {
		t.Errorf("of all time:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1 " + second[0], "1 " + second[1]}, show(true)); diff != "" {
		t.Errorf("this month:\n%s", diff)
	}
	for handle, rank := range map[string]int{best.Handle: 1, alsoTied.Handle: 2, none.Handle: 0, w.boss.Handle: 0} {
		p, err := w.Profile(t.Context(), accounts.Actor{}, handle, "")
		if err != nil || p.Rank != rank || p.RankedOf != 3 {
			t.Errorf("%s: rank %d of %d (%v), want %d", handle, p.Rank, p.RankedOf, err, rank)
		}
	}
}

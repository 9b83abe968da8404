package products_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/products"
)

func TestTheDatabaseHoldsTheSameMovesBetweenStages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var stored []string
	if err := w.db.Select(&stored, `SELECT from_stage || ' ' || to_stage FROM product_moves ORDER BY 1`); err != nil {
		t.Fatal(err)
	}
	var known []string
	for _, from := range products.Stages {
		for _, to := range from.Next(products.StageAdopted) {
			known = append(known, string(from+" "+to))
		}
	}
	slices.Sort(known)
	if diff := cmp.Diff(known, stored); diff != "" {
		t.Errorf("moves (-code +database):\n%s", diff)
	}
}

func TestAStoppedProductGoesOnWhereItStoppedOrLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.adopt(w.idea(w.person(), "A lamp"), products.Adoption{})
	for _, step := range []struct {
		to   products.Stage
		want error
	}{
		{products.Prototype, nil},
		{products.Stopped, nil},
		{products.Stopped, nil}, // it is there already
		{products.Designing, products.ErrStage},
		{products.Prototype, nil},
		{products.Stopped, nil},
		{products.Beta, nil},
	} {
		if err := w.stage(p.Slug, step.to); !errors.Is(err, step.want) {
			t.Errorf("to %s: %v, want %v", step.to, err, step.want)
		}
	}
}

func TestAStageIsKeptWithItsWordsAndTakenBackWithinTheHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.idea(w.person(), "A lamp")
	p := w.adopt(id, products.Adoption{})
	making := products.StageMaking
	if _, err := w.Change(t.Context(), w.boss, p.Slug, products.Change{Stage: &making, StageWords: " The first \u202e hundred. "}); err != nil {
		t.Fatal(err)
	}
	if n := w.count(`SELECT count(*) FROM product_stages WHERE product_id = $1 AND from_stage = 'adopted' AND stage = 'in_production' AND words = 'The first hundred.' AND actor_id = $2`, p.ID, w.boss.ID); n != 1 {
		t.Errorf("kept %d times", n)
	}
	if err := w.UndoStage(t.Context(), w.person(), p.Slug); !errors.Is(err, ideas.ErrTeamOnly) {
		t.Errorf("a member: %v", err)
	}
	if err := w.UndoStage(t.Context(), w.boss, p.Slug); err != nil {
		t.Fatal(err)
	}
	if got, err := w.BySlug(t.Context(), p.Slug); err != nil || got.Stage != products.StageAdopted || !got.StageAt.Equal(p.StageAt) || w.status(id) != ideas.Adopted {
		t.Errorf("product %s since %s, idea %s (%v)", got.Stage, got.StageAt, w.status(id), err)
	}
	if err := w.UndoStage(t.Context(), w.boss, p.Slug); !errors.Is(err, products.ErrNoUndo) {
		t.Errorf("the adoption itself: %v", err)
	}
	if err := w.stage(p.Slug, products.Beta); err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE product_stages SET at = at - interval '61 minutes' WHERE stage = 'beta'`)
	if err := w.UndoStage(t.Context(), w.boss, p.Slug); !errors.Is(err, ideas.ErrUndoOver) {
		t.Errorf("after its time: %v", err)
	}
}

// TestEveryStageIsToldOnceToEverybodyOfEveryIdea spreads what was told, as the
// relay does.
func TestEveryStageIsToldOnceToEverybodyOfEveryIdea(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben, cas := w.person(), w.person(), w.person()
	first, second := w.idea(ann, "A lamp"), w.idea(ben, "A lamp that dims")
	w.vote(cas, first)
	w.vote(cas, second)
	w.vote(ben, first)
	w.exec(`UPDATE accounts SET email = handle || '@example.org', email_key = handle || '@example.org'`)
	p := w.adopt(first, products.Adoption{})
	w.adopt(second, products.Adoption{Joins: p.Slug})
	if err := w.stage(p.Slug, products.StageLaunched); err != nil {
		t.Fatal(err)
	}
	w.spread()
	var told []struct {
		Kind string
		Who  string
		N    int
	}
	const query = `
		SELECT n.kind || ' ' || coalesce(n.data->>'stage', '') AS kind, a.handle AS who, count(*) AS n
		FROM notices n JOIN accounts a ON a.id = n.account_id WHERE n.kind IN ('stage_reached', 'verdict_asked') GROUP BY 1, 2`
	if err := w.db.Select(&told, query); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, row := range told {
		got[row.Kind+" "+row.Who] = row.N
	}
	want := map[string]int{
		"stage_reached adopted person-2": 1, "stage_reached adopted person-3": 2, "stage_reached adopted person-4": 2, // one of each idea
		"stage_reached launched person-2": 1, "stage_reached launched person-3": 1, "stage_reached launched person-4": 1,
		"verdict_asked  person-2": 1, "verdict_asked  person-3": 1, "verdict_asked  person-4": 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

// spread tells everybody what stands in the outbox.
func (w *world) spread() {
	w.t.Helper()
	teller := notices.NewService(w.db)
	for done := map[int64]bool{}; ; {
		var facts []struct {
			ID      int64
			Payload json.RawMessage
		}
		if err := w.db.Select(&facts, `SELECT id, payload FROM outbox WHERE topic = $1 ORDER BY id`, notices.TopicSpread); err != nil {
			w.t.Fatal(err)
		}
		before := len(done)
		for _, fact := range facts {
			if done[fact.ID] {
				continue
			}
			done[fact.ID] = true
			var page notices.Page
			if err := errors.Join(json.Unmarshal(fact.Payload, &page), teller.Spread(w.t.Context(), page)); err != nil {
				w.t.Fatal(err)
			}
		}
		if len(done) == before {
			return
		}
	}
}

func TestOnlyIdeasThatCanBeAdoptedAreAdopted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.person()
	cases := map[string]func(ideas.ID) error{
		"withdrawn": func(id ideas.ID) error { return w.ideas.Withdraw(t.Context(), ann, id) },
		"declined": func(id ideas.ID) error {
			_, err := w.ideas.Decide(t.Context(), w.boss, id, ideas.Decision{To: ideas.Declined, Answer: "No, sorry.", Reason: "timing"})
			return err
		},
	}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		id := w.idea(ann, "A lamp")
		if err := cases[name](id); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Adopt(t.Context(), w.boss, id, products.Adoption{}); err == nil {
			t.Errorf("%s: adopted", name)
		}
	}
	if n := w.count(`SELECT (SELECT count(*) FROM products) + (SELECT count(*) FROM product_stages)`); n != 0 {
		t.Errorf("%d rows of failed adoptions", n)
	}
}

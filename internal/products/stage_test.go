package products_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

func TestAStageTakesTheIdeasAlong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first, second := w.idea(w.person(), "A lamp"), w.idea(w.person(), "A lamp that dims")
	p := w.adopt(first, products.Adoption{})
	w.adopt(second, products.Adoption{Joins: p.Slug})
	for _, step := range []struct {
		to   products.Stage
		want ideas.Status
		err  error
	}{
		{products.Beta, ideas.Adopted, nil},
		{products.Designing, ideas.Adopted, products.ErrStage},
		{products.StageMaking, ideas.InProduction, nil},
		{products.Prototype, ideas.InProduction, products.ErrStage},
		{products.Stopped, ideas.InProduction, nil},
		{products.StageAdopted, ideas.InProduction, products.ErrStage},
		{products.StageLaunched, ideas.Launched, nil},
		{products.StageMaking, ideas.Launched, products.ErrStage},
	} {
		before, err := w.BySlug(t.Context(), p.Slug)
		if err != nil {
			t.Fatal(err)
		}
		err = w.stage(p.Slug, step.to)
		if !errors.Is(err, step.err) || err != nil && fault.Of(err).Text == "" {
			t.Errorf("to %s: %v, want %v", step.to, err, step.err)
		}
		if w.status(first) != step.want || w.status(second) != step.want {
			t.Errorf("to %s: ideas are %s and %s, want %s", step.to, w.status(first), w.status(second), step.want)
		}
		after, err := w.BySlug(t.Context(), p.Slug)
		if err != nil {
			t.Fatal(err)
		}
		if step.err == nil && (after.Stage != step.to || !after.StageAt.After(before.StageAt)) || step.err != nil && after != before {
			t.Errorf("to %s: product at %s since %s", step.to, after.Stage, after.StageAt)
		}
	}
}

func TestTheTeamEditsAProduct(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.adopt(w.idea(w.person(), "A lamp"), products.Adoption{})
	name, story, link, since := "  The Lamp ", "<p onclick=x()>Ready <script>1</script>soon.</p>", "https://shop.example.org/lamp", time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC)
	got, err := w.Change(t.Context(), w.boss, p.Slug, products.Change{Name: &name, Story: &story, ShopLink: &link, Provenance: &products.Provenance{PipelineSince: &since}})
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "The Lamp" || got.Story.String() != "<p>Ready soon.</p>" || got.ShopLink != link || !got.PipelineSince.Equal(since) || got.Slug != p.Slug || !got.StageAt.Equal(p.StageAt) {
		t.Errorf("%+v", got)
	}
	empty := ""
	if got, err = w.Change(t.Context(), w.boss, p.Slug, products.Change{ShopLink: &empty, Provenance: &products.Provenance{}}); err != nil || got.ShopLink != "" || got.PipelineSince != nil || got.Name != "The Lamp" {
		t.Errorf("%+v (%v)", got, err)
	}
}

func TestARefusedChangeNamesItsFields(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.adopt(w.idea(w.person(), "A lamp"), products.Adoption{})
	name, story, link, stage := " \u202e ", strings.Repeat("x", 1<<20), "javascript:alert(1)", products.Stage("sold")
	_, err := w.Change(t.Context(), w.boss, p.Slug, products.Change{Name: &name, Story: &story, ShopLink: &link, Stage: &stage})
	var fields []string
	for f := range fault.Of(err).Fields {
		fields = append(fields, f)
	}
	for _, want := range []string{"name", "story", "shop_link", "stage"} {
		if fault.Of(err).Fields[want] == "" {
			t.Errorf("no remedy for %s among %v", want, fields)
		}
	}
	for name, c := range map[string]struct {
		by   accounts.Actor
		slug string
		want error
	}{
		"visitor": {accounts.Actor{}, p.Slug, accounts.ErrSignIn},
		"member":  {w.person(), p.Slug, ideas.ErrTeamOnly},
		"missing": {w.boss, "none", products.ErrNotFound},
	} {
		if _, err := w.Change(t.Context(), c.by, c.slug, products.Change{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if after, err := w.BySlug(t.Context(), p.Slug); cmp.Diff(p.Name, after.Name) != "" || err != nil {
		t.Errorf("%+v (%v)", after, err)
	}
}

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

func TestAdoptingMakesAProductThatCreditsTheContributor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.person()
	id := w.idea(ann, "Een lámp die vouwt")
	since := time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC)
	p := w.adopt(id, products.Adoption{Answer: "We make it.", WhatFor: "the hinge", PipelineSince: &since})
	if p.Slug != "een-lamp-die-vouwt" || p.Name != "Een lámp die vouwt" || p.Stage != products.StageAdopted || p.Story.Empty() || !p.PipelineSince.Equal(since) {
		t.Errorf("product %+v", p)
	}
	if got := w.status(id); got != ideas.Adopted {
		t.Errorf("the idea is %s", got)
	}
	want := []products.Credit{{Account: ann.ID, Name: "person-2", Handle: "person-2", Role: "contributor", WhatFor: "the hinge"}}
	if diff := cmp.Diff(want, w.credits(p)); diff != "" {
		t.Errorf("credits (-want +got):\n%s", diff)
	}
	if found, err := w.BySlug(t.Context(), p.Slug); err != nil || found.ID != p.ID {
		t.Errorf("by slug: %+v (%v)", found, err)
	}
	if n := w.count(`SELECT count(*) FROM outbox WHERE topic = $1 AND payload->>'To' = 'adopted'`, ideas.TopicMoved); n != 1 {
		t.Errorf("announced %d times", n)
	}
}

func TestAnAdoptionThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.idea(w.person(), "A lamp that folds")
	for name, c := range map[string]struct {
		by   accounts.Actor
		a    products.Adoption
		want error
	}{
		"visitor":           {accounts.Actor{}, products.Adoption{}, accounts.ErrSignIn},
		"member":            {w.person(), products.Adoption{}, ideas.ErrTeamOnly},
		"moderator":         {w.person(accounts.Moderator), products.Adoption{}, ideas.ErrTeamOnly},
		"no such product":   {w.boss, products.Adoption{Joins: "none"}, products.ErrNotFound},
		"product of no sql": {w.boss, products.Adoption{Joins: "a\x00b"}, products.ErrNotFound},
		"name too long":     {w.boss, products.Adoption{Name: strings.Repeat("n", 121)}, fault.New(fault.Invalid, "invalid", "")},
		"credit too long":   {w.boss, products.Adoption{WhatFor: strings.Repeat("n", 201)}, fault.New(fault.Invalid, "invalid", "")},
	} {
		if _, err := w.Adopt(t.Context(), c.by, id, c.a); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := w.Adopt(t.Context(), w.boss, 9999, products.Adoption{}); !errors.Is(err, ideas.ErrNotFound) {
		t.Errorf("missing idea: %v", err)
	}
	if w.status(id) != ideas.Open || w.count(`SELECT (SELECT count(*) FROM products) + (SELECT count(*) FROM credits) + (SELECT count(*) FROM product_ideas)`) != 0 {
		t.Error("something of a failed adoption stayed")
	}
}

func TestAnIdeaIsAdoptedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.idea(w.person(), "A lamp that folds")
	w.adopt(id, products.Adoption{})
	if _, err := w.Adopt(t.Context(), w.boss, id, products.Adoption{}); !errors.Is(err, ideas.ErrMove) {
		t.Errorf("again: %v", err)
	}
	if n := w.count(`SELECT count(*) FROM products`); n != 1 {
		t.Errorf("%d products", n)
	}
}

func TestProductsOfOneNameHaveTheirOwnSlugs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var slugs []string
	for _, name := range []string{"Lamp", "LAMP", "lamp!", "Lamp 2", "???"} {
		slugs = append(slugs, w.adopt(w.idea(w.person(), "A lamp"), products.Adoption{Name: name}).Slug)
	}
	if diff := cmp.Diff([]string{"lamp", "lamp-2", "lamp-3", "lamp-2-2", "product"}, slugs); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
}

func TestAnIdeaThatJoinsTakesThePlaceOfItsProduct(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	p := w.adopt(w.idea(ann, "A lamp"), products.Adoption{})
	if err := w.Credit(t.Context(), w.boss, p.Slug, ben.ID, "the switch"); err != nil {
		t.Fatal(err)
	}
	if err := w.stage(p.Slug, products.StageMaking); err != nil {
		t.Fatal(err)
	}
	second := w.idea(ben, "A lamp that dims")
	if joined := w.adopt(second, products.Adoption{Joins: p.Slug, WhatFor: "the dimmer"}); joined.ID != p.ID {
		t.Errorf("joined %+v", joined)
	}
	if got := w.status(second); got != ideas.InProduction {
		t.Errorf("the idea is %s", got)
	}
	want := []products.Credit{
		{Account: ann.ID, Name: "person-2", Handle: "person-2", Role: "contributor"},
		{Account: ben.ID, Name: "person-3", Handle: "person-3", Role: "contributor", WhatFor: "the dimmer"},
	}
	if diff := cmp.Diff(want, w.credits(p)); diff != "" {
		t.Errorf("credits (-want +got):\n%s", diff)
	}
}

func TestALongStoryStaysWithItsProduct(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.person()
	idea, err := w.ideas.Propose(t.Context(), ann, 0, ideas.Text{Title: "Signs", Story: strings.Repeat("&", 60_000), Accept: true})
	if err != nil {
		t.Fatal(err) // its HTML is five times as long
	}
	if p := w.adopt(idea.ID, products.Adoption{}); p.Source != idea.Source || p.Story != idea.Story {
		t.Error("the product tells another story")
	}
}

func TestOnlyTheTeamCreditsCoCreators(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	p := w.adopt(w.idea(ann, "A lamp"), products.Adoption{})
	for name, c := range map[string]struct {
		err, want error
	}{
		"member":          {w.Credit(t.Context(), ann, p.Slug, ann.ID, ""), ideas.ErrTeamOnly},
		"visitor":         {w.Credit(t.Context(), accounts.Actor{}, p.Slug, ann.ID, ""), accounts.ErrSignIn},
		"no such product": {w.Credit(t.Context(), w.boss, "none", ann.ID, ""), products.ErrNotFound},
		"no such person":  {w.Credit(t.Context(), w.boss, p.Slug, 9999, ""), accounts.ErrNotFound},
		"co-creator":      {w.Credit(t.Context(), w.boss, p.Slug, ben.ID, " the\nswitch "), nil},
		"the contributor": {w.Credit(t.Context(), w.boss, p.Slug, ann.ID, "the idea"), nil},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v, want %v", name, c.err, c.want)
		}
	}
	got := w.credits(p)
	if len(got) != 2 || got[0].Role != "contributor" || got[0].WhatFor != "the idea" || got[1].Role != "co_creator" || got[1].WhatFor != "the switch" {
		t.Errorf("credits %+v", got)
	}
}

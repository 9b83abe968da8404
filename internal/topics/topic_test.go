package topics_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/pg/pgtest"
	"prosumer/internal/topics"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestTopicsStandInOrderAndAreRenamedBySlug(t *testing.T) {
	t.Parallel()
	s := topics.NewService(pgtest.New(t))
	put := func(topic topics.Topic, position int) topics.Topic {
		t.Helper()
		stored, err := s.Put(t.Context(), topic, position)
		if err != nil {
			t.Fatal(err)
		}
		return stored
	}
	bags := put(topics.Topic{Slug: "bags", NameEN: "Bags", NameNL: "Tassen"}, 2)
	put(topics.Topic{Slug: "garden", NameEN: "Garden", NameNL: "Tuin"}, 1)
	again := put(topics.Topic{Slug: "bags", NameEN: "Bags and cases", NameNL: "Tassen en koffers", Held: true}, 0)

	list, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []topics.Topic{again, {ID: list[1].ID, Slug: "garden", NameEN: "Garden", NameNL: "Tuin"}}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
	if again.ID != bags.ID || !list[0].Held {
		t.Errorf("renaming made another topic: %+v", list)
	}
	if en, nl := again.Name("en"), again.Name("nl"); en != "Bags and cases" || nl != "Tassen en koffers" {
		t.Errorf("names %q and %q", en, nl)
	}
}

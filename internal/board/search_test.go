package board_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/ideas"
)

func TestSearchFindsByStemByWordAndByPart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := map[string]ideas.ID{
		"bike":    w.titled("Een fiets voor de kinderen"),
		"english": w.titled("Folding chairs for small kitchens"),
		"spanish": w.titled("Más autobuses nocturnos en el barrio"),
		"accent":  w.titled("Crème brûlée torch"),
		"percent": w.titled("Now with 100% wool"),
		"tool":    w.titled("The snake_case ruler"),
		"slash":   w.titled(`Path C:\folder sign`),
		"story":   w.idea(w.boss, ideas.Text{Title: "Something else", Story: "<p>A <b>marmalade</b> dispenser for the wall.</p>"}),
	}
	for q, want := range map[string][]string{
		"fietsen":            {"bike"},
		"FIETS":              {"bike"},
		"kind":               {"bike"},
		"chair":              {"english"},
		"folded":             {"english"},
		"autobuses":          {"spanish"},
		"nocturnos":          {"spanish"},
		"mas":                {"spanish"},
		"creme":              {"accent"},
		"crème brulee":       {"accent"},
		"ûlée":               {"accent"},
		"octur":              {"spanish"},
		"itch":               {"english"},
		"marmalades":         {"story"},
		"malad":              {"story"},
		"fold chair":         {"english"},
		"kitchens marmalade": nil,
		"100%":               {"percent"},
		"%%%":                nil,
		"100％ wo":            {"percent"},
		"％％％":                nil,
		"___":                nil,
		"ake_ca":             {"tool"},
		"akeXca":             nil,
		`:\fol`:              {"slash"},
		`\\\`:                nil,
		"＼＼＼":                nil,
		"\u0301\u0301\u0301": nil,
		"xyzzy":              nil,
		"'); DROP":           nil,
		`"folding chairs"`:   {"english"},
		"a & b | !":          nil,
		"((":                 nil,
		"😀😀😀":                nil,
	} {
		got := w.list(accounts.Actor{}, board.Query{Q: q})
		var ids []ideas.ID
		for _, name := range want {
			ids = append(ids, id[name])
		}
		slices.Sort(got)
		if diff := cmp.Diff(ids, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", q, diff)
		}
	}
}

func TestWhatFitsBestComesFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	inTitle := w.titled("Bottle opener")
	inStory := w.idea(w.boss, ideas.Text{Title: "A longer name of something", Story: "There is also a bottle in this story, somewhere."})
	if diff := cmp.Diff([]ideas.ID{inTitle, inStory}, w.list(accounts.Actor{}, board.Query{Q: "bottle", Order: board.Newest})); diff != "" {
		t.Error(diff)
	}
}

// TestAWordOfTooManyIdeasFindsTheNewest lets a search look at fewer ideas than
// hold the word, which is too short to be looked for as part of another.
func TestAWordOfTooManyIdeasFindsTheNewest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.topic("home", false)
	var oxen []ideas.ID
	for _, word := range []string{"red", "green", "blue", "long", "round", "small"} {
		topic := ""
		if len(oxen) < 2 {
			topic = "home"
		}
		oxen = append(oxen, w.idea(w.boss, ideas.Text{Title: "A " + word + " ox", Topic: topic}))
	}
	for _, tc := range []struct {
		why                          string
		candidates, matching, newest int
		query                        board.Query
		want                         []ideas.ID
	}{
		{"all by the index", 6, 6, 0, board.Query{Q: "ox"}, oxen},
		{"two by the index", 2, 6, 0, board.Query{Q: "ox"}, oxen[4:]},
		{"two one by one", 2, 3, 2, board.Query{Q: "ox"}, oxen[4:]},
		{"those of a topic by the index", 6, 6, 0, board.Query{Q: "ox", Topic: "home"}, oxen[:2]},
		{"those of a topic one by one", 6, 0, 6, board.Query{Q: "ox", Topic: "home"}, oxen[:2]},
	} {
		w.Bound(tc.candidates, tc.matching, tc.newest)
		page, err := w.List(t.Context(), accounts.Actor{}, tc.query)
		if err != nil {
			t.Fatal(err)
		}
		found := make([]ideas.ID, len(page.Items))
		for i, c := range page.Items {
			found[i] = c.ID
		}
		slices.Sort(found)
		if !slices.Equal(found, tc.want) {
			t.Errorf("%s: found %v, want %v of %v", tc.why, found, tc.want, oxen)
		}
	}
}

func TestASearchIsAtMost200Characters(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := second(w.List(t.Context(), w.boss, board.Query{Q: " " + strings.Repeat("é", 200) + " "})); err != nil {
		t.Error(err)
	}
	tooLong := strings.Repeat("é", 201)
	if err := second(w.List(t.Context(), w.boss, board.Query{Q: tooLong})); !errors.Is(err, board.ErrSearch) {
		t.Errorf("list: %v", err)
	}
	if err := second(w.Studio(t.Context(), w.boss, board.StudioQuery{Q: tooLong})); !errors.Is(err, board.ErrSearch) {
		t.Errorf("studio: %v", err)
	}
}

func TestSimilarOffersOpenIdeasOfOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person(), w.person()
	lamp := w.idea(ann, ideas.Text{Title: "A folding lamp for the desk"})
	dutch := w.idea(ann, ideas.Text{Title: "Fietstas met een vak voor de laptop"})
	w.idea(ann, ideas.Text{Title: "Soup spoon"})
	closed := w.idea(ann, ideas.Text{Title: "A folding lamp for the bed"})
	w.decide(closed, ideas.Parked)
	for title, want := range map[string][]ideas.ID{
		"Folding desk lamp":                    {lamp},
		"folding lamps on a desk":              {lamp},
		"A foldng lmp for the desk":            {lamp},
		"fietstassen voor laptop":              {dutch},
		"A garden hose for the wall":           nil,
		"the for a":                            nil,
		"Een mand met een vak voor de hond":    nil,
		"Een mand met een deksel voor de hond": nil,
		"lam":                                  nil,
		"\x00lamp":                             {lamp},
		strings.Repeat("lamp ", 60):            nil,
		"a.example/?x=1&y=2 | !(":              nil,
	} {
		cards, err := w.Similar(t.Context(), ben, title)
		if diff := cmp.Diff(want, idsOf(cards)); diff != "" || err != nil {
			t.Errorf("%q: %v (-want +got):\n%s", title, err, diff)
		}
	}
	if own, err := w.Similar(t.Context(), ann, "Folding desk lamp"); len(own) != 0 || err != nil {
		t.Errorf("her own: %v (%v)", idsOf(own), err)
	}
}

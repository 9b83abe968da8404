package load

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"prosumer/internal/fault"
)

func TestASetIsWholeExactAndLoadedOnce(t *testing.T) {
	t.Parallel()
	s := services(t)
	o := SeedOptions{Ideas: 2_000, Votes: 20_000, Members: 1_000}

	done, err := Seed(t.Context(), s.DB, o)
	if err != nil || done.Ideas != 2_000 || done.Votes != 20_000 || done.Already {
		t.Fatalf("%+v, %v", done, err)
	}
	if found, err := s.Votes.Recount(t.Context(), false, func(int, int) {}); err != nil || len(found) > 0 {
		t.Errorf("the votes: %+v, %v", found, err)
	}
	for what, query := range map[string]string{
		"ideas that moved without a history": `SELECT count(*) FROM ideas i WHERE NOT EXISTS (
			SELECT 1 FROM idea_history h WHERE h.id = i.move_id AND h.idea_id = i.id AND h.to_status = i.status)`,
		"ideas without their people":       `SELECT count(*) FROM ideas i WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = i.contributor_id)`,
		"ideas without a topic":            `SELECT count(*) FROM ideas i WHERE NOT EXISTS (SELECT 1 FROM topics t WHERE t.id = i.topic_id)`,
		"moves that are not allowed":       `SELECT count(*) FROM idea_history h WHERE from_status IS NOT NULL AND NOT EXISTS (SELECT 1 FROM idea_moves m WHERE (m.from_status, m.to_status) = (h.from_status, h.to_status))`,
		"votes on one's own idea":          `SELECT count(*) FROM votes v JOIN ideas i ON i.id = v.idea_id AND i.contributor_id = v.voter_id`,
		"votes before the idea":            `SELECT count(*) FROM votes v JOIN ideas i ON i.id = v.idea_id AND v.cast_at < i.submitted_at`,
		"votes by nobody":                  `SELECT count(*) FROM votes v WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = v.voter_id)`,
		"recent votes without an event":    `SELECT count(*) FROM votes v WHERE cast_at >= vote_events_begin() AND NOT EXISTS (SELECT 1 FROM vote_events e WHERE e.idea_id = v.idea_id AND e.voter_id = v.voter_id)`,
		"ideas without a rank":             `SELECT count(*) FROM tallies t LEFT JOIN ranks r USING (idea_id) WHERE r.revision IS DISTINCT FROM t.revision`,
		"ideas without their place":        `SELECT count(*) FROM ideas i LEFT JOIN ranks r ON r.idea_id = i.id WHERE (r.status, r.topic_id) IS DISTINCT FROM (idea_listed(i.status, i.hidden), i.topic_id)`,
		"people who are listed or sign in": `SELECT count(*) FROM accounts WHERE email IS NOT NULL`,
	} {
		if n := count(t, s.DB, query); n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
	for what, query := range map[string]string{
		"statuses": `SELECT count(DISTINCT status) FROM ideas`, "topics": `SELECT count(DISTINCT topic_id) FROM ideas`, "events": `SELECT count(*) FROM vote_events`,
	} {
		if n := count(t, s.DB, query); n < 4 {
			t.Errorf("%d %s", n, what)
		}
	}

	done, err = Seed(t.Context(), s.DB, o)
	if err != nil || !done.Already || done.Ideas != 0 || count(t, s.DB, `SELECT count(*) FROM ideas`) != 2_000 {
		t.Errorf("second run: %+v, %v", done, err)
	}
	o.Votes++
	if _, err := Seed(t.Context(), s.DB, o); !errors.Is(err, ErrOtherSet) {
		t.Errorf("other numbers: %v", err)
	}
}

func TestRanksOfASetAreThoseTheRankerMakes(t *testing.T) {
	t.Parallel()
	s := services(t)
	if _, err := Seed(t.Context(), s.DB, SeedOptions{Ideas: 300, Votes: 3_000, Members: 500}); err != nil {
		t.Fatal(err)
	}
	exact(t, s.Votes)
	type rank struct {
		Idea     int64   `db:"idea_id"`
		Voters   int     `db:"voters"`
		Trending float64 `db:"trending"`
		Rising   float64 `db:"rising"`
	}
	read := func() (list []rank) {
		if err := s.DB.SelectContext(t.Context(), &list, `SELECT idea_id, voters, trending, rising FROM ranks ORDER BY idea_id`); err != nil {
			t.Fatal(err)
		}
		return list
	}
	mine := read()
	s.DB.MustExec(`DELETE FROM ranks`)
	if err := s.Ranker.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-6 }
	if !slices.EqualFunc(mine, read(), func(a, b rank) bool {
		return a.Idea == b.Idea && a.Voters == b.Voters && near(a.Trending, b.Trending) && near(a.Rising, b.Rising)
	}) {
		t.Error("the ranks differ")
	}
}

func TestASetThatWasStoppedGoesOn(t *testing.T) {
	t.Parallel()
	s := services(t)
	o := SeedOptions{Ideas: 7_000, Votes: 7_000, Members: 100}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	o.Progress = func(string, int, int) { stop() }
	first, err := Seed(ctx, s.DB, o)
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	o.Progress = nil
	second, err := Seed(t.Context(), s.DB, o)
	if err != nil || second.Ideas == 0 || second.Ideas == o.Ideas {
		t.Fatalf("%+v after %+v, %v", second, first, err)
	}
	if n, v := count(t, s.DB, `SELECT count(*) FROM ideas`), count(t, s.DB, `SELECT count(*) FROM votes`); n != 7_000 || v != 7_000 {
		t.Errorf("%d ideas and %d votes", n, v)
	}
	if found, err := s.Votes.Recount(t.Context(), false, func(int, int) {}); err != nil || len(found) > 0 {
		t.Errorf("the votes: %+v, %v", found, err)
	}
}

func TestIndexesPutAsideComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	s := services(t)
	all := func() (list []string) {
		const query = `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename IN ('ideas', 'votes', 'ranks') ORDER BY 1`
		if err := s.DB.SelectContext(t.Context(), &list, query); err != nil {
			t.Fatal(err)
		}
		return list
	}
	before := all()
	if put, err := putAside(t.Context(), s.DB); err != nil || !put {
		t.Fatal(put, err)
	}
	if len(all()) > len(before)-10 {
		t.Errorf("%d indexes of %d are left", len(all()), len(before))
	}
	if put, err := putAside(t.Context(), s.DB); err != nil || !put {
		t.Fatal("an interrupted load did not see that they are aside: ", put, err)
	}
	if err := putBack(t.Context(), s.DB, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(before, all()) {
		t.Errorf("%d indexes, were %d", len(all()), len(before))
	}
	if _, err := Seed(t.Context(), s.DB, SeedOptions{Ideas: 10, Votes: 10, Members: 10}); err != nil {
		t.Fatal(err)
	}
	if put, err := putAside(t.Context(), s.DB); err != nil || put {
		t.Error("the indexes of a board in use were put aside: ", put, err)
	}
}

func TestNumbersThatDoNotFitAreRefused(t *testing.T) {
	t.Parallel()
	for _, o := range []SeedOptions{
		{Ideas: 0},
		{Ideas: -1, Votes: 1},
		{Ideas: MaxSeedIdeas + 1},
		{Ideas: 1, Votes: -1},
		{Ideas: 1, Votes: MaxSeedVotes + 1},
		{Ideas: 10, Votes: 10, Members: 1},
		{Ideas: 10, Members: MaxMembers + 1},
		{Ideas: 10, Votes: 501, Members: 100},
	} {
		if _, err := Seed(t.Context(), nil, o); fault.Of(err).Code != ErrRange.Code {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestVotesAreSharedOutExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ideas, top := rapid.IntRange(1, 500).Draw(t, "ideas"), rapid.IntRange(1, 50).Draw(t, "top")
		votes, sum := rapid.IntRange(0, ideas*top).Draw(t, "votes"), 0
		for _, n := range powerLaw(ideas, votes, top) {
			if n < 0 || int(n) > top {
				t.Fatalf("%d votes on one idea", n)
			}
			sum += int(n)
		}
		if sum != votes {
			t.Fatalf("%d votes", sum)
		}
	})
}

func TestASetHoldsRareAndFrequentWords(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"nl", "en"} {
		words := Vocabulary(lang)
		if len(words) != vocabularySize || len(slices.Compact(slices.Sorted(slices.Values(words)))) != vocabularySize {
			t.Errorf("%s: %d words", lang, len(words))
		}
	}
	p := newPlan(SeedOptions{Ideas: 100, Votes: 1_000, Members: 200}, time.Now(), []int64{1})
	r := p.random(1)
	if title := p.tongues[0].title(r); len(title) < 3 || len(title) > 120 {
		t.Errorf("title %q", title)
	}
}

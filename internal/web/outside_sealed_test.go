package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"prosumer/internal/challenges"
)

func TestASealedTallyLeaksByNoWayOut(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	now := time.Now()
	round, err := s.page.Challenges.Create(t.Context(), challenges.Challenge{
		Slug: "lamps", Title: "Light for the night", Question: "What keeps you seen?", Ballot: challenges.Support, Sealed: challenges.UntilClose,
		Dates: challenges.Dates{Announced: now.Add(-9 * time.Hour), EntriesOpen: now.Add(-8 * time.Hour), EntriesClose: now.Add(-7 * time.Hour), VotingOpen: now.Add(-6 * time.Hour), VotingClose: now.Add(48 * time.Hour), Results: now.Add(72 * time.Hour)},
	})
	if err != nil {
		t.Fatal(err)
	}
	id := strings.TrimPrefix(o.open, "/ideas/")
	paths := []string{
		"/embed/ideas/" + id, "/embed/challenges/lamps", "/feeds/board.atom", "/feeds/board.json", "/feeds/challenges/lamps.atom", "/feeds/challenges/lamps.json",
		"/feeds/people/" + noor + "-x.json", "/feeds/ideas/" + id + ".atom", "/oembed?url=" + url.QueryEscape(home+o.open), o.open + slugged, o.open + "/share", o.open + "/poster",
	}
	card := "/cards/ideas/" + id + ".png"
	s.db.MustExec(`INSERT INTO tallies (idea_id, voters, revision) VALUES ($1, 87654, 1) ON CONFLICT (idea_id) DO UPDATE SET voters = 87654, revision = tallies.revision + 1`, id)
	told := 0
	for _, path := range paths {
		if strings.Contains(s.get(visitor, path).body, "87,654") {
			told++
		}
	}
	if told < 3 {
		t.Fatalf("only %d places tell the figure before it is sealed: this test looks for nothing", told)
	}
	open := s.get(visitor, card).Header.Get("Etag")

	s.db.MustExec(`UPDATE ideas SET challenge_id = $1 WHERE id = $2`, round.ID, id)
	sealed := s.get(visitor, card).Header.Get("Etag")
	s.db.MustExec(`UPDATE tallies SET voters = 98765, revision = revision + 1 WHERE idea_id = $1`, id)
	for _, who := range []string{visitor, noor, anna, piet} {
		for _, path := range paths {
			if got := s.get(who, path); who != anna && (strings.Contains(got.body, "98,765") || strings.Contains(got.body, "98765")) {
				t.Errorf("%s tells %q the sealed figure", path, who)
			} else if got.StatusCode != 200 {
				t.Errorf("%s as %q: %d", path, who, got.StatusCode)
			}
		}
		if got := s.get(who, card).Header.Get("Etag"); got != sealed || got == open {
			t.Errorf("the card follows the sealed figure: %s, %s, %s", open, sealed, got)
		}
	}
	if got := s.get(noor, o.open+"/share"); !strings.Contains(got.body, "once the votes are unsealed") {
		t.Error("a contributor is not told why the line is missing")
	}
	if got := s.get(visitor, "/embed/ideas/"+id); strings.Contains(got.body, "data-figure") || !strings.Contains(got.body, "sealed until") || strings.Contains(got.body, `data-topic="idea:`) {
		t.Error("the frame of a sealed idea is not sealed")
	} else if !strings.Contains(got.body, `data-opens="`+round.Dates.VotingClose.UTC().Format(time.RFC3339)+`"`) {
		t.Error("the frame does not know when its seal is lifted")
	}
}

func TestTheCodeOfALinkStandsInTheFormAndNothingElseDoes(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	for via, want := range map[string]bool{"abcdefghijk2": true, "x": false, "abcdefghijk%22%3E": false, "": false} {
		for _, who := range []string{visitor, piet} {
			body := s.get(who, o.open+slugged+"?via="+via).body
			if got := strings.Contains(body, `value="share:`); got != want {
				t.Errorf("via=%s as %q: %t", via, who, got)
			}
			if !strings.Contains(body, `<link rel="canonical" href="`+home+o.open+slugged+`"`) {
				t.Errorf("via=%s as %q has another canonical address", via, who)
			}
		}
	}
}

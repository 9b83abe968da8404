package pages_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"prosumer/internal/challenges"
)

// deckSite has the deck's addresses, and a challenge with entries of noor's.
func deckSite(t *testing.T, seal challenges.Seal, entries int) (*site, challenges.Challenge, string) {
	t.Helper()
	s := newSite(t)
	s.app.Get("/challenges/:slug/score", s.pages.DeckShow)
	s.app.Post("/challenges/:slug/score", s.pages.DeckCast)
	s.app.Post("/challenges/:slug/score/skip", s.pages.DeckSkip)
	s.app.Post("/challenges/:slug/score/undo", s.pages.DeckUndo)
	s.app.Post("/challenges/:slug/score/again", s.pages.DeckAgain)
	c := s.challenge(voting, seal)
	for range entries {
		s.enter(c)
	}
	return s, c, "/challenges/" + c.Slug + "/score"
}

// upOf is the entry that a page of the deck shows.
func upOf(doc *goquery.Document) string {
	return doc.Find("[data-deck-entry]").AttrOr("data-deck-entry", "")
}

// next follows the deck's answer to a form, which must go on.
func (s *site) next(who string, got answer) *goquery.Document {
	s.t.Helper()
	to := got.Header.Get("Location")
	if got.StatusCode != http.StatusSeeOther || to == "" {
		s.t.Fatalf("answered %d", got.StatusCode)
	}
	return read(s.t, s.get(who, to))
}

func (s *site) sights() (seen, skipped int) {
	s.t.Helper()
	if err := s.db.QueryRow(`SELECT count(*), count(skipped_at) FROM seen`).Scan(&seen, &skipped); err != nil {
		s.t.Fatal(err)
	}
	return seen, skipped
}

func TestADeckIsGoneThroughByPlainForms(t *testing.T) {
	t.Parallel()
	s, _, deck := deckSite(t, challenges.UntilClose, 3)
	doc := read(t, s.get(piet, deck))
	first := upOf(doc)
	if n, _ := s.sights(); n != 1 || first == "" {
		t.Fatalf("entry %q is up and %d are seen", first, n)
	}
	if again := upOf(read(t, s.get(piet, deck+"?entry="+first))); again != first {
		t.Errorf("loaded again, %s is up", again)
	}
	doc = s.next(piet, s.post(piet, deck, url.Values{"entry": {first}, "score": {"4"}, "would_buy": {"1"}}))
	second := upOf(doc)
	if second == first || strings.TrimSpace(doc.Find("[data-deck-figures]").Text()) != "1 of 3 scored" || doc.Find("progress").AttrOr("value", "") != "1" {
		t.Errorf("%s is up, %s", second, doc.Find(".deck-progress").Text())
	}
	var score int
	if err := s.db.Get(&score, `SELECT score FROM votes WHERE would_buy`); err != nil || score != 4 {
		t.Errorf("score %d, %v", score, err)
	}

	undo := doc.Find("[data-deck-undo] input[name=entry]").AttrOr("value", "")
	if doc = s.next(piet, s.post(piet, deck+"/undo", url.Values{"entry": {undo}})); upOf(doc) != first || !strings.Contains(doc.Find("[data-deck-figures]").Text(), "0 of 3") {
		t.Errorf("after the undo %s is up", upOf(doc))
	}
	doc = s.next(piet, s.post(piet, deck+"/skip", url.Values{"entry": {first}}))
	if n, skipped := s.sights(); n != 3 || skipped != 1 || upOf(doc) == first || upOf(doc) == second { // the one that nobody saw yet
		t.Errorf("after the skip %s is up, %d seen, %d skipped", upOf(doc), n, skipped)
	}
	if doc = s.next(piet, s.post(piet, deck+"/undo", url.Values{"entry": {first}})); upOf(doc) != first {
		t.Errorf("after undoing the skip %s is up", upOf(doc))
	}
	doc = s.next(piet, s.post(piet, deck+"/skip", url.Values{"entry": {first}}))
	for upOf(doc) != "" {
		doc = s.next(piet, s.post(piet, deck, url.Values{"entry": {upOf(doc)}, "score": {"2"}}))
	}
	if text := doc.Find(".deck-done").Text(); !strings.Contains(text, "You scored 2 of 3.") || !strings.Contains(text, "the one you skipped") {
		t.Errorf("at the end: %s", text)
	}
	if doc = s.next(piet, s.post(piet, deck+"/again", nil)); upOf(doc) != first {
		t.Errorf("again: %s is up, want the one that was skipped", upOf(doc))
	}
}

func TestAScriptThatAsksAheadSeesNothing(t *testing.T) {
	t.Parallel()
	s, _, deck := deckSite(t, challenges.Unsealed, 3)
	first := upOf(read(t, s.get(piet, deck)))
	known := first
	for range 2 {
		got := s.send(piet, httptest.NewRequest(http.MethodGet, deck+"?but="+known, http.NoBody))
		next := upOf(read(t, got))
		if got.StatusCode != 200 || next == "" || strings.Contains(known, next) {
			t.Fatalf("after %s came %q with %d", known, next, got.StatusCode)
		}
		known += "." + next
	}
	if left := upOf(read(t, s.send(piet, httptest.NewRequest(http.MethodGet, deck+"?but="+known, http.NoBody)))); left != "" {
		t.Errorf("then came %s", left)
	}
	if n, _ := s.sights(); n != 1 {
		t.Errorf("%d seen, want only the one that was shown", n)
	}
	fetched := httptest.NewRequest(http.MethodGet, deck+"?entry="+strings.Split(known, ".")[2], http.NoBody)
	fetched.Header.Set("Sec-Purpose", "prefetch")
	s.send(piet, fetched)
	if n, _ := s.sights(); n != 1 {
		t.Errorf("%d seen after a browser fetched in advance", n)
	}
	if got := s.post(piet, deck+"/skip", url.Values{"entry": {first}, "script": {"1"}}); got.StatusCode != http.StatusNoContent {
		t.Errorf("a script skips: %d", got.StatusCode)
	}
}

func TestARefusedScoreIsSaidAndNothingIsLost(t *testing.T) {
	t.Parallel()
	s, c, deck := deckSite(t, challenges.Unsealed, 2)
	first := upOf(read(t, s.get(piet, deck)))
	for _, score := range []string{"", "0", "6", "x"} {
		got := s.post(piet, deck, url.Values{"entry": {first}, "score": {score}, "would_buy": {"1"}})
		doc := read(t, got)
		if got.StatusCode != 422 || upOf(doc) != first || !strings.Contains(doc.Find("[data-deck-note]").Text(), "from 1 to 5") || doc.Find("input[name=would_buy][checked]").Length() != 1 {
			t.Errorf("%q answered %d, %s is up", score, got.StatusCode, upOf(doc))
		}
	}
	if got := s.post(noor, deck, url.Values{"entry": {first}, "score": {"5"}}); got.StatusCode != http.StatusForbidden || !strings.Contains(got.body, "your own") {
		t.Errorf("noor's own answered %d", got.StatusCode)
	}
	for _, entry := range []string{"", "0", "x", "404"} {
		if got := s.post(piet, deck+"/skip", url.Values{"entry": {entry}}); got.StatusCode != http.StatusNotFound {
			t.Errorf("entry %q skipped: %d", entry, got.StatusCode)
		}
	}
	s.db.MustExec(`UPDATE challenges SET voting_close_at = now() - interval '1 second' WHERE id = $1`, c.ID)
	got := s.post(piet, deck, url.Values{"entry": {first}, "score": {"5"}})
	if got.StatusCode != http.StatusConflict || !strings.Contains(got.body, "Voting in this challenge has closed.") {
		t.Errorf("too late: %d", got.StatusCode)
	}
}

func TestADeckOutsideOfVotingSaysWhereToGo(t *testing.T) {
	t.Parallel()
	s, _, _ := deckSite(t, challenges.Unsealed, 0)
	for name, test := range map[string]struct {
		c       challenges.Challenge
		entries int
		who     string
		want    string
	}{
		"before":       {s.challenge(waiting, challenges.Unsealed), 1, piet, "Voting has not opened yet"},
		"after":        {s.challenge(judging, challenges.Unsealed), 1, piet, "Voting closed on"},
		"without any":  {s.challenge(voting, challenges.Unsealed), 0, piet, "There is nothing to score yet"},
		"with my own":  {s.challenge(voting, challenges.Unsealed), 2, noor, "The only entries so far are your own"},
		"as a visitor": {s.challenge(voting, challenges.Unsealed), 1, visitor, "Your choice is kept while you sign in."},
		"as the team":  {s.challenge(voting, challenges.Unsealed), 1, anna, "your votes stand beside the count"},
	} {
		for range test.entries {
			s.enter(test.c)
		}
		got := s.get(test.who, "/challenges/"+test.c.Slug+"/score")
		if doc := read(t, got); !strings.Contains(got.body, test.want) || doc.Find(`a[href="/challenges/`+test.c.Slug+`"], a[href="/?challenge=`+test.c.Slug+`"]`).Length() == 0 {
			t.Errorf("%s: %s", name, doc.Find("main").Text())
		}
	}
	early := s.challenge(coming, challenges.Unsealed)
	if got := s.send(piet, httptest.NewRequest(http.MethodGet, "/challenges/"+early.Slug+"/score", http.NoBody)); got.StatusCode != 404 {
		t.Errorf("one that is not announced: %d", got.StatusCode)
	}
}

func TestAVisitorsChoiceInADeckIsCastOnceTheySignIn(t *testing.T) {
	t.Parallel()
	s, _, deck := deckSite(t, challenges.UntilVoted, 2)
	first := upOf(read(t, s.get(visitor, deck)))
	to, err := url.Parse(s.post(visitor, deck, url.Values{"entry": {first}, "score": {"3"}}).Header.Get("Location"))
	if err != nil || to.Path != "/sign-in" {
		t.Fatalf("sent to %s with %v", to, err)
	}
	got := s.post(visitor, "/sign-in", url.Values{"email": {"piet@example.org"}, "password": {"a long walk home"}, "next": {to.Query().Get("next")}, "keep": {"1"}})
	back, err := url.Parse(got.Header.Get("Location"))
	var score int
	if dberr := s.db.Get(&score, `SELECT score FROM votes`); err != nil || dberr != nil || back.Path != deck || score != 3 {
		t.Errorf("back to %s with a score of %d, %v", back, score, dberr)
	}
	for _, path := range []string{"/skip", "/undo", "/again"} {
		if to := s.post(visitor, deck+path, url.Values{"entry": {first}}).Header.Get("Location"); to != "/sign-in?next="+url.QueryEscape(deck) {
			t.Errorf("%s sends a visitor to %q", path, to)
		}
	}
}

func TestTheFrontPageMarksNewcomersAndSaysSo(t *testing.T) {
	t.Parallel()
	s, _, _ := deckSite(t, challenges.Unsealed, 0)
	for n := range 40 {
		id := strings.TrimPrefix(s.open(), "/ideas/")
		s.db.MustExec(`UPDATE ranks SET trending = $2 WHERE idea_id = $1`, id, 1000-n)
		if n < 30 {
			s.db.MustExec(`UPDATE exposures SET shown = 200, members = 100 WHERE idea_id = $1`, id)
		}
	}
	const sentence = "One card in 6 shows an idea that few have seen yet."
	if got := s.get(visitor, "/"); strings.Contains(got.body, sentence) || read(t, got).Find(".newcomer").Length() != 0 {
		t.Error("newcomers without the setting")
	}
	s.pages.Board.Newcomers(6)
	if got := s.get(visitor, "/"); !strings.Contains(got.body, sentence) || read(t, got).Find("li.idea .newcomer").Length() != 4 {
		t.Errorf("%d newcomers", read(t, got).Find("li.idea .newcomer").Length())
	}
	for _, path := range []string{"/?order=newest", "/?q=bag"} {
		if got := s.get(visitor, path); strings.Contains(got.body, sentence) || read(t, got).Find(".newcomer").Length() != 0 {
			t.Errorf("newcomers on %s", path)
		}
	}
}

// open makes an idea of noor's in no challenge.
func (s *site) open() string {
	s.t.Helper()
	path := s.enter(s.challenge(voting, challenges.Unsealed))
	s.db.MustExec(`UPDATE ideas SET challenge_id = NULL WHERE id = $1`, strings.TrimPrefix(path, "/ideas/"))
	return path
}

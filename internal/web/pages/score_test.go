package pages_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"prosumer/internal/challenges"
	"prosumer/internal/votes"
)

func read(t *testing.T, got answer) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// panel is what the vote panel of an idea's page shows of its figures.
func panel(t *testing.T, got answer) map[string]string {
	t.Helper()
	doc, shown := read(t, got), map[string]string{}
	for _, field := range []string{"mean", "of_scores", "score_5", "score_4", "would_buy", "buy_share", "staff"} {
		shown[field] = strings.TrimSpace(doc.Find(`.vote-panel [data-field="` + field + `"]`).Text())
	}
	shown["bar"] = doc.Find(`.vote-panel [data-score="4"]`).AttrOr("width", "")
	return shown
}

func TestAScoreIsGivenChangedAndTakenBackByThePlainForm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	idea := s.enter(s.challenge(voting, challenges.Unsealed))
	s.vote(anna, idea, 1)

	for _, step := range []struct {
		fields url.Values
		flash  string
		mine   string
		want   map[string]string
	}{
		{
			url.Values{"score": {"4"}, "act": {"cast"}},
			"voted", "4",
			map[string]string{"mean": "4.0", "of_scores": "mean of 1 score", "score_5": "0", "score_4": "1", "would_buy": "0", "buy_share": "0%", "staff": "1", "bar": "100"},
		},
		{
			url.Values{"score": {"5"}, "would_buy": {"1"}, "act": {"cast"}},
			"voted", "5",
			map[string]string{"mean": "5.0", "of_scores": "mean of 1 score", "score_5": "1", "score_4": "0", "would_buy": "1", "buy_share": "100%", "staff": "1", "bar": "0"},
		},
		{
			url.Values{"act": {"retract"}},
			"retracted", "",
			map[string]string{"mean": "–", "of_scores": "No scores yet", "score_5": "0", "score_4": "0", "would_buy": "0", "buy_share": "0%", "staff": "1", "bar": "0"},
		},
	} {
		got := s.post(piet, idea+"/vote", step.fields)
		if to := got.Header.Get("Location"); got.StatusCode != http.StatusSeeOther || !strings.HasSuffix(to, "flash="+step.flash) {
			t.Errorf("%v answered %d to %s", step.fields, got.StatusCode, to)
		}
		page := s.get(piet, idea)
		if diff := cmp.Diff(step.want, panel(t, page)); diff != "" {
			t.Errorf("after %v (-want +got):\n%s", step.fields, diff)
		}
		if mine := read(t, page).Find(`.score-form input[name=score][checked]`).AttrOr("value", ""); mine != step.mine {
			t.Errorf("after %v the score %q is chosen, want %q", step.fields, mine, step.mine)
		}
	}
}

func TestAFormWithoutAScoreThatCountsComesBackWithTheReason(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	idea := s.enter(s.challenge(voting, challenges.Unsealed))
	for _, score := range []string{"", "0", "6", "44", "x", "-1", "4.5", "٣"} {
		got := s.post(piet, idea+"/vote", url.Values{"score": {score}, "act": {"cast"}})
		if flash := read(t, got).Find(`.flash`).Text(); got.StatusCode != 422 || !strings.Contains(flash, "from 1 to 5") {
			t.Errorf("%q answered %d with %q", score, got.StatusCode, flash)
		}
	}
}

func TestAVisitorsScoreGoesWithThemThroughSigningIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	idea := s.enter(s.challenge(voting, challenges.Unsealed))

	got := s.post(visitor, idea+"/vote", url.Values{"score": {"3"}, "would_buy": {"1"}, "came_from": {"forum.example.org"}, "act": {"cast"}})

	to, err := url.Parse(got.Header.Get("Location"))
	if err != nil || to.Path != "/sign-in" {
		t.Fatalf("sent to %s with %v", to, err)
	}
	s.post(visitor, "/sign-in", url.Values{"email": {"piet@example.org"}, "password": {"a long walk home"}, "next": {to.Query().Get("next")}, "keep": {"1"}})
	var kept struct {
		Score    int
		WouldBuy bool `db:"would_buy"`
		Referrer string
	}
	if err := s.db.Get(&kept, `SELECT score, would_buy, coalesce(referrer, '') AS referrer FROM votes`); err != nil || kept.Score != 3 || !kept.WouldBuy || kept.Referrer != "forum.example.org" {
		t.Errorf("kept %+v with %v", kept, err)
	}
}

func TestWhereAMemberCameFromStandsInTheirFormsAndInNoVisitors(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	idea := s.get(piet, s.enter(s.challenge(voting, challenges.Unsealed))).Request.URL
	for referer, want := range map[string]string{
		"https://Forum.example.org:8443/t/1": "forum.example.org", "http://example.com/": "", "android-app://x.y": "", "%zz": "", "": "",
	} {
		for _, who := range []string{piet, visitor} {
			req := httptest.NewRequest(http.MethodGet, idea.Path, http.NoBody)
			req.Header.Set("Referer", referer)
			got := read(t, s.send(who, req)).Find(`.vote-panel input[name=came_from]`).AttrOr("value", "")
			if expected := map[bool]string{true: want}[who != visitor]; got != expected {
				t.Errorf("%q from %q: the form says %q, want %q", who, referer, got, expected)
			}
		}
	}
}

func TestASealedIdeaTellsNoFigureAndSaysUntilWhen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for seal, voterSees := range map[challenges.Seal]bool{challenges.UntilClose: false, challenges.UntilVoted: true} {
		c := s.challenge(voting, seal)
		idea := s.enter(c)
		s.vote(piet, idea, 4)
		for _, who := range []string{visitor, noor, piet, anna} {
			got := s.get(who, idea)
			mean := strings.TrimSpace(read(t, got).Find(`.vote-panel [data-field="mean"]`).Text())
			sees := who == piet && voterSees
			if sees != (mean == "4.0") || !sees && mean != "" {
				t.Errorf("%s: %q sees the mean %q", seal, who, mean)
			}
			line := read(t, got).Find(".vote-panel .sealed")
			_, hidden := line.Attr("hidden")
			if line.Length() != 1 || hidden != sees || line.AttrOr("data-until", "") != c.Dates.VotingClose.UTC().Format("2006-01-02T15:04:05Z") {
				t.Errorf("%s: %q sees the seal: %v, hidden %v", seal, who, line.Text(), hidden)
			}
			for field, text := range panel(t, got) {
				if !sees && text != "" && (field != "bar" || text != "0") {
					t.Errorf("%s: %q is told %s: %q", seal, who, field, text)
				}
			}
		}
		cards := read(t, s.get(visitor, "/?challenge="+c.Slug))
		if text := cards.Find(".idea .vote").Text(); cards.Find(".idea").Length() != 1 || strings.ContainsAny(text, "0123456789") || !strings.Contains(text, "Sealed") {
			t.Errorf("%s: the card says %q", seal, text)
		}
		if got := cards.Find(".controls .tabs").Text(); got != "NewestUnseen" {
			t.Errorf("%s: the orders are %q", seal, got)
		}
	}
}

func TestBeforeAndAfterTheVotingThePageSaysSoInsteadOfAsking(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for words, c := range map[string]challenges.Challenge{"Voting opens on": s.challenge(waiting, challenges.Unsealed), "Voting closed on": s.challenge(judging, challenges.UntilClose)} {
		doc := read(t, s.get(piet, s.enter(c)))
		if text := doc.Find(".vote-panel .refusal").Text(); !strings.Contains(text, words) || doc.Find(".vote-panel form").Length() != 0 {
			t.Errorf("want %q and no form, got %q", words, text)
		}
	}
}

func TestTheBoardOfAChallengeNamesItAndBeginsWithTheBestScore(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.challenge(voting, challenges.Unsealed)
	low, high := s.enter(c), s.enter(c)
	s.enter(s.challenge(voting, challenges.Unsealed))
	s.vote(piet, low, 2)
	s.vote(piet, high, 5)
	if err := votes.NewRanker(s.db, slog.New(slog.DiscardHandler)).CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}

	doc := read(t, s.get(piet, "/?challenge="+c.Slug))

	if h1 := doc.Find("h1").Text(); h1 != c.Title || !strings.Contains(doc.Find(".board-head").Text(), "Voting is open until") {
		t.Errorf("the heading is %q: %q", h1, doc.Find(".board-head").Text())
	}
	var order []string
	doc.Find(".idea h3 a").Each(func(_ int, a *goquery.Selection) {
		path, _, _ := strings.Cut(a.AttrOr("href", ""), "-")
		order = append(order, path)
	})
	if diff := cmp.Diff([]string{high, low}, order); diff != "" {
		t.Error(diff)
	}
	if tab := doc.Find(`.controls .tabs [aria-current]`).Text(); tab != "Best score" {
		t.Errorf("the order is %q", tab)
	}
	if mine := doc.Find(".idea .kind").First().Text(); mine != "You: 5" {
		t.Errorf("my own score shows as %q", mine)
	}
	front := read(t, s.get(visitor, "/?order=newest"))
	if strings.Contains(front.Find(".controls .tabs").Text(), "Best score") || !strings.Contains(front.Find(".controls .tabs").Text(), "Rising") {
		t.Errorf("outside a challenge the orders are %q", front.Find(".controls .tabs").Text())
	}
	if n := front.Find(`.idea a[href="/challenges/` + c.Slug + `"]`).Length(); n != 2 {
		t.Errorf("%d cards lead to their challenge, want 2", n)
	}
	secret := s.challenge(coming, challenges.Unsealed)
	if got := s.send(piet, httptest.NewRequest(http.MethodGet, "/?challenge="+secret.Slug, http.NoBody)); got.StatusCode != 404 {
		t.Errorf("a challenge that is not announced answers %d", got.StatusCode)
	}
	s.get(anna, "/?challenge="+secret.Slug)
}

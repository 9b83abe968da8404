package web_test

import (
	"net/url"
	"strings"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/products"
)

func TestTheDeskOfAProductIsTheTeams(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	for who, want := range map[string]int{visitor: 303, noor: 403, mo: 403, anna: 200, ada: 200} {
		if got := s.get(who, o.product+"/edit"); got.StatusCode != want {
			t.Errorf("%q gets %d, want %d", who, got.StatusCode, want)
		}
	}
	for path, fields := range map[string]url.Values{
		"/stage": {"stage": {"beta"}}, "/stage/undo": {}, "/credits": {"credit_handle": {noor + "-x"}, "credit_role": {"suggestion"}}, "/credits/remove": {"credit_handle": {noor + "-x"}},
		"/milestones": {"milestone_title": {"First"}, "milestone_on": {"2026-01-01"}}, "/milestones/1/remove": {}, "/rewards/terms": {"terms": {"<p>A tenth.</p>"}},
		"/rewards": {"reward_handle": {noor + "-x"}, "reward_text": {"A kettle"}, "reward_on": {"2026-01-01"}}, "/rewards/1/remove": {}, "/beta/close": {},
		"/beta": {"beta_words": {"Who tries our kettle?"}, "beta_closes": {"2199-01-01"}, "beta_places": {"3"}}, "/beta/testers": {"handle": {noor + "-x"}, "act": {"accept"}},
	} {
		for who, want := range map[string]int{visitor: 401, piet: 403, mo: 403} {
			if got := s.post(who, o.product+path, fields); got.StatusCode != want {
				t.Errorf("%s by %q: %d, want %d", path, who, got.StatusCode, want)
			}
		}
	}
}

func TestARefusedPartOfTheDeskComesBackWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	for path, tc := range map[string]struct {
		fields url.Values
		shown  string
	}{
		"/stage":      {url.Values{"stage": {"sold"}, "stage_words": {"Soon there."}}, "Soon there."},
		"/credits":    {url.Values{"credit_handle": {"no-one-here"}, "credit_role": {"suggestion"}, "credit_what_for": {"the spout"}}, `value="the spout"`},
		"/milestones": {url.Values{"milestone_title": {"x"}, "milestone_on": {"2026-02-31"}, "milestone_text": {"It pours."}}, "It pours."},
		"/rewards":    {url.Values{"reward_handle": {noor + "-x"}, "reward_text": {"A kettle"}, "reward_amount": {"ten"}, "reward_on": {"2026-01-01"}}, `value="ten"`},
		"/beta":       {url.Values{"beta_words": {"Who tries our kettle?"}, "beta_closes": {"2020-01-01"}, "beta_places": {"3"}}, "Who tries our kettle?"},
	} {
		got := s.post(anna, o.product+path, tc.fields)
		if got.StatusCode != 422 || !strings.Contains(got.body, tc.shown) || !strings.Contains(got.body, `role="alert"`) || !strings.Contains(got.body, `name="next" value="`+o.product) {
			t.Errorf("%s: %d, shows it %v", path, got.StatusCode, strings.Contains(got.body, tc.shown))
		}
	}
}

func TestARewardIsSeenByTheTeamAndByWhomItWasGivenTo(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	const gift = "A kettle with a handle on the left"
	got := s.post(anna, o.product+"/rewards", url.Values{"reward_handle": {noor + "-x"}, "reward_text": {gift}, "reward_amount": {"250"}, "reward_currency": {"EUR"}, "reward_on": {"2026-01-01"}})
	if got.StatusCode != 303 {
		t.Fatalf("recorded: %d", got.StatusCode)
	}
	for who, want := range map[string]bool{visitor: false, piet: false, mo: false, noor: true, anna: true} {
		if got := s.get(who, o.product); strings.Contains(got.body, gift) != want {
			t.Errorf("%q sees it: %v", who, !want)
		}
	}
}

func TestWhoHidesIsCreditedByNameWithoutALinkACertificateOrABadge(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	certificate, badge := o.product+"/certificate/"+noor+"-x", o.product+"/badge/"+noor+"-x.svg"
	name := s.people[noor].Name
	for _, path := range []string{o.product, certificate, badge} {
		if got := s.get(visitor, path); got.StatusCode != 200 || !strings.Contains(got.body, name) {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
	if got := s.get(visitor, o.product+"/certificate/"+piet+"-x"); got.StatusCode != 404 {
		t.Errorf("a certificate of somebody uncredited: %d", got.StatusCode)
	}
	profile := accounts.Profile{Name: name, Handle: noor + "-x", Lang: "en", Visibility: accounts.Hidden}
	if err := s.accounts.SetProfile(t.Context(), s.actor(noor), profile); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{visitor, piet, anna} {
		for _, path := range []string{certificate, badge} {
			if got := s.get(who, path); got.StatusCode != 404 || strings.Contains(got.body, name) {
				t.Errorf("%s for %q: %d", path, who, got.StatusCode)
			}
		}
	}
	if got := s.get(piet, o.product); !strings.Contains(got.body[strings.Index(got.body, `class="panel stack credits"`):], name) || strings.Contains(got.body, noor+"-x") {
		t.Error("the credits lead to somebody who hides, or do not name them")
	}
	if got := s.get(noor, certificate); got.StatusCode != 200 || !strings.Contains(got.body, name) {
		t.Errorf("their own: %d", got.StatusCode)
	}
	if got := s.get(noor, badge); got.StatusCode != 404 {
		t.Errorf("their badge: %d", got.StatusCode)
	}
}

func TestCustomersApplyReportAndJudgeWithoutScript(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	post := func(who, path string, want int, fields url.Values) {
		t.Helper()
		if got := s.post(who, o.product+path, fields); got.StatusCode != want {
			t.Errorf("%s by %q: %d, want %d", path, who, got.StatusCode, want)
		}
	}
	post(noor, "/beta/apply", 409, url.Values{"beta_words": {"Please."}})
	post(anna, "/beta", 303, url.Values{"beta_words": {"Who tries our kettle?"}, "beta_closes": {"2199-01-01"}, "beta_places": {"1"}})
	post(visitor, "/beta/apply", 401, url.Values{"beta_words": {"Please."}})
	post(noor, "/beta/apply", 303, url.Values{"beta_words": {"I have the sun."}})
	post(noor, "/beta/report", 403, url.Values{"report_rating": {"4"}, "report_body": {"It boils in an hour."}})
	post(anna, "/beta/testers", 303, url.Values{"handle": {noor + "-x"}, "act": {"accept"}})
	post(noor, "/beta/report", 422, url.Values{"report_rating": {"9"}, "report_body": {"short"}})
	post(noor, "/beta/report", 303, url.Values{"report_rating": {"4"}, "report_body": {"It boils in an hour."}, "report_public": {"1"}})
	post(noor, "/verdict", 409, url.Values{"verdict": {"kept_promise"}})
	launched := products.StageLaunched
	if _, err := s.products.Change(t.Context(), s.actor(anna), strings.TrimPrefix(o.product, "/made/"), products.Change{Stage: &launched}); err != nil {
		t.Fatal(err)
	}
	post(noor, "/verdict", 303, url.Values{"verdict": {"partly"}, "verdict_words": {"It boils, and slowly."}})
	got := s.get(visitor, o.product)
	for _, want := range []string{"Tested by 1 customer", "It boils in an hour.", "It boils, and slowly."} {
		if !strings.Contains(got.body, want) {
			t.Errorf("a visitor does not read %q", want)
		}
	}
	for _, not := range []string{o.product + "/verdict\"", o.product + "/beta/apply", o.product + "/edit"} {
		if strings.Contains(got.body, not) {
			t.Errorf("a visitor's page has the form of %s", not)
		}
	}
}

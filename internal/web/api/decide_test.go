package api_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/ideas"
	"prosumer/internal/web/api/wire"
)

func TestTheTeamAnswersDecidesAndCredits(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	idea := "/ideas/" + s.propose(ideas.Open)

	var answer wire.HistoryEntry
	s.want(201, anna, "POST", idea+"/answers", `{"answer_html":"<p onclick=x>We like this.</p>"}`).read(t, &answer)

	if answer.Kind != "answer" || *answer.AnswerHTML != "<p>We like this.</p>" || answer.By.Name != "Anna Visser" || !answer.Staff || answer.From != nil {
		t.Errorf("answered %+v", answer)
	}
	var result wire.DecisionResult
	s.want(200, anna, "POST", idea+"/decision", `{"status":"shortlisted","answer_html":"<p>We look closer.</p>"}`).read(t, &result)
	if result.Idea.Status != "shortlisted" || *result.Entry.From != "open" || result.Product != nil {
		t.Errorf("decided %+v", result)
	}
	body := `{"status":"adopted","answer_html":"<p>We make it.</p>","product_name":"Sunpot","provenance":{"kind":"pipeline","since":"2025-11-01"}}`
	s.want(200, anna, "POST", idea+"/decision", body).read(t, &result)
	made := result.Product
	if made == nil || made.Name != "Sunpot" || made.Provenance.Since.String() != "2025-11-01" || made.Stage != wire.StageAdopted || len(made.Ideas) != 1 {
		t.Fatalf("adopted as %+v", made)
	}
	handle, url := "noor-x", "/people/noor-x"
	credits := []wire.Credit{{Person: wire.PersonRef{Name: "Noor Bakker", Handle: &handle, URL: &url}, Role: wire.CreditRoleContributor}}
	if diff := cmp.Diff(credits, made.Credits); diff != "" {
		t.Errorf("credits (-want +got):\n%s", diff)
	}
	s.refused(409, "ideas.move", anna, "POST", idea+"/decision", `{"status":"declined","reason":"other","answer_html":"<p>No.</p>"}`)
	s.refused(409, "ideas.frozen", noor, "PATCH", idea, `{"title":"Another one"}`)

	second := "/ideas/" + s.propose(ideas.Open)
	s.want(200, anna, "POST", second+"/decision", `{"status":"adopted","answer_html":"<p>With it.</p>","product":"`+made.Slug+`"}`).read(t, &result)
	if len(result.Product.Ideas) != 2 || result.Product.Slug != made.Slug {
		t.Errorf("joined %+v", result.Product)
	}
}

func TestTheHistoryTellsWhoDidWhatAsStaff(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	idea := "/ideas/" + s.propose(ideas.Open)
	s.want(200, anna, "POST", idea+"/decision", `{"status":"needs_work","reason":"needs_detail","answer_html":"<p>How large?</p>"}`)
	s.want(200, noor, "PATCH", idea, `{"story_html":"<p>One litre, and it folds to a hand's width.</p>"}`)

	var list wire.HistoryList
	s.want(200, visitor, "GET", idea+"/history", "").read(t, &list)

	var told []string
	for _, e := range list.Items {
		line := string(e.To) + " " + e.By.Name
		if e.Staff {
			line += " as staff"
		}
		told = append(told, line)
	}
	want := []string{"draft Noor Bakker", "open Noor Bakker", "needs_work Anna Visser as staff", "open Noor Bakker"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	var page wire.HistoryList
	s.want(200, visitor, "GET", idea+"/history?limit=3", "").read(t, &page)
	if page.Next == nil || len(page.Items) != 3 {
		t.Fatalf("the first page is %+v", page)
	}
	s.want(200, visitor, "GET", idea+"/history?after="+*page.Next, "").read(t, &page)
	if len(page.Items) != 1 || page.Next != nil {
		t.Errorf("the second page is %+v", page)
	}
}

func TestAProductTakesItsIdeasAlong(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	product := "/products/" + s.adopt()

	var got wire.Product
	s.want(200, anna, "PATCH", product, `{"stage":"launched","name":"Sunpot","story_html":"<p>For balconies.</p>","shop_link":"https://shop.example.org/sunpot"}`).read(t, &got)

	if got.Stage != wire.StageLaunched || got.LaunchedAt == nil || got.Name != "Sunpot" || got.ShopLink == "" || got.Provenance.Kind != wire.ProvenanceKindNewToUs {
		t.Errorf("changed to %+v", got)
	}
	var list wire.IdeaList
	s.want(200, visitor, "GET", "/ideas?status=launched", "").read(t, &list)
	if len(list.Items) != 1 {
		t.Errorf("%d ideas are launched, want 1", len(list.Items))
	}
	s.refused(409, "products.stage", anna, "PATCH", product, `{"stage":"in_production"}`)
	s.want(404, anna, "PATCH", "/products/none", `{"stage":"beta"}`)
	var products wire.ProductList
	s.want(200, visitor, "GET", "/products", "").read(t, &products)
	if len(products.Items) != 1 || products.Items[0].URL != "/made/"+got.Slug {
		t.Errorf("made are %+v", products.Items)
	}
}

func TestATemplateKeepsWhatAChangeLeavesOut(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := "/answer-templates/" + s.template("Later")

	for _, step := range []struct {
		body           string
		lang           wire.Lang
		status, reason string
	}{
		{`{"lang":"nl"}`, "nl", "parked", "timing"},
		{`{"status":"declined"}`, "nl", "declined", "timing"},
		{`{"status":null,"reason":null}`, "nl", "", ""},
	} {
		var got wire.AnswerTemplate
		s.want(200, anna, "PATCH", path, step.body).read(t, &got)
		var status, reason string
		if got.Status != nil {
			status = string(*got.Status)
		}
		if got.Reason != nil {
			reason = string(*got.Reason)
		}
		if got.Name != "Later" || got.AnswerHTML != "<p>Thank you.</p>" || got.Lang != step.lang || status != step.status || reason != step.reason {
			t.Errorf("%s gave %+v", step.body, got)
		}
	}
	s.refused(422, "ideas.template_taken", anna, "POST", "/answer-templates", `{"name":"Later","answer_html":"<p>Again.</p>"}`)
	s.want(404, anna, "PATCH", "/answer-templates/999", `{"name":"X"}`)
	s.want(404, anna, "DELETE", "/answer-templates/999", "")
}

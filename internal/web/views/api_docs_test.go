package views_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"prosumer/internal/i18n"
	"prosumer/internal/web/views"
)

func readContract(t *testing.T) views.APIReference {
	t.Helper()
	spec, err := os.ReadFile("../api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	reference, err := views.ReadAPIReference(spec)
	if err != nil {
		t.Fatal(err)
	}
	return reference
}

func drawContract(t *testing.T, lang i18n.Lang) *goquery.Document {
	t.Helper()
	var page strings.Builder
	view := views.APIDocsView{Shell: views.Shell{Lang: lang}, API: readContract(t)}
	if err := views.APIDocs(view).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func operation(t *testing.T, id string) views.APIOperation {
	t.Helper()
	for _, g := range readContract(t).Groups {
		for _, op := range g.Operations {
			if op.ID == id {
				return op
			}
		}
	}
	t.Fatalf("no operation %s", id)
	return views.APIOperation{}
}

func TestEveryLinkInsideTheAPIPageLeadsSomewhere(t *testing.T) {
	for _, lang := range i18n.All {
		doc := drawContract(t, lang)
		ids := map[string]int{}
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[s.AttrOr("id", "")]++ })

		for id, n := range ids {
			if n > 1 {
				t.Errorf("%s: id %q stands %d times", lang, id, n)
			}
		}
		doc.Find(`a[href^="#"]`).Each(func(_ int, s *goquery.Selection) {
			if id := s.AttrOr("href", "")[1:]; ids[id] == 0 {
				t.Errorf("%s: %q leads nowhere", lang, id)
			}
		})
	}
}

func TestTheAPIPageShowsEveryOperationWithACommand(t *testing.T) {
	doc := drawContract(t, i18n.EN)

	shown := 0
	for _, g := range readContract(t).Groups {
		for _, op := range g.Operations {
			panel := doc.Find("article#" + op.ID)
			if !strings.Contains(panel.Find("pre").First().Text(), "curl \"$BOARD/api/v1/") {
				t.Errorf("%s has no command", op.ID)
			}
			shown++
		}
	}
	if got := doc.Find("article").Length(); shown == 0 || got != shown {
		t.Errorf("%d operations on the page, %d in the contract", got, shown)
	}
	if doc.Find("#main [style], #main script").Length() > 0 {
		t.Error("the page carries styles or scripts of its own")
	}
}

func TestACommandNamesMethodTokenAndBody(t *testing.T) {
	for id, want := range map[string]string{
		"castVote": `curl "$BOARD/api/v1/ideas/42/vote" \
  -X PUT \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -d '{
  "would_buy": true
}'`,
		"listIdeas": `curl "$BOARD/api/v1/ideas?status=open,under_review&topic=kitchen&q=solar"`,
		"signOut": `curl "$BOARD/api/v1/session" \
  -X DELETE \
  -b cookies.txt \
  -H "Origin: $BOARD"`,
		"uploadImage": `curl "$BOARD/api/v1/images" \
  -H "Authorization: Bearer $TOKEN" \
  -F image=@kettle.jpg`,
	} {
		if diff := cmp.Diff(want, operation(t, id).Curl); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
}

func TestExamplesAreJSONWithFieldsInTheOrderOfTheContract(t *testing.T) {
	for _, g := range readContract(t).Groups {
		for _, op := range g.Operations {
			for _, a := range op.Answers {
				if a.Example != "" && !json.Valid([]byte(a.Example)) {
					t.Errorf("%s %s: not JSON:\n%s", op.ID, a.Status, a.Example)
				}
				if a.Example == "" && a.Status != "204" && op.ID != "showSpec" {
					t.Errorf("%s %s has no example", op.ID, a.Status)
				}
			}
		}
	}

	example := operation(t, "castVote").Answers[0].Example

	at := 0
	for _, field := range []string{"vote", "score", "would_buy", "tally", "voters", "scores", "revision"} {
		next := strings.Index(example[at:], `"`+field+`"`)
		if next < 0 {
			t.Fatalf("%q is missing after the field before it:\n%s", field, example)
		}
		at += next
	}
}

func TestProseOfTheContractBecomesBlocks(t *testing.T) {
	reference, err := views.ReadAPIReference([]byte("openapi: 3.1.0\n" +
		"info: {title: T, version: '1', description: \"One `two`\\nthree.\\n\\n## Four\\n\\n- five\\n- six\\n\\n    {7}\\n\"}\npaths: {}\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []views.APIText{
		{Kind: "p", Spans: []views.APITextOf{{Words: "One "}, {Words: "two", Code: true}, {Words: " three."}}},
		{Kind: "h", Spans: []views.APITextOf{{Words: "Four"}}},
		{Kind: "li", Spans: []views.APITextOf{{Words: "five"}}},
		{Kind: "li", Spans: []views.APITextOf{{Words: "six"}}},
		{Kind: "pre", Spans: []views.APITextOf{{Words: "{7}"}}},
	}
	if diff := cmp.Diff(want, reference.Intro); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

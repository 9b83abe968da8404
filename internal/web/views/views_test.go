package views_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"prosumer/internal/i18n"
	"prosumer/internal/web/views"
)

// drawn renders every page in a language.
func drawn(t *testing.T, lang i18n.Lang) map[string]*goquery.Document {
	t.Helper()
	docs := map[string]*goquery.Document{}
	for name, page := range pages(t, lang) {
		var b bytes.Buffer
		if err := page.Render(t.Context(), &b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		doc, err := goquery.NewDocumentFromReader(&b)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		docs[name] = doc
	}
	return docs
}

func TestEveryPageIsSoundInBothLanguages(t *testing.T) {
	for _, lang := range i18n.All {
		for name, doc := range drawn(t, lang) {
			t.Run(string(lang)+"/"+name, func(t *testing.T) { checkPage(t, lang, doc) })
		}
	}
}

func checkPage(t *testing.T, lang i18n.Lang, doc *goquery.Document) {
	t.Helper()
	if n := doc.Find("h1").Length(); n != 1 {
		t.Errorf("%d h1", n)
	}
	if got := doc.Find("html").AttrOr("lang", ""); got != string(lang) {
		t.Errorf("lang = %q", got)
	}
	if doc.Find("main#main").Length() != 1 || doc.Find("a.skip").AttrOr("href", "") != "#main" {
		t.Error("no main landmark, or no way to skip to it")
	}
	if doc.Find("[style], style").Length() > 0 {
		t.Error("an inline style")
	}
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, el *goquery.Selection) {
		id := el.AttrOr("id", "")
		if ids[id] {
			t.Errorf("id %q stands twice", id)
		}
		ids[id] = true
	})
	doc.Find("*").Each(func(_ int, el *goquery.Selection) {
		for _, attr := range el.Nodes[0].Attr {
			if strings.HasPrefix(attr.Key, "on") {
				t.Errorf("inline handler %s", attr.Key)
			}
			if strings.HasPrefix(strings.ToLower(strings.TrimSpace(attr.Val)), "javascript:") {
				t.Errorf("script address in %s", attr.Key)
			}
		}
	})
	checkNames(t, doc, ids)
	checkHeadings(t, doc)
	doc.Find("form[method=post]").Each(func(_ int, form *goquery.Selection) {
		if form.Find("input[name=csrf]").Length() != 1 {
			t.Errorf("form %s without csrf", form.AttrOr("action", ""))
		}
	})
	doc.Find("script").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("src", "") == "" && s.AttrOr("type", "") != "application/json" {
			t.Error("inline script")
		}
	})
	if text := doc.Find("body").Text(); regexp.MustCompile(`\b(views|status|order|reason|stage)\.[a-z_]+`).MatchString(text) {
		t.Errorf("a key shows: %s", regexp.MustCompile(`\b(views|status|order|reason|stage)\.[a-z_.]+`).FindString(text))
	}
}

// checkNames wants a name for everything one can press, follow or fill in, and
// a target for everything that points.
func checkNames(t *testing.T, doc *goquery.Document, ids map[string]bool) {
	t.Helper()
	doc.Find("input, select, textarea").Not("[type=hidden]").Each(func(_ int, el *goquery.Selection) {
		id := el.AttrOr("id", "")
		labelled := el.AttrOr("aria-label", "") != "" || el.ParentsFiltered("label").Length() > 0 ||
			(id != "" && doc.Find(`label[for="`+id+`"]`).Length() > 0)
		if !labelled {
			t.Errorf("input %q has no label", el.AttrOr("name", ""))
		}
	})
	doc.Find("button, a[href], summary").Each(func(_ int, el *goquery.Selection) {
		if strings.TrimSpace(el.Text()) == "" && el.AttrOr("aria-label", "") == "" && el.Find("img[alt]:not([alt=''])").Length() == 0 {
			html, _ := goquery.OuterHtml(el)
			t.Errorf("nameless: %s", html)
		}
	})
	for _, attr := range []string{"aria-describedby", "aria-labelledby", "for"} {
		doc.Find("[" + attr + "]").Each(func(_ int, el *goquery.Selection) {
			for _, id := range strings.Fields(el.AttrOr(attr, "")) {
				if !ids[id] {
					t.Errorf("%s points at %q, which is not there", attr, id)
				}
			}
		})
	}
	doc.Find(".error-summary a").Each(func(_ int, el *goquery.Selection) {
		if id := strings.TrimPrefix(el.AttrOr("href", ""), "#"); !ids[id] {
			t.Errorf("the summary points at %q, which is not there", id)
		}
	})
}

func checkHeadings(t *testing.T, doc *goquery.Document) {
	t.Helper()
	level := 0
	doc.Find("main").Find("h1, h2, h3, h4").Not(".prose *").Each(func(_ int, h *goquery.Selection) {
		now := int(h.Nodes[0].Data[1] - '0')
		if level > 0 && now > level+1 {
			t.Errorf("heading %q skips a level", h.Text())
		}
		level = now
	})
}

func TestTheVoteBoxKeepsItsContract(t *testing.T) {
	doc := drawn(t, i18n.EN)["idea"]

	form := doc.Find(`.vote-panel form.vote-form[data-island="vote-box"]`)

	got := map[string]string{}
	for _, attr := range []string{"data-idea", "data-api", "method", "action"} {
		got[attr] = form.AttrOr(attr, "")
	}
	want := map[string]string{"data-idea": "42", "data-api": "/api/v1/ideas/42/vote", "method": "post", "action": "/ideas/42/vote"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if form.Find(`button.vote[name=act][value=cast][aria-pressed=false]`).Length() != 1 {
		t.Error("the button does not cast")
	}
	if form.Find(`input[name=next]`).AttrOr("value", "") != "/ideas/42-left-kettle" {
		t.Error("the way back is lost")
	}
	if doc.Find(`[data-tally="42"][data-field="voters"]`).First().Text() != "2,481" {
		t.Error("the tally is not marked")
	}
}

func TestAVisitorMayVoteAndAnOwnerMayNot(t *testing.T) {
	docs := drawn(t, i18n.EN)

	if docs["idea"].Find(".vote-panel button[disabled]").Length() != 0 {
		t.Error("the visitor's button is off")
	}
	if docs["idea mine"].Find(".vote-panel form").Length() != 0 || !strings.Contains(docs["idea mine"].Find(".refusal").Text(), "your own idea") {
		t.Error("the contributor can vote, or is not told why not")
	}
	if docs["idea voted"].Find(`.vote-panel button.vote[value=retract][aria-pressed=true]`).Length() != 1 {
		t.Error("a vote cannot be taken back")
	}
}

func TestPageDataCannotEndItsScript(t *testing.T) {
	var b bytes.Buffer
	if err := pages(t, i18n.EN)["board"].Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}

	var data struct {
		Lang     string
		SignedIn bool
		Texts    map[string]string
		Watch    []string
	}
	if err := json.Unmarshal([]byte(doc.Find("script#page").Text()), &data); err != nil {
		t.Fatal(err)
	}

	if data.Lang != "en" || data.SignedIn || data.Texts["islands.more"] != "</script>" || !slices.Equal(data.Watch, []string{"board"}) {
		t.Errorf("page data = %+v", data)
	}
}

func TestAddressesKeepWhatIsAskedAndNothingElse(t *testing.T) {
	for want, got := range map[string]string{
		"/":                                   views.BoardURL(views.BoardQuery{}),
		"/?order=newest&q=a+%26+b":            views.BoardURL(views.BoardQuery{Order: "newest", Q: "a & b"}),
		"/studio?waiting=1":                   views.StudioListURL(views.StudioQuery{Waiting: true}),
		"/ideas/42-kettle":                    views.IdeaURL(42, "kettle"),
		"/ideas/42":                           views.IdeaURL(42, ""),
		"/people/a%2Fb":                       views.PersonURL("a/b"),
		"/sign-in":                            views.SignInURL("/"),
		"/sign-in?next=%2Fideas%2F42%3Fa%3D1": views.SignInURL("/ideas/42?a=1"),
	} {
		if want != got {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

var (
	sentence = regexp.MustCompile(`\.T\("([^"]+)"`)
	hole     = regexp.MustCompile(`{{\s*\.(\w+)\s*}}`)
)

func TestEveryKeyTheTemplatesSayStandsInBothCatalogues(t *testing.T) {
	known := map[i18n.Lang]map[string]map[string]string{}
	for _, lang := range i18n.All {
		entries, err := i18n.Entries(os.DirFS("../../i18n"), lang)
		if err != nil {
			t.Fatal(err)
		}
		known[lang] = entries
	}
	names, err := fs.Glob(os.DirFS("."), "*.templ")
	if err != nil {
		t.Fatal(err)
	}
	code, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, code...) {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range sentence.FindAllStringSubmatch(string(source), -1) {
			if strings.HasSuffix(found[1], ".") || strings.HasSuffix(found[1], "_") {
				continue // the rest of the key is a value; the drawn pages cover those
			}
			for _, lang := range i18n.All {
				if known[lang][found[1]] == nil {
					t.Errorf("%s: %s has no %s", name, lang, found[1])
				}
			}
		}
	}
}

func TestBothCataloguesOfTheViewsHoldTheSameKeysAndHoles(t *testing.T) {
	en, err := i18n.Entries(os.DirFS("../../i18n"), i18n.EN)
	if err != nil {
		t.Fatal(err)
	}
	nl, err := i18n.Entries(os.DirFS("../../i18n"), i18n.NL)
	if err != nil {
		t.Fatal(err)
	}

	for _, pair := range [][2]map[string]map[string]string{{en, nl}, {nl, en}} {
		for key, forms := range pair[0] {
			if !strings.HasPrefix(key, "views.") && !strings.HasPrefix(key, "status.") && !strings.HasPrefix(key, "order.") {
				continue
			}
			other, ok := pair[1][key]
			if !ok {
				t.Errorf("%s stands in one language only", key)
				continue
			}
			if diff := cmp.Diff(holes(forms), holes(other)); diff != "" {
				t.Errorf("%s: %s", key, diff)
			}
		}
	}
}

func holes(forms map[string]string) []string {
	var names []string
	for _, found := range hole.FindAllStringSubmatch(forms["other"], -1) {
		names = append(names, found[1])
	}
	slices.Sort(names)
	return names
}

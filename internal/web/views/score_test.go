package views_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"prosumer/internal/i18n"
	"prosumer/internal/web/views"
)

func TestAMeanIsRoundedHalfUpInWholeNumbers(t *testing.T) {
	for _, tc := range []struct {
		scores             [5]int
		tenths, hundredths int
	}{
		{[5]int{1}, 10, 100},
		{[5]int{0, 0, 0, 0, 9}, 50, 500},
		{[5]int{0, 0, 0, 11, 9}, 45, 445},          // 4.45: half of a tenth goes up
		{[5]int{0, 0, 0, 551, 449}, 44, 445},       // 4.449: tenths are of the scores, not of rounded hundredths
		{[5]int{0, 0, 0, 1, 199}, 50, 500},         // 4.995: half of a hundredth goes up
		{[5]int{2, 1}, 13, 133},                    // 1.333…
		{[5]int{0, 0, 0, 0, 400_000_000}, 50, 500}, // no overflow
		{[5]int{7_648_620, 0, 0, 0, 1}, 10, 100},
	} {
		tenths, ok := views.MeanIn(10, tc.scores)
		hundredths, too := views.MeanIn(100, tc.scores)
		if !ok || !too || tenths != tc.tenths || hundredths != tc.hundredths {
			t.Errorf("%v means %d tenths and %d hundredths, want %d and %d", tc.scores, tenths, hundredths, tc.tenths, tc.hundredths)
		}
	}
	if _, ok := views.MeanIn(10, [5]int{}); ok {
		t.Error("no scores have a mean")
	}
}

func TestTheScoreBoxKeepsItsContract(t *testing.T) {
	docs := drawn(t, i18n.NL)
	form := docs["idea my score"].Find(`.vote-panel form.score-form[data-island="score-box"]`)
	got := map[string]string{}
	for _, attr := range []string{"data-idea", "data-api", "data-mine", "method", "action"} {
		got[attr] = form.AttrOr(attr, "")
	}
	want := map[string]string{"data-idea": "42", "data-api": "/api/v1/ideas/42/vote", "data-mine": "4", "method": "post", "action": "/ideas/42/vote"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := form.Find(`fieldset legend`).Length(); n != 1 || form.Find(`input[type=radio][name=score][required]`).Length() != 5 {
		t.Error("the scores are no group of five with a name")
	}
	if form.Find(`input[name=score][checked]`).AttrOr("value", "") != "4" || form.Find(`input[name=came_from]`).AttrOr("value", "") != "forum.example.org" {
		t.Error("my score, or where I came from, is lost")
	}
	if first := form.Find("button[name=act]").First(); first.AttrOr("value", "") != "cast" {
		t.Error("Enter in a field does not cast")
	}
	if _, hidden := form.Find("button[value=retract][formnovalidate]").Attr("hidden"); hidden {
		t.Error("my score cannot be taken back")
	}
	panel := docs["idea scored"].Find(".vote-panel")
	shown := map[string]string{}
	panel.Find("[data-field]").Each(func(_ int, el *goquery.Selection) { shown[el.AttrOr("data-field", "")] = el.Text() })
	panel.Find("[data-bar]").Each(func(_ int, el *goquery.Selection) { shown["bar_"+el.AttrOr("data-score", "")] = el.AttrOr("width", "") })
	figures := map[string]string{
		"mean": "4,4", "of_scores": "gemiddelde van 1.204 cijfers", "would_buy": "412", "buy_share": "34%", "staff": "4",
		"score_1": "10", "score_2": "44", "score_3": "150", "score_4": "300", "score_5": "700",
		"bar_1": "1", "bar_2": "6", "bar_3": "21", "bar_4": "43", "bar_5": "100",
	}
	if diff := cmp.Diff(figures, shown); diff != "" {
		t.Error(diff)
	}
}

func TestASealedPanelHoldsTheFrameOfItsFiguresAndNoFigure(t *testing.T) {
	docs := drawn(t, i18n.EN)
	for _, name := range []string{"idea sealed", "idea sealed too"} {
		panel := docs[name].Find(".vote-panel")
		panel.Find("[data-field]").Each(func(_ int, el *goquery.Selection) {
			if strings.TrimSpace(el.Text()) != "" {
				t.Errorf("%s tells %s: %s", name, el.AttrOr("data-field", ""), el.Text())
			}
		})
		panel.Find(`[data-open="42"]`).Each(func(_ int, el *goquery.Selection) {
			if _, hidden := el.Attr("hidden"); !hidden {
				t.Errorf("%s shows an empty frame", name)
			}
		})
		line := panel.Find(`[data-sealed="42"]`)
		if _, hidden := line.Attr("hidden"); hidden || line.Length() != 1 || panel.Find("form").Length() != 1 {
			t.Errorf("%s does not say that it is sealed, or takes no vote", name)
		}
	}
}

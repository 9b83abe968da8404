package ideas_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/ideas"
)

func TestAFieldIsFilledWithWordsNotMarkup(t *testing.T) {
	values := map[string]string{"contributor": `Bobby <script>alert(1)</script> & "Co"`, "size": "30 {title}", "title": "Kettle", "empty": " "}
	for source, want := range map[string]string{
		"<p>Dear {contributor},</p>":                      "<p>Dear Bobby &lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;Co&#34;,</p>",
		"Plain {title} & more":                            "<p>Plain Kettle &amp; more</p>",
		"<p>{unknown} {empty} {Title} {1} {}</p>":         "<p>{unknown} {empty} {Title} {1} {}</p>",
		"no field, a < b":                                 "no field, a < b",
		"<p>It must fit {size}</p>":                       "<p>It must fit 30 {title}</p>",
		`<p><a href="https://x.example/">{title}</a></p>`: "Kettle</a></p>",
	} {
		if got := ideas.FillFields(source, values); got != want && !strings.HasSuffix(got, want) {
			t.Errorf("%q becomes %q, want %q", source, got, want)
		}
	}
	if diff := cmp.Diff([]string{"contributor", "size"}, ideas.FieldsIn("<p>{contributor} {si<b>ze</b>} {contributor}</p>")); diff != "" {
		t.Error(diff)
	}
}

func TestATextAsksForSoManyFieldsAndNoMore(t *testing.T) {
	t.Parallel()
	var long strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&long, "{f%d}", i)
	}
	if n := len(ideas.FieldsIn(long.String())); n != 20 {
		t.Errorf("%d fields, not 20", n)
	}
}

func TestAnAnswerWithAnEmptyFieldIsNotPublished(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.propose(t)
	wantField(t, b.Answer(t.Context(), b.eva, idea.ID, "<p>It must be smaller than {size}.</p>"), "answer", "ideas.field_left")
	_, err := b.Decide(t.Context(), b.eva, idea.ID, ideas.Decision{To: ideas.Declined, Reason: "timing", Answer: "Dear {contributor}"})
	wantField(t, err, "answer", "ideas.field_left")
	if n := b.count(t, `SELECT count(*) FROM idea_history WHERE idea_id = $1 AND answer_html <> ''`, idea.ID); n != 0 {
		t.Errorf("%d answers are published", n)
	}
}

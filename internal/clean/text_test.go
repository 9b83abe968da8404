package clean_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"prosumer/internal/clean"
)

func story(t *testing.T, source string) clean.HTML {
	t.Helper()
	h, err := clean.Story(source)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestTextPartsBlocksAndJoinsMarks(t *testing.T) {
	h := story(t, `<h2>Lamp</h2><p>It b<b>en</b>ds<br>well</p><ul><li>a &amp; b</li><li>c</li></ul><table><tr><td>1</td><td>2</td></tr></table>`)
	if got, want := clean.Text(h), "Lamp It bends well a & b c 1 2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestExcerptEndsAtAWord(t *testing.T) {
	for _, c := range []struct {
		in    string
		runes int
		want  string
	}{
		{"A lamp, bent", 20, "A lamp, bent"},
		{"A lamp, bent", 12, "A lamp, bent"},
		{"A lamp, bent", 11, "A lamp…"},
		{"Onafgebrokenheid", 5, "Onaf…"},
		{"你好世界你好世界", 4, "你好世…"},
		{"aa👨‍👩‍👧bb", 5, "aa…"},
		{"abc", 0, ""},
	} {
		if got := clean.Excerpt(clean.Plain(c.in), c.runes); got != c.want {
			t.Errorf("Excerpt(%q, %d) = %q, want %q", c.in, c.runes, got, c.want)
		}
	}
}

func TestImagesComeInOrder(t *testing.T) {
	const other = "/media/cd/fedcba9876543210.png"
	h := story(t, `<img src="`+other+`"><p><img src="https://e.example/x.png">a<img src="`+picture+`"></p><img src="`+other+`">`)
	if diff := cmp.Diff([]string{other, picture, other}, clean.Images(h)); diff != "" {
		t.Error(diff)
	}
}

func TestPlainMakesParagraphsBreaksAndLinks(t *testing.T) {
	link := func(href string) string {
		return `<a href="` + href + `" rel="nofollow ugc noopener noreferrer">` + href + `</a>`
	}
	for in, want := range map[string]string{
		"":                                  "",
		" \n\n ":                            "",
		"one":                               "<p>one</p>",
		"one\r\ntwo\r\n \r\n\r\nthree":      "<p>one<br/>two</p><p>three</p>",
		"2 < 3 & \"x\"":                     "<p>2 &lt; 3 &amp; &#34;x&#34;</p>",
		"see https://e.example/a.":          "<p>see " + link("https://e.example/a") + ".</p>",
		"(https://e.example/a_(b))":         "<p>(" + link("https://e.example/a_(b)") + ")</p>",
		"https://u:p@e.example/":            "<p>https://u:p@e.example/</p>",
		"javascript:alert(1) //e.example":   "<p>javascript:alert(1) //e.example</p>",
		"https:// https://e.example, http:": "<p>https:// " + link("https://e.example") + ", http:</p>",
	} {
		if got := clean.Plain(in).String(); got != want {
			t.Errorf("Plain(%q)\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestLineIsOneVisibleLine(t *testing.T) {
	for in, want := range map[string]string{
		"  A\tlamp\r\n bent ":      "A lamp bent",
		"a\x00b\u202ec\xffd\u2066": "abcd",
		"a\u2028b\u0085c\u00a0d":   "a b c d",
		"\u200b\u3164 \u200d":      "",
		"👨‍👩‍👧 <b>":                "👨‍👩‍👧 <b>",
	} {
		if got := clean.Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLineOfALineIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := clean.Line(rapid.String().Draw(t, "typed"))
		if again := clean.Line(once); again != once {
			t.Fatalf("%q then %q", once, again)
		}
		if !clean.ValidText(once) || strings.ContainsAny(once, "\n\r\t") {
			t.Fatalf("%q", once)
		}
	})
}

func TestExcerptNeverExceedsItsLength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "runes")
		got := clean.Excerpt(clean.Plain(rapid.String().Draw(t, "typed")), n)
		if utf8.RuneCountInString(got) > n || !utf8.ValidString(got) {
			t.Fatalf("%q is over %d", got, n)
		}
	})
}

func TestValidTextRefusesNULAndBrokenUTF8(t *testing.T) {
	for in, want := range map[string]bool{"": true, "é\n": true, "a\x00": false, "a\xff": false} {
		if got := clean.ValidText(in); got != want {
			t.Errorf("ValidText(%q) = %v", in, got)
		}
	}
}

func TestHTMLGoesThroughTheDatabaseUnchanged(t *testing.T) {
	h := story(t, "<p>a</p>")
	stored, err := h.Value()
	if err != nil {
		t.Fatal(err)
	}
	for _, column := range []any{stored, []byte("<p>a</p>")} {
		var back clean.HTML
		if err := back.Scan(column); err != nil || !back.Equal(h) {
			t.Errorf("%v came back as %q (%v)", column, back, err)
		}
	}
	var back clean.HTML
	if err := back.Scan(nil); err != nil || !back.Equal(clean.HTML{}) {
		t.Errorf("null came back as %q (%v)", back, err)
	}
	if err := back.Scan(3); err == nil {
		t.Error("a number was read as HTML")
	}
}

func TestEmptyMeansNothingToSee(t *testing.T) {
	for source, want := range map[string]bool{
		"": true, "<p></p>": true, "<p>\u200b<br></p><hr>": true, "<p>a</p>": false, `<img src="` + picture + `">`: false,
	} {
		if got := story(t, source).Empty(); got != want {
			t.Errorf("%q: Empty is %v", source, got)
		}
	}
	if !(clean.HTML{}).Empty() {
		t.Error("the zero value is not empty")
	}
}

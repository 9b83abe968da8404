package clean_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
)

const picture = "/media/ab/0123456789abcdef.webp"

func TestStoryKeepsWhatTheEditorWrites(t *testing.T) {
	const rel = ` rel="nofollow ugc noopener noreferrer"`
	for name, c := range map[string]struct{ in, want string }{
		"marks":            {"<p>A <strong>b</strong> <em>c</em> <s>d</s> <u>e</u></p>", "<p>A <strong>b</strong> <em>c</em> <s>d</s> <u>e</u></p>"},
		"nested lists":     {"<ul><li>a<ol start=\"3\"><li>b</li></ol></li></ul>", "<ul><li>a<ol start=\"3\"><li>b</li></ol></li></ul>"},
		"code":             {"<pre><code class=\"language-go\">a &lt; b\n\tc</code></pre>", "<pre><code class=\"language-go\">a &lt; b\n\tc</code></pre>"},
		"break and rule":   {"<p>a<br>b</p><hr>", "<p>a<br/>b</p><hr/>"},
		"link":             {`<p><a href="https://e.example/a?b=1&amp;c=2#d">l</a></p>`, `<p><a href="https://e.example/a?b=1&amp;c=2#d"` + rel + `>l</a></p>`},
		"link with at":     {`<a href="https://e.example/@maker">l</a>`, `<a href="https://e.example/@maker"` + rel + `>l</a>`},
		"link in Cyrillic": {`<a href="https://пример.example/">l</a>`, `<a href="https://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.example/"` + rel + `>l</a>`},
		"mail":             {`<a href="mailto:a.b@e.example">m</a>`, `<a href="mailto:a.b@e.example"` + rel + `>m</a>`},
		"picture":          {`<img src="` + picture + `" alt="A &lt; B" width="640">`, `<img src="` + picture + `" alt="A &lt; B" width="640"/>`},
		"picture, no alt":  {`<img src="` + picture + `">`, `<img src="` + picture + `" alt=""/>`},
		"table":            {`<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>`, `<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>`},
		"family":           {"<p>👨‍👩‍👧 नमस्ते مرحبا</p>", "<p>👨‍👩‍👧 नमस्ते مرحبا</p>"},
		"empty paragraph":  {"<p></p>", "<p></p>"},
		"written script":   {"<p>&lt;script&gt;x&lt;/script&gt;</p>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := clean.Story(c.in)
			if err != nil || got.String() != c.want {
				t.Errorf("got %s (%v)\nwant %s", got, err, c.want)
			}
		})
	}
}

func TestStoryTakesOutWhatHarms(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"script":             {"<p>a<script>alert(1)</script></p>", "<p>a</p>"},
		"split by NUL":       {"a<scr\x00ipt>alert(1)</scr\x00ipt>", "a"},
		"handler":            {`<p onclick="x()" id="a" class="b" style="c" data-x="d">a</p>`, "<p>a</p>"},
		"script link":        {`<a href="java&#10;script:alert(1)">a</a>`, "a"},
		"user in link":       {`<a href="https://bank.example@evil.example">a</a>`, "a"},
		"backslash link":     {`<a href="https:\\evil.example">a</a>`, "a"},
		"relative link":      {`<a href="/logout">a</a>`, "a"},
		"mail with copies":   {`<a href="mailto:a@e.example?bcc=b@e.example">a</a>`, "a"},
		"foreign picture":    {`a<img src="https://e.example/x.png">`, "a"},
		"climbing picture":   {`a<img src="/media/../logout">`, "a"},
		"stray end tags":     {"a</li></ul></div>b", "ab"},
		"orphan item":        {"<li>a</li>", "<div>a</div>"},
		"orphan caption":     {"<figcaption>a</figcaption>", "<div>a</div>"},
		"orphan definitions": {"<dt>a</dt><dd>b</dd>", "<div>a</div><div>b</div>"},
		"orphan row":         {"<tr><td>a</td></tr>", "a"},
		"open mark":          {"<b>a", "<b>a</b>"},
		"comment":            {"a<!-- b -->c", "ac"},
		"svg":                {"<svg><style><img src=x onerror=alert(1)></style></svg>a", "a"},
		"bidi by entity":     {"<p>a&#x202e;b</p>", "<p>ab</p>"},
		"bidi and broken":    {"a\u202eb\xffc\u0007d", "abcd"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := clean.Story(c.in)
			if err != nil || got.String() != c.want {
				t.Errorf("got %s (%v)\nwant %s", got, err, c.want)
			}
		})
	}
}

func TestStoryRefusesWhatIsTooLongOrTooDeep(t *testing.T) {
	nest := func(n int) string { return strings.Repeat("<div>", n) + "a" + strings.Repeat("</div>", n) }
	var manyMarks strings.Builder
	for i := range 480 {
		fmt.Fprintf(&manyMarks, `<code class="language-%d">`, i)
	}
	for name, c := range map[string]struct {
		in   string
		want error
	}{
		"at the limit":       {strings.Repeat("a", clean.MaxSource), nil},
		"over the limit":     {strings.Repeat("a", clean.MaxSource+1), clean.ErrTooLong},
		"grows by escaping":  {strings.Repeat(`"`, clean.MaxSource), clean.ErrTooLong},
		"forty deep":         {nest(40), nil},
		"forty-one deep":     {nest(41), clean.ErrTooDeep},
		"five hundred deep":  {nest(600), clean.ErrTooDeep},
		"marks that reopen":  {manyMarks.String() + strings.Repeat("<p>a", 10_000), clean.ErrTooDeep},
		"dense, but orderly": {strings.Repeat("<p><b><i>a</i></b>", 3_600), nil},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := clean.Story(c.in); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	if k := fault.Of(clean.ErrTooDeep).Kind; k != fault.Invalid {
		t.Errorf("kind %v", k)
	}
}

func TestTypedTellsMarkupFromText(t *testing.T) {
	for in, want := range map[string]string{
		"<p>a <b>b</b></p>":             "<p>a <b>b</b></p>",
		" \n<H2 class=x>a</h2>":         "<h2>a</h2>",
		`<img src="` + picture + `"/>b`: `<img src="` + picture + `" alt=""/>b`,
		"<3 this":                       "<p>&lt;3 this</p>",
		"a < b":                         "<p>a &lt; b</p>",
		"Hello <b>you</b>":              "<p>Hello &lt;b&gt;you&lt;/b&gt;</p>",
		"<script>x</script>":            "<p>&lt;script&gt;x&lt;/script&gt;</p>",
		"<p never closed":               "<p>&lt;p never closed</p>",
		"":                              "",
	} {
		got, err := clean.Typed(in)
		if err != nil || got.String() != want {
			t.Errorf("Typed(%q) = %s (%v), want %s", in, got, err, want)
		}
	}
	if _, err := clean.Typed(strings.Repeat("a", clean.MaxSource+1)); !errors.Is(err, clean.ErrTooLong) {
		t.Errorf("too long a plain text: %v", err)
	}
}

func TestPublishedVectorsComeOutClean(t *testing.T) {
	judged := map[string]bool{} // most attacks come out alike
	for _, v := range vectors(t, "html-xss", "html-robustness", "naughty-strings") {
		h, err := clean.Story(v.Payload)
		if err != nil || judged[h.String()] {
			continue
		}
		judged[h.String()] = true
		if wrong := faults(h.String()); wrong != nil {
			t.Errorf("%s: %q -> %q: %v", v.ID, v.Payload, h, wrong)
		}
		if again, err := clean.Story(h.String()); err != nil || again != h {
			t.Errorf("%s: %q changes again to %q (%v)", v.ID, h, again, err)
		}
	}
}

func TestPublishedNaughtyStringsAreCleanPlainText(t *testing.T) {
	for _, v := range vectors(t, "naughty-strings") {
		h := clean.Plain(v.Payload)
		if wrong := faults(h.String()); wrong != nil {
			t.Errorf("%s: %q -> %q: %v", v.ID, v.Payload, h, wrong)
		}
		if again, err := clean.Story(h.String()); err != nil || again != h {
			t.Errorf("%s: %q changes when cleaned to %q (%v)", v.ID, h, again, err)
		}
	}
}

func TestPublishedBenignTextsSurvive(t *testing.T) {
	for _, v := range vectors(t, "benign") {
		if h, err := clean.Story(v.Payload); err != nil || h.String() != v.Want {
			t.Errorf("%s: got %s (%v), want %s", v.ID, h, err, v.Want)
		}
	}
}

func TestPublishedCostlyTextsAreRefusedOrSmall(t *testing.T) {
	for _, v := range vectors(t, "dos") {
		staysSmall(t, v.ID, v.Payload)
		staysSmall(t, v.ID+", cut to the limit", v.Payload[:min(len(v.Payload), clean.MaxSource)])
	}
}

// TestCostlyTextsAreRefusedOrSmall repeats the shapes that make sanitisers and
// parsers slow, up to the limit, and judges a shorter run of each.
func TestCostlyTextsAreRefusedOrSmall(t *testing.T) {
	for _, piece := range []string{
		"<div>", "<blockquote>", "<b>", "<a href=https://e.example>", "&lt;", "<", "&", "<table>", "<table><tr><td>", "<select>",
		"<font>", "<b><i><u><s>", "<!--", "<![CDATA[", `<a href="`, "<svg>", "<template>", "<p><b>", "</p>", "<table><b>",
		"<a href=https://e.example><div>",
	} {
		staysSmall(t, piece, strings.Repeat(piece, clean.MaxSource/len(piece)))
		if h, err := clean.Story(strings.Repeat(piece, 30)); err == nil {
			if wrong := faults(h.String()); wrong != nil {
				t.Errorf("%s: %v", piece, wrong)
			}
		}
	}
}

func staysSmall(t *testing.T, name, source string) {
	t.Helper()
	h, err := clean.Story(source)
	if err != nil && !errors.Is(err, clean.ErrTooLong) && !errors.Is(err, clean.ErrTooDeep) {
		t.Errorf("%s: %v", name, err)
	}
	if n := len(h.String()); n > 4*clean.MaxSource {
		t.Errorf("%s: %d bytes", name, n)
	}
}

func FuzzStory(f *testing.F) {
	for _, seed := range []string{
		"<p>Hello <strong>you</strong></p>", "plain https://e.example/a_(b).", "<li>a</ul></b><i>x", "<table><b><tr><td><a href=https://e.example>x",
		"<a href='https://u@e.example'>x</a>", "<math><mi><style><img src=x>", "<pre>\n\na</pre>", "<dl><li><dd><ul><dt>x", "a\x00\u202e\xff<b",
		"<b><i><a href=https://e.example><div><p></b>x</i><a href=https://f.example>y", `<img src="` + picture + `" alt="<b>'&quot;">`,
		"<table><caption><li>x</table></td>", "<h2><h3><hr></p></br>", "<ul><figure><li><figcaption><tr>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		plain := clean.Plain(source)
		if wrong := faults(plain.String()); wrong != nil {
			t.Fatalf("%q as plain text: %q: %v", source, plain, wrong)
		}
		if again, err := clean.Story(plain.String()); err == nil && again != plain {
			t.Fatalf("plain text changes when cleaned: %q to %q", plain, again)
		}
		h, err := clean.Story(source)
		if err != nil {
			return
		}
		if wrong := faults(h.String()); wrong != nil {
			t.Fatalf("%q -> %q: %v", source, h, wrong)
		}
		if again, err := clean.Story(h.String()); err == nil && again != h {
			t.Fatalf("%q -> %q -> %q", source, h, again)
		}
	})
}

func BenchmarkStory(b *testing.B) {
	const paragraph = `<p>A lamp that <strong>bends</strong> and <em>stays</em>, see <a href="https://e.example/lamp">here</a>.</p><ul><li>one</li><li>two &amp; three</li></ul>`
	source := strings.Repeat(paragraph, 2048/len(paragraph))
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := clean.Story(source); err != nil {
			b.Fatal(err)
		}
	}
}

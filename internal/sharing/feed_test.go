package sharing_test

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"prosumer/internal/sharing"
)

// readable walks a document as a strict reader of XML does.
func readable(t interface{ Fatalf(string, ...any) }, body []byte) {
	d := xml.NewDecoder(strings.NewReader(string(body)))
	for {
		_, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("no XML: %v\n%s", err, body)
			return
		}
	}
}

func TestAnyTextIsAFeedThatCanBeRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"]]>", "<script>", "\x00\x1b", "&amp;&", "\ufffe\uffff", "\xff\xfe", "\u202e", "</title>"}))
		f := sharing.Feed{
			ID: "tag:x,2026:board", Title: text.Draw(t, "title"), Subtitle: text.Draw(t, "subtitle"), Lang: "en", Home: "https://x/", Self: "https://x/feeds/board.atom",
			Entries: []sharing.Entry{{ID: "tag:x,2026:idea:1", Title: text.Draw(t, "entry"), URL: "https://x/ideas/1", Author: text.Draw(t, "author"), HTML: text.Draw(t, "html"), Tags: []string{text.Draw(t, "tag")}}},
		}
		atom, err := f.Atom("Prosumer")
		if err != nil {
			t.Fatal(err)
		}
		readable(t, atom)
		written, err := f.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(written) {
			t.Fatalf("no JSON: %s", written)
		}
	})
}

func TestAFeedIsAsOldAsItsNewestEntryAndAnEmptyOneStaysEqual(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	f := sharing.Feed{ID: "tag:x,2026:board", Entries: []sharing.Entry{{Updated: at.Add(-time.Hour)}, {Updated: at}}}
	body, err := f.Atom("Prosumer")
	if err != nil {
		t.Fatal(err)
	}
	if head, _, _ := strings.Cut(string(body), "<entry>"); !strings.Contains(head, "<updated>2026-03-04T05:06:07Z</updated>") {
		t.Errorf("%s", body)
	}
	one, _ := sharing.Feed{}.Atom("Prosumer")
	two, _ := sharing.Feed{}.Atom("Prosumer")
	if string(one) != string(two) {
		t.Error("an empty feed differs from itself")
	}
}

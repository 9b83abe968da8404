package views_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"prosumer/internal/web/views"
)

// elements are all that a badge is drawn with.
var elements = map[string]bool{"svg": true, "title": true, "rect": true, "circle": true, "path": true, "text": true}

// readBadge fails unless the badge is whole XML of those elements, without
// anything that runs, loads or styles, and gives its texts.
func readBadge(t *testing.T, what string, drawn []byte) (texts []string) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(drawn)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return texts
		}
		if err != nil {
			t.Fatalf("%q: %v in %s", what, err, drawn)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if !elements[token.Name.Local] {
				t.Errorf("%q draws a %s", what, token.Name.Local)
			}
			for _, a := range token.Attr {
				if name := a.Name.Local; name == "style" || name == "href" || strings.HasPrefix(name, "on") {
					t.Errorf("%q has the attribute %s", what, name)
				}
			}
		case xml.CharData:
			texts = append(texts, string(token))
		case xml.Comment, xml.Directive, xml.ProcInst:
			t.Errorf("%q holds %T", what, token)
		}
	}
}

func TestABadgeSaysWhoAndWhatAndShortensWhatIsLong(t *testing.T) {
	drawn, err := views.Badge(views.BadgeView{Name: "Ann & Ben <b>", Product: strings.Repeat("Very long lamp ", 20), Role: "Idea by", Stage: "In the shop", Site: "board.example", Seed: "ann"})
	if err != nil {
		t.Fatal(err)
	}
	texts := readBadge(t, "plain", drawn)
	all := strings.Join(texts, "|")
	if !strings.Contains(all, "Ann & Ben <b>") || !strings.Contains(all, "Idea by · board.example") || len(all) > 400 {
		t.Errorf("it says %q", all)
	}
}

func TestABadgeOfAHostileNameIsStillABadge(t *testing.T) {
	names := []string{"</text><script>alert(1)</script>", "]]>", "<!--", "a\x00b\x1f", "\ufffe\uffff", "\u202egnp.exe", "&#60;", "\xff\xfe", strings.Repeat("𝕏", 5000), `" onload="alert(1)`, ""}
	if dir := os.Getenv("VECTORS_DIR"); dir != "" {
		paths, err := filepath.Glob(filepath.Join(dir, "given", "*.json"))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no vectors in %s (%v)", dir, err)
		}
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var file struct{ Vectors []struct{ Payload string } }
			if err := json.Unmarshal(raw, &file); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			for _, v := range file.Vectors {
				names = append(names, v.Payload)
			}
		}
	}
	for _, name := range names {
		drawn, err := views.Badge(views.BadgeView{Name: name, Product: name, Role: "Idea by", Stage: name, Site: name, Seed: name})
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		readBadge(t, name, drawn)
	}
}

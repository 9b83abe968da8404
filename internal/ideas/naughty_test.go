package ideas_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// own are strings that have broken programs like this one.
var own = []string{
	"\x00", "a\x00b", "\xff\xfe", "\xc3\x28", "\u202eevil", "\u2028", "\u3164", "' OR 1=1 --", "%00", "$1", "{}", "NULL", "\r\nX: y", "☃", "𝒳", "İ", "ﬀ", "\\", "\\u0000",
	strings.Repeat("x", 3000), strings.Repeat("é", 5000), strings.Repeat("\u0301", 500), "<", "<p>", "<p", "</p>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
	strings.Repeat("㎉ ", 10_000), strings.Repeat("ﷺ", 20_000), "<p>" + strings.Repeat("\u0300", 20_000),
}

func naughty(t *testing.T) []string {
	t.Helper()
	folder := os.Getenv("VECTORS_DIR")
	if folder == "" {
		t.Log("VECTORS_DIR is not set: only our own strings are tried")
		return own
	}
	raw, err := os.ReadFile(filepath.Join(folder, "given", "blns.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Vectors []struct{ Payload string } }
	if err := json.Unmarshal(raw, &file); err != nil || len(file.Vectors) < 400 {
		t.Fatalf("%d strings (%v)", len(file.Vectors), err)
	}
	all := own
	for _, v := range file.Vectors {
		all = append(all, v.Payload)
	}
	return all
}

func TestNoStringInAnyFieldIsAnErrorOfOurs(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	held := b.propose(t)
	in := b.imported(t)
	hold := func(what, given string, err error) {
		t.Helper()
		if err != nil && fault.Of(err).Kind == fault.Internal {
			t.Errorf("%s %.60q: %v", what, given, err)
		}
	}
	const words = "Twenty characters and a few more. "
	for i, s := range naughty(t) {
		if i%pace != 0 {
			continue
		}
		ctx, brief := t.Context(), i >= len(own) // the long list goes where its text is stored
		for field, text := range map[string]ideas.Text{
			"all":     {Title: s, Story: s, Topic: s, Tags: []string{s, s + "2"}, Pictures: []ideas.Picture{{ID: s, Alt: s}}, Cover: s, Accept: true},
			"title":   {Title: s, Story: words, Accept: true},
			"story":   {Title: "Title", Story: words + s, Accept: true},
			"markup":  {Title: "Title", Story: "<p>" + words + s, Accept: true},
			"topic":   {Title: "Title", Story: words, Topic: s, Accept: true},
			"tags":    {Title: "Title", Story: words, Tags: strings.Fields(s), Accept: true},
			"tag":     {Title: "Title", Story: words, Tags: []string{s}, Accept: true},
			"picture": {Title: "Title", Story: words, Pictures: []ideas.Picture{{ID: s}}, Accept: true},
			"cover":   {Title: "Title", Story: words, Cover: s, Accept: true},
		} {
			if brief && field != "title" && field != "story" && field != "tag" {
				continue
			}
			_, err := b.Propose(ctx, b.ann, 0, text)
			hold("propose "+field, s, err)
			if brief || field != "all" && field != "story" && field != "title" {
				continue
			}
			id, err := b.SaveDraft(ctx, b.bob, 0, text)
			hold("draft "+field, s, err)
			if err == nil {
				hold("withdraw "+field, s, b.Withdraw(ctx, b.bob, id))
			}
			_, err = b.Revise(ctx, b.ann, held.ID, 0, text)
			hold("revise "+field, s, err)
			secret, err := b.Carry(ctx, text)
			hold("carry "+field, s, err)
			if err == nil {
				id, err = b.Arrive(ctx, b.eva, secret)
				hold("arrive "+field, s, err)
				if err == nil {
					hold("withdraw "+field, s, b.Withdraw(ctx, b.eva, id))
				}
			}
		}
		hold("answer", s, b.Answer(ctx, b.eva, held.ID, s))
		_, err := b.PutTemplate(ctx, b.eva, ideas.Template{Name: s, Body: "x" + s})
		hold("template", s, err)
		if brief {
			continue
		}
		_, err = b.Arrive(ctx, b.ann, s)
		wantCode(t, err, ideas.ErrNotFound)
		_, err = b.Decide(ctx, b.eva, held.ID, ideas.Decision{To: ideas.Status(s), Answer: s, Reason: ideas.Reason(s)})
		hold("decide", s, err)
		if _, err = b.Decide(ctx, b.eva, held.ID, ideas.Decision{To: ideas.Parked, Answer: s, Reason: "other"}); err == nil {
			_, err = b.Decide(ctx, b.eva, held.ID, ideas.Decision{To: ideas.Open, Answer: s, Reason: ideas.Reason("other")})
		}
		hold("park", s, err)
		_, err = b.PutTemplate(ctx, b.eva, ideas.Template{Name: s, Lang: s, Status: ideas.Status(s), Reason: ideas.Reason(s), Body: s})
		hold("template all", s, err)
		for field, row := range map[string]ideas.Imported{
			"all":   {Source: s, ExternalID: s, Title: s, Story: s, Topic: s, Tags: []string{s}, Status: ideas.Status(s)},
			"id":    {Source: "madrid", ExternalID: s, Title: "Title"},
			"words": {Source: "madrid", ExternalID: fmt.Sprint("w", i), Title: "Title", Story: s, Created: time.Date(-3000, 1, 1, 0, 0, 0, 0, time.UTC)},
			"title": {Source: "madrid", ExternalID: fmt.Sprint("t", i), Title: s},
		} {
			row.Import, row.Contributor = in.Import, b.ann.ID
			hold("import "+field, s, pg.InTx(ctx, b.db, func(tx pg.Q) error { _, _, err := ideas.Import(ctx, tx, row); return err }))
		}
	}
}

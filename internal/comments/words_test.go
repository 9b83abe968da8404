package comments_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/comments"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

func TestWhoHidesIsNeitherLinkedNorToldNorOffered(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.say(b.ann, 0, "<p>Ask @bob, @DAN and @nobody-here, not bob@cat.example or <code>@cat</code>.</p>", "")
	one, err := b.ByID(t.Context(), b.visitor, id)
	if err != nil || strings.Count(one.HTML.String(), "<a ") != 1 || !strings.Contains(one.HTML.String(), `href="/people/bob"`) {
		t.Errorf("%s (%v)", one.HTML, err)
	}
	var told []int64
	if err := b.db.Select(&told, `SELECT (payload->'Fact'->'To'->>0)::bigint FROM outbox WHERE payload->'Fact'->>'Kind' = 'mentioned_in_talk'`); err != nil || len(told) != 1 || told[0] != int64(b.bob.ID) {
		t.Errorf("told %v (%v)", told, err)
	}
	b.exec(`UPDATE accounts SET visibility = 'name' WHERE id = $1`, b.bob.ID)
	if one, err = b.ByID(t.Context(), b.visitor, id); err != nil || strings.Contains(one.HTML.String(), "<a ") {
		t.Errorf("once they hide: %s (%v)", one.HTML, err)
	}
	for typed, want := range map[string]int{"d": 0, "dan": 0, "b": 0, "c": 1, "@ca": 1, "person m": 1, "%": 0, "_": 0, "": 0, "x\x00": 0} {
		found, err := b.Complete(t.Context(), b.ann, typed, int64(b.idea))
		if err != nil || len(found) != want {
			t.Errorf("%q offers %v (%v)", typed, found, err)
		}
	}
	_, err = b.Complete(t.Context(), b.visitor, "ca", 0)
	wants(t, "a visitor", err, comments.ErrSignIn)
}

func TestAFloodOfMentionsIsRefused(t *testing.T) {
	t.Parallel()
	b := open(t)
	_, err := b.Say(t.Context(), b.ann, b.idea, 0, comments.Text{Body: "@one @two @three @four @five @six"})
	field(t, err, "body", "comments.mentions_many")
	b.say(b.ann, 0, "@bob @bob @bob @BOB @bob @cat @one @two", "")
}

func TestNobodyHearsOfOneCommentTwice(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.say(b.bob, 0, "A question.", comments.Question)
	b.exec(`DELETE FROM outbox`)
	reply := b.say(b.cat, id, "An answer, @bob and @ann.", "")
	if _, err := b.Edit(t.Context(), b.cat, reply, 0, comments.Text{Body: "An answer, @bob and @ann, and @eva."}); err != nil {
		t.Fatal(err)
	}
	var keys, kinds int
	if err := b.db.QueryRow(`SELECT count(DISTINCT payload->'Fact'->>'Key'), count(*) FROM outbox WHERE topic = 'notices.spread'`).Scan(&keys, &kinds); err != nil || keys != 1 || kinds != 4 {
		t.Errorf("%d facts under %d keys (%v)", kinds, keys, err)
	}
}

func TestAnEditKeepsWhatWasSaid(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.say(b.bob, 0, "First words.", comments.Suggestion)
	_, err := b.Edit(t.Context(), b.cat, id, 0, comments.Text{Body: "Not mine."})
	wants(t, "another's", err, comments.ErrNotYours)
	_, err = b.Edit(t.Context(), b.eva, id, 0, comments.Text{Body: "Not mine."})
	wants(t, "the team's", err, comments.ErrNotYours)
	_, err = b.Edit(t.Context(), b.visitor, id, 0, comments.Text{Body: "Not mine."})
	wants(t, "a visitor's", err, comments.ErrSignIn)
	one, err := b.Edit(t.Context(), b.bob, id, 1, comments.Text{Body: "Second words.", Kind: comments.Critique})
	if err != nil || one.Version != 2 || one.Kind != comments.Critique || one.EditedAt == nil {
		t.Errorf("%+v (%v)", one, err)
	}
	_, err = b.Edit(t.Context(), b.bob, id, 1, comments.Text{Body: "Stale words."})
	wants(t, "stale", err, comments.ErrEdited)
	if one, err = b.Edit(t.Context(), b.bob, id, 2, comments.Text{Body: "Second words."}); err != nil || one.Version != 2 {
		t.Errorf("the same again: %+v (%v)", one, err)
	}
	was, err := b.Versions(t.Context(), b.visitor, id)
	if err != nil || len(was) != 1 || was[0].Kind != comments.Suggestion || clean.Text(was[0].HTML) != "First words." {
		t.Errorf("%+v (%v)", was, err)
	}
	_, err = b.Settle(t.Context(), b.ann, id, true)
	wants(t, "no question", err, comments.ErrNoQuestion)
	asked := b.say(b.bob, 0, "Why?", comments.Question)
	_, err = b.Settle(t.Context(), b.cat, asked, true)
	wants(t, "not the asker", err, comments.ErrNotAsker)
	for _, who := range []accounts.Actor{b.bob, b.ann, b.eva} {
		if _, err := b.Settle(t.Context(), who, asked, true); err != nil {
			t.Error(err)
		}
	}
	b.counted()
}

func TestWhoIsForgottenLeavesWordsOrEmptyPlaces(t *testing.T) {
	t.Parallel()
	b := open(t)
	kept, gone := b.say(b.bob, 0, "Of bob.", ""), b.say(b.cat, 0, "Of cat, for @bob.", "")
	b.say(b.ann, gone, "An answer.", "")
	if _, err := b.Thank(t.Context(), b.cat, kept, "clear"); err != nil {
		t.Fatal(err)
	}
	for who, keep := range map[accounts.ID]bool{b.bob.ID: true, b.cat.ID: false} {
		if err := pg.InTx(t.Context(), b.db, func(tx pg.Q) error { return b.Forget(t.Context(), tx, who, keep) }); err != nil {
			t.Fatal(err)
		}
	}
	page := b.talk(b.visitor, comments.Query{Order: comments.Oldest})
	if len(page.Threads) != 2 || page.Threads[0].HTML.Empty() || page.Threads[0].Thanks != 0 || !page.Threads[1].Deleted || page.Head.Comments != 2 {
		t.Errorf("%+v", page)
	}
	b.counted()
}

func TestWhatAVisitorTypedComesBackOnce(t *testing.T) {
	t.Parallel()
	b := open(t)
	typed := comments.Typed{Text: comments.Text{Body: "Words <3", Kind: comments.Praise}}
	secret, err := b.Carry(t.Context(), b.idea, typed)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := b.Carried(t.Context(), b.bob, b.idea, secret); err != nil || got != typed {
		t.Errorf("%+v (%v)", got, err)
	}
	for _, c := range []string{"", "forged", "\x00"} {
		if got, err := b.Carried(t.Context(), b.bob, b.idea, c); err != nil || got.Body != "" {
			t.Errorf("%q gives %+v (%v)", c, got, err)
		}
	}
	if got, err := b.Carried(t.Context(), b.visitor, b.idea, secret); err != nil || got.Body != "" {
		t.Errorf("a visitor gets %+v (%v)", got, err)
	}
}

// hostile are strings that have broken programs like this one.
func hostile(t *testing.T) []string {
	t.Helper()
	all := []string{"\x00", "a\x00b", "\xff\xfe", "\u202eevil", "' OR 1=1 --", "<script>alert(1)</script>", "<p><img src=x onerror=alert(1)>", "<p>@bob<a href=javascript:alert(1)>x</a>", `<p>"@bob" onx=@bob`, strings.Repeat("@bob ", 900), strings.Repeat("ﷺ", 5000), "<p>" + strings.Repeat("<b>", 600)}
	folder := os.Getenv("VECTORS_DIR")
	if folder == "" {
		t.Log("VECTORS_DIR is not set: only our own strings are tried")
		return all
	}
	files, err := filepath.Glob(filepath.Join(folder, "given", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var set struct{ Vectors []struct{ Payload string } }
		if json.Unmarshal(raw, &set) != nil {
			continue
		}
		for i, v := range set.Vectors {
			if i%7 == 0 {
				all = append(all, v.Payload, "<p>@bob "+v.Payload)
			}
		}
	}
	return all
}

func TestNoStringBreaksTheTalkOrComesOutAlive(t *testing.T) {
	t.Parallel()
	b := open(t)
	for i, s := range hostile(t) {
		id, err := b.Say(t.Context(), b.ann, b.idea, 0, comments.Text{Body: s})
		if err != nil {
			if fault.Of(err).Kind == fault.Internal {
				t.Errorf("%.60q: %v", s, err)
			}
			continue
		}
		one, err := b.ByID(t.Context(), b.bob, id)
		if err != nil {
			t.Errorf("%.60q: %v", s, err)
			continue
		}
		said := one.HTML.String()
		for part := range strings.SplitSeq(strings.ToLower(said), "<") {
			tag, _, _ := strings.Cut(part, ">")
			if strings.HasPrefix(tag, "script") || strings.HasPrefix(tag, "iframe") || strings.Contains(tag, "javascript:") || strings.Contains(tag, " on") && strings.Contains(tag, `" on`) {
				t.Errorf("%d: %.80q came out as %.120q", i, s, said)
			}
		}
	}
	for _, s := range []string{"\x00", "'", "\xff", "-1", "1-1", strings.Repeat("9", 40)} {
		if _, err := b.Talk(t.Context(), b.ann, b.idea, comments.Query{After: s}); err != nil && fault.Of(err).Kind == fault.Internal {
			t.Errorf("cursor %q: %v", s, err)
		}
		if _, err := b.Complete(t.Context(), b.ann, s, 0); err != nil && fault.Of(err).Kind == fault.Internal {
			t.Errorf("handle %q: %v", s, err)
		}
	}
}

// TestALongTalkIsReadByItsIndexes looks at how the database would answer the
// first page of ten thousand comments, and of a page far on.
func TestALongTalkIsReadByItsIndexes(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.exec(`INSERT INTO comments (idea_id, author_id, kind, stance, source, html, text)
		SELECT $1, $2, (ARRAY['comment','question','suggestion','critique','praise'])[1 + n % 5], (ARRAY['for','against',NULL])[1 + n % 3], 'x', '<p>x</p>', 'x' FROM generate_series(1, 4000) AS n`, b.idea, b.bob.ID)
	b.exec(`INSERT INTO comments (idea_id, thread_id, parent_id, author_id, source, html, text)
		SELECT $1, h.id, h.id, $2, 'y', '<p>y</p>', 'y' FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM comments) AS h, generate_series(1, 60) AS k WHERE h.n <= 100`, b.idea, b.cat.ID)
	b.exec(`ANALYZE comments`)
	page := b.talk(b.visitor, comments.Query{})
	if page.Head.Comments != 10_000 || len(page.Threads) != comments.PageSize || len(page.Threads[0].Below) != 3 || page.Next == "" {
		t.Fatalf("%+v", page.Head)
	}
	for name, q := range map[string]comments.Query{
		"useful": {Order: comments.Useful}, "further on": {Order: comments.Useful, After: page.Next}, "newest": {Order: comments.Newest},
		"kind": {Order: comments.Useful, Kind: comments.Critique}, "stance": {Order: comments.Useful, Stance: comments.Against},
	} {
		query, args, err := comments.Statement(q, b.idea, b.bob)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		if err := b.db.Select(&lines, `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) `+query, args...); err != nil {
			t.Fatal(err)
		}
		plan := strings.Join(lines, "\n")
		if strings.Contains(plan, "Seq Scan on comments") || !strings.Contains(plan, "comments_") {
			t.Errorf("%s:\n%s", name, plan)
		}
		t.Log(name, lines[len(lines)-1], fmt.Sprint(len(lines)))
	}
	if more := b.talk(b.visitor, comments.Query{Thread: page.Threads[0].ID}); len(more.Threads[0].Below) != 60 || more.More != 0 {
		t.Errorf("%d replies", len(more.Threads[0].Below))
	}
	b.counted()
}

package ideas_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

func TestAnIdeaIsProposedAsItWasTyped(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	b.exec(t, `INSERT INTO topics (slug, name_en, name_nl) VALUES ('kitchen', 'Kitchen', 'Keuken')`)
	b.image(t, "p1", "p2")
	b.pictures["0123456789abcdef"] = b.ann.ID
	in := text()
	in.Topic, in.Pictures, in.Cover = "kitchen", []ideas.Picture{{ID: id("p1"), Alt: " Front\x00 "}, {ID: id("p2")}}, id("p2")
	in.Story += `<script>alert(1)</script><p><img src="/media/ab/0123456789abcdef.jpg" alt="x"></p>`
	in.Tags = []string{"#Tea", "tea", "# Ünï code", ""}

	idea, err := b.Propose(t.Context(), b.ann, 0, in)
	if err != nil {
		t.Fatal(err)
	}

	if idea.Status != ideas.Open || idea.SubmittedAt == nil || idea.Version != 1 || *idea.Topic != "kitchen" || *idea.Cover != id("p2") || idea.Slug != "a-kettle-that-whistles" {
		t.Errorf("%+v", idea)
	}
	if idea.Source != in.Story || strings.Contains(idea.Story.String(), "script") {
		t.Errorf("source %q, story %q", idea.Source, idea.Story)
	}
	_, back, err := b.TextOf(t.Context(), b.ann, idea.ID)
	want := ideas.Text{Title: in.Title, Story: in.Story, Topic: "kitchen", Tags: []string{"tea", "ünï code"}, Pictures: []ideas.Picture{{ID: id("p1"), Alt: "Front"}, {ID: id("p2")}}, Cover: id("p2")}
	if diff := cmp.Diff(want, back); err != nil || diff != "" {
		t.Error(diff, err)
	}
	if n := b.count(t, `SELECT count(*) FROM ideas WHERE accepted_rules = $1 AND policy_version > 0 AND story_text LIKE 'It whistles%'`, ideas.RulesVersion); n != 1 {
		t.Error("rules, policy or words are not stored")
	}
	history, err := b.History(t.Context(), b.visitor, idea.ID)
	if err != nil || len(history) != 2 || history[0].To != ideas.Draft || history[1].To != ideas.Open || history[1].At.Before(history[0].At) {
		t.Errorf("%+v (%v)", history, err)
	}
}

// id makes the shape of a picture's name of a short one.
func id(short string) string { return fmt.Sprintf("%032x", short) }

// image makes pictures of ann's.
func (b *board) image(t *testing.T, shorts ...string) {
	t.Helper()
	for _, short := range shorts {
		b.pictures[id(short)] = b.ann.ID
		b.exec(t, `INSERT INTO images (id, owner_id, width, height, sizes, bytes) VALUES ($1, $2, 1, 1, '{1}', 1)`, id(short), b.ann.ID)
	}
}

func TestEveryFieldHasItsRemedy(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	for name, tc := range map[string]struct {
		change      func(in *ideas.Text)
		field, code string
		draftToo    bool
	}{
		"no title":     {func(in *ideas.Text) { in.Title = "\u3164 " }, "title", "ideas.title_short", false},
		"short title":  {func(in *ideas.Text) { in.Title = "ab" }, "title", "ideas.title_short", false},
		"long title":   {func(in *ideas.Text) { in.Title = strings.Repeat("é", 121) }, "title", "ideas.title_long", true},
		"broken title": {func(in *ideas.Text) { in.Title = "a\x00bcd" }, "title", "ideas.text_broken", true},
		"short story":  {func(in *ideas.Text) { in.Story = "<p>nineteen characters</p>" }, "story", "ideas.story_short", false},
		"long story":   {func(in *ideas.Text) { in.Story = strings.Repeat("x", 64<<10+1) }, "story", "clean.too_long", true},
		"deep story": {func(in *ideas.Text) {
			in.Story = "<div>" + strings.Repeat("<blockquote>", 600) + "words words words words"
		}, "story", "clean.too_deep", true},
		"unknown topic":  {func(in *ideas.Text) { in.Topic = "nowhere" }, "topic", "ideas.topic_unknown", true},
		"broken topic":   {func(in *ideas.Text) { in.Topic = "\x00" }, "topic", "ideas.text_broken", true},
		"short tag":      {func(in *ideas.Text) { in.Tags = []string{"a"} }, "tags", "ideas.tag_length", true},
		"long tag":       {func(in *ideas.Text) { in.Tags = []string{strings.Repeat("é", 31)} }, "tags", "ideas.tag_length", true},
		"many tags":      {func(in *ideas.Text) { in.Tags = many(11) }, "tags", "ideas.tags_many", true},
		"thousands tags": {func(in *ideas.Text) { in.Tags = many(10_000) }, "tags", "ideas.tags_many", true},
		"many pictures":  {func(in *ideas.Text) { in.Pictures = make([]ideas.Picture, 9) }, "pictures", "ideas.pictures_many", true},
		"long alt":       {func(in *ideas.Text) { in.Pictures = []ideas.Picture{{ID: "x", Alt: strings.Repeat("é", 501)}} }, "pictures", "ideas.alt_long", true},
		"foreign":        {func(in *ideas.Text) { in.Pictures = []ideas.Picture{{ID: "x"}} }, "pictures", "media.not_yours", true},
		"foreign inside": {func(in *ideas.Text) { in.Story += `<p><img src="/media/ab/0123456789abcdef.jpg"></p>` }, "story", "media.not_yours", true},
		"no rules":       {func(in *ideas.Text) { in.Accept = false }, "accept_terms", "ideas.rules_not_accepted", false},
	} {
		in := text()
		tc.change(&in)
		_, err := b.Propose(t.Context(), b.ann, 0, in)
		t.Log(name)
		wantField(t, err, tc.field, tc.code)
		id, err := b.SaveDraft(t.Context(), b.ann, 0, in)
		if tc.draftToo {
			wantField(t, err, tc.field, tc.code)
		}
		if tc.draftToo != (err != nil) || (id == 0) != (err != nil) {
			t.Errorf("as a draft: %d (%v)", id, err)
		}
	}
	if n := b.count(t, `SELECT count(*) FROM ideas WHERE status <> 'draft'`); n != 0 {
		t.Errorf("a refusal left %d ideas", n)
	}
}

func many(n int) (tags []string) {
	for i := range n {
		tags = append(tags, fmt.Sprintf("tag %d", i))
	}
	return tags
}

func TestWhatFitsExactlyIsTaken(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	in := text()
	in.Title, in.Tags = strings.Repeat("é", 120), append(many(9), strings.Repeat("é", 30))
	in.Story = strings.Repeat("é", 32<<10)
	if idea, err := b.Propose(t.Context(), b.ann, 0, in); err != nil || len(idea.Source) != 64<<10 {
		t.Error(err)
	}
	in.Title, in.Story = "abc", "twenty characters---"
	if _, err := b.Propose(t.Context(), b.ann, 0, in); err != nil {
		t.Error(err)
	}
	in.Story = strings.Repeat("<", 64<<10) // grows when it is escaped
	if _, err := b.Propose(t.Context(), b.ann, 0, in); err != nil {
		t.Error(err)
	}
}

func TestADraftIsItsContributorsAlone(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	id, err := b.SaveDraft(t.Context(), b.ann, 0, ideas.Text{})
	if err != nil {
		t.Fatal(err)
	}
	if again, err := b.SaveDraft(t.Context(), b.ann, id, text()); err != nil || again != id {
		t.Errorf("saved as %d (%v)", again, err)
	}
	for _, who := range []accounts.Actor{b.bob, b.eva} {
		_, err = b.SaveDraft(t.Context(), who, id, text())
		wantCode(t, err, ideas.ErrNotFound)
		_, err = b.Propose(t.Context(), who, id, text())
		wantCode(t, err, ideas.ErrNotFound)
	}
	_, err = b.SaveDraft(t.Context(), b.visitor, id, text())
	wantCode(t, err, ideas.ErrSignIn)
	_, err = b.Propose(t.Context(), b.visitor, id, text())
	wantCode(t, err, ideas.ErrSignIn)
	unconfirmed := b.ann
	unconfirmed.Confirmed = false
	_, err = b.Propose(t.Context(), unconfirmed, id, text())
	wantCode(t, err, ideas.ErrUnconfirmed)
	if _, err := b.SaveDraft(t.Context(), unconfirmed, id, text()); err != nil {
		t.Errorf("what is typed before confirming is lost: %v", err)
	}
	idea, err := b.Propose(t.Context(), b.ann, id, text())
	if err != nil || idea.ID != id {
		t.Fatal(err)
	}
	_, err = b.SaveDraft(t.Context(), b.ann, id, text())
	wantCode(t, err, ideas.ErrNotDraft)
	_, err = b.Propose(t.Context(), b.ann, id, text())
	wantCode(t, err, ideas.ErrNotDraft)
	_, err = b.SaveDraft(t.Context(), b.bob, id, text())
	wantCode(t, err, ideas.ErrNotYours)
}

func TestDraftsDoNotFillTheDisk(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	for range 50 {
		if _, err := b.SaveDraft(t.Context(), b.ann, 0, ideas.Text{}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := b.SaveDraft(t.Context(), b.ann, 0, ideas.Text{})
	wantCode(t, err, ideas.ErrTooMany)
	if _, err := b.SaveDraft(t.Context(), b.bob, 0, ideas.Text{}); err != nil {
		t.Error(err)
	}
}

func TestHeldAreNewcomersAndHeldTopics(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{HoldNewcomers: true})
	first := b.propose(t)
	if first.Status != ideas.Held {
		t.Fatalf("a newcomer's is %s", first.Status)
	}
	b.decide(t, first.ID, ideas.Declined) // refused by the moderators: still a newcomer
	second := b.propose(t)
	if second.Status != ideas.Held {
		t.Errorf("after a refusal it is %s", second.Status)
	}
	b.decide(t, second.ID, ideas.Open)
	if third := b.propose(t); third.Status != ideas.Open {
		t.Errorf("after the first was let through it is %s", third.Status)
	}
	if held := b.at(t, ideas.Held); held.Status != ideas.Held {
		t.Errorf("in a held topic it is %s", held.Status)
	}
	for _, who := range []accounts.Actor{b.mod, b.eva} {
		if idea, err := b.Propose(t.Context(), who, 0, text()); err != nil || idea.Status != ideas.Open {
			t.Errorf("%s: %s (%v)", who.Handle, idea.Status, err)
		}
	}
}

package ideas_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

func TestWordsTypedBeforeSigningInArriveOnce(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	b.exec(t, `INSERT INTO topics (slug, name_en, name_nl) VALUES ('kitchen', 'Kitchen', 'Keuken')`)
	in := ideas.Text{Title: " Half a  title", Story: "a\x00b <\xff", Topic: "kitchen", Tags: []string{"#Tea"}, Accept: true, Pictures: []ideas.Picture{{ID: "x"}}, Cover: "x"}
	secret, err := b.Carry(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}

	type arrival struct {
		id  ideas.ID
		err error
	}
	arrivals := make(chan arrival)
	for range 10 {
		go func() {
			id, err := b.Arrive(t.Context(), b.ann, secret)
			arrivals <- arrival{id, err}
		}()
	}
	var id ideas.ID
	for range 10 {
		a := <-arrivals
		if a.err != nil {
			wantCode(t, a.err, ideas.ErrNotFound)
			continue
		}
		if id != 0 {
			t.Error("the words arrived twice")
		}
		id = a.id
	}

	_, got, err := b.TextOf(t.Context(), b.ann, id)
	want := ideas.Text{Title: "Half a title", Story: "ab <", Topic: "kitchen", Tags: []string{"tea"}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Error(diff, err)
	}
}

func TestWordsThatCannotArriveYetAreNotLost(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	in := text()
	in.Story += `<p><img src="/media/ab/0123456789abcdef.jpg"></p>`
	secret, err := b.Carry(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Arrive(t.Context(), b.visitor, secret)
	wantCode(t, err, ideas.ErrSignIn)
	_, err = b.Arrive(t.Context(), b.ann, secret)
	wantField(t, err, "story", "media.not_yours")
	b.pictures["0123456789abcdef"] = b.ann.ID
	if _, err := b.Arrive(t.Context(), b.ann, secret); err != nil {
		t.Errorf("the words are gone: %v", err)
	}
}

func TestWordsAreKeptForADay(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	secret, err := b.Carry(t.Context(), text())
	if err != nil {
		t.Fatal(err)
	}
	if n := b.count(t, `SELECT count(*) FROM carried_drafts WHERE encode(token_hash, 'escape') LIKE '%' || $1 || '%' OR payload::text LIKE '%' || $1 || '%'`, secret); n != 0 {
		t.Error("the secret is stored in clear")
	}
	b.exec(t, `UPDATE carried_drafts SET created_at = now() - interval '1 day 1 minute'`)
	_, err = b.Arrive(t.Context(), b.ann, secret)
	wantCode(t, err, ideas.ErrNotFound)
	if err := b.Sweep(t.Context()); err != nil || b.count(t, `SELECT count(*) FROM carried_drafts`) != 0 {
		t.Errorf("not swept (%v)", err)
	}
	_, err = b.Carry(t.Context(), ideas.Text{Title: strings.Repeat("x", 200)})
	wantField(t, err, "title", "ideas.title_long")
	if _, err := b.Carry(t.Context(), ideas.Text{Title: strings.Repeat(" ", 1<<20) + "x"}); err != nil {
		t.Error(err)
	}
	if n := b.count(t, `SELECT max(octet_length(payload::text)) FROM carried_drafts`); n > 1000 {
		t.Errorf("%d bytes kept of nothing", n)
	}
}

func TestFirstSightIsNotedOnce(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	one, two := b.propose(t), b.propose(t)
	for range 2 {
		for _, who := range []accounts.Actor{b.bob, b.ann, b.visitor} {
			if err := b.MarkSeen(t.Context(), who, []ideas.ID{one.ID, two.ID, two.ID, 1 << 40, -1}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n := b.count(t, `SELECT count(*) FROM seen`); n != 2 {
		t.Errorf("%d first sights, want bob's two", n)
	}
}

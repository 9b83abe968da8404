package ideas_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
)

func TestAPictureIsShownByItsOwnerAloneAndStays(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	now := time.Now()
	store := media.New(b.db, t.TempDir(), media.Options{Now: func() time.Time { return now }})
	b.Service = ideas.NewService(b.db, store, ideas.Options{ImageOf: media.IDOf})
	send := func(owner accounts.Actor, width int) media.Picture {
		t.Helper()
		var file bytes.Buffer
		if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, width, 20))); err != nil {
			t.Fatal(err)
		}
		p, err := store.Upload(t.Context(), int64(owner.ID), &file, "")
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	shown, inside, unused, theirs := send(b.ann, 30), send(b.ann, 31), send(b.ann, 32), send(b.bob, 33)
	in := text()
	for name, change := range map[string]func(in *ideas.Text){
		"pictures": func(in *ideas.Text) { in.Pictures = []ideas.Picture{{ID: shown.ID}, {ID: theirs.ID}} },
		"story":    func(in *ideas.Text) { in.Story += `<p><img src="` + theirs.URL() + `"></p>` },
	} {
		in := in
		change(&in)
		_, err := b.Propose(t.Context(), b.ann, 0, in)
		wantField(t, err, name, "media.not_yours")
		_, err = b.SaveDraft(t.Context(), b.ann, 0, in)
		wantField(t, err, name, "media.not_yours")
		_, err = b.Revise(t.Context(), b.ann, b.propose(t).ID, 0, in)
		wantField(t, err, name, "media.not_yours")
	}
	for _, id := range []string{"", "x", "a\x00", "../../etc/passwd"} {
		in := in
		in.Pictures = []ideas.Picture{{ID: id}}
		_, err := b.Propose(t.Context(), b.ann, 0, in)
		wantField(t, err, "pictures", "media.not_yours")
	}
	in.Pictures = []ideas.Picture{{ID: shown.ID, Alt: "The front"}, {ID: shown.ID}}
	in.Cover = theirs.ID // not one of the pictures: the first one is
	in.Story += `<p><img src="` + inside.URL() + `"></p>`

	idea, err := b.Propose(t.Context(), b.ann, 0, in)
	if err != nil || *idea.Cover != shown.ID {
		t.Fatalf("%+v (%v)", idea, err)
	}

	now = now.Add(48 * time.Hour)
	if n, err := store.Sweep(t.Context()); err != nil || n != 2 {
		t.Errorf("%d swept (%v), want the unused and the other's", n, err)
	}
	left, err := store.ByIDs(t.Context(), b.db, []string{shown.ID, inside.ID, unused.ID, theirs.ID})
	if err != nil || len(left) != 2 || left[shown.ID].ID == "" || left[inside.ID].ID == "" {
		t.Errorf("left: %v (%v)", left, err)
	}
}

func TestWithoutPicturesOfOurOwnAStoryShowsNone(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	b.Service = ideas.NewService(b.db, b.pictures, ideas.Options{})
	in := text()
	in.Story += `<p><img src="/media/ab/0123456789abcdef.jpg"></p>`
	_, err := b.Propose(t.Context(), b.ann, 0, in)
	wantField(t, err, "story", "media.not_yours")
}

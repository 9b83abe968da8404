package ideas_test

import (
	"strings"
	"testing"
	"time"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

func (b *board) imports(t *testing.T, in ideas.Imported) (id ideas.ID, added bool, err error) {
	t.Helper()
	err = pg.InTx(t.Context(), b.db, func(tx pg.Q) error {
		id, added, err = ideas.Import(t.Context(), tx, in)
		return err
	})
	return id, added, err
}

func (b *board) imported(t *testing.T) ideas.Imported {
	t.Helper()
	return ideas.Imported{
		Source: "madrid", ExternalID: "7", Import: int64(b.count(t, `INSERT INTO imports (source) VALUES ('madrid') RETURNING id`)), Contributor: b.ann.ID,
		Title: "Más árboles", Story: "Short <b>&", Tags: []string{"Green"}, CarriedOver: 114_710, Created: time.Date(2019, 5, 6, 7, 8, 9, 0, time.UTC),
	}
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	in := b.imported(t)
	id, added, err := b.imports(t, in)
	if err != nil || !added {
		t.Fatalf("%v (%v)", added, err)
	}
	idea := b.see(t, b.visitor, id)
	if idea.Status != ideas.Open || idea.CarriedOver != 114_710 || idea.ImportedBy != "madrid" || !idea.SubmittedAt.Equal(in.Created) || !idea.CreatedAt.Equal(in.Created) || idea.Story.String() != "<p>Short &lt;b&gt;&amp;</p>" {
		t.Errorf("%+v", idea)
	}
	facts := b.count(t, `SELECT count(*) FROM outbox`)
	in.Title, in.CarriedOver, in.Status = "Another title", 1, ideas.Adopted
	again, added, err := b.imports(t, in)
	if err != nil || added || again != id {
		t.Errorf("%d, %v (%v)", again, added, err)
	}
	if now := b.see(t, b.visitor, id); now.Title != idea.Title || now.CarriedOver != idea.CarriedOver || !now.ChangedAt.Equal(idea.ChangedAt) || b.count(t, `SELECT count(*) FROM outbox`) != facts {
		t.Errorf("the second time changed it to %+v", now)
	}
	results := make(chan bool)
	in.ExternalID = "8"
	for range 6 {
		go func() {
			_, added, err := b.imports(t, in)
			if err != nil {
				t.Error(err)
			}
			results <- added
		}()
	}
	news := 0
	for range 6 {
		if <-results {
			news++
		}
	}
	if news != 1 {
		t.Errorf("six imports at once added it %d times", news)
	}
}

func TestAnImportedIdeaSaysWhatIsWrongBeforeItWrites(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	good := b.imported(t)
	b.propose(t) // its source is empty, too
	for name, tc := range map[string]struct {
		change      func(in *ideas.Imported)
		field, code string
	}{
		"no source":     {func(in *ideas.Imported) { in.Source, in.ExternalID = "", "" }, "source", "ideas.external_shape"},
		"no id":         {func(in *ideas.Imported) { in.ExternalID = "" }, "external_id", "ideas.external_shape"},
		"broken id":     {func(in *ideas.Imported) { in.ExternalID = "a\x00" }, "external_id", "ideas.external_shape"},
		"endless id":    {func(in *ideas.Imported) { in.ExternalID = strings.Repeat("x", 5000) }, "external_id", "ideas.external_shape"},
		"negative":      {func(in *ideas.Imported) { in.CarriedOver = -1 }, "carried_over", "ideas.carried_over_range"},
		"beyond counts": {func(in *ideas.Imported) { in.CarriedOver = 1 << 40 }, "carried_over", "ideas.carried_over_range"},
		"no title":      {func(in *ideas.Imported) { in.Title = " \u3164" }, "title", "ideas.title_short"},
		"long title":    {func(in *ideas.Imported) { in.Title = strings.Repeat("x", 121) }, "title", "ideas.title_long"},
		"long story":    {func(in *ideas.Imported) { in.Story = strings.Repeat("x", 1<<17) }, "story", "clean.too_long"},
		"topic":         {func(in *ideas.Imported) { in.Topic = "nowhere" }, "topic", "ideas.topic_unknown"},
		"tag":           {func(in *ideas.Imported) { in.Tags = []string{"x"} }, "tags", "ideas.tag_length"},
		"draft":         {func(in *ideas.Imported) { in.Status = ideas.Draft }, "status", "ideas.status_unknown"},
		"declined":      {func(in *ideas.Imported) { in.Status = ideas.Declined }, "status", "ideas.status_unknown"},
		"merged":        {func(in *ideas.Imported) { in.Status = ideas.Merged }, "status", "ideas.status_unknown"},
		"launched":      {func(in *ideas.Imported) { in.Status = ideas.Launched }, "status", "ideas.status_unknown"},
		"unknown":       {func(in *ideas.Imported) { in.Status = "x" }, "status", "ideas.status_unknown"},
	} {
		in := good
		tc.change(&in)
		// The transaction of the other rows goes on after a refusal.
		err := pg.InTx(t.Context(), b.db, func(tx pg.Q) error {
			_, _, err := ideas.Import(t.Context(), tx, in)
			t.Log(name)
			wantField(t, err, tc.field, tc.code)
			var still int
			return tx.QueryRowxContext(t.Context(), `SELECT count(*) FROM ideas WHERE source <> ''`).Scan(&still)
		})
		if err != nil {
			t.Errorf("%s spoils the transaction: %v", name, err)
		}
	}
	if n := b.count(t, `SELECT count(*) FROM ideas WHERE source <> ''`); n != 0 {
		t.Errorf("%d ideas came in", n)
	}
	for i, status := range []ideas.Status{"", ideas.Open, ideas.UnderReview, ideas.Shortlisted, ideas.Adopted, ideas.Withdrawn} {
		in := good
		in.ExternalID, in.Status, in.Created = strings.Repeat("x", i+1), status, time.Time{}
		id, _, err := b.imports(t, in)
		if err != nil || status != "" && b.see(t, b.ann, id).Status != status {
			t.Errorf("%q: %v", status, err)
		}
	}
}

func TestAnImportIsUndoneAsAUnitUnlessSomethingWasDecided(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	in := b.imported(t)
	first, _, err := b.imports(t, in)
	if err != nil {
		t.Fatal(err)
	}
	in.ExternalID = "8"
	if _, _, err := b.imports(t, in); err != nil {
		t.Fatal(err)
	}
	other := b.imported(t)
	other.ExternalID = "9"
	kept, _, err := b.imports(t, other)
	if err != nil {
		t.Fatal(err)
	}
	undo := func() (n int, err error) {
		err = pg.InTx(t.Context(), b.db, func(tx pg.Q) error {
			n, err = ideas.UndoImport(t.Context(), tx, in.Import)
			return err
		})
		return n, err
	}
	b.decide(t, first, ideas.Adopted)
	_, err = undo()
	wantCode(t, err, ideas.ErrFrozen)
	if _, _, err := b.undo(t, b.eva, first); err != nil {
		t.Fatal(err)
	}
	if n, err := undo(); err != nil || n != 2 {
		t.Errorf("%d undone (%v)", n, err)
	}
	_, err = b.ByID(t.Context(), b.ann, first)
	wantCode(t, err, ideas.ErrNotFound)
	b.see(t, b.visitor, kept)
	if n := b.count(t, `SELECT count(*) FROM idea_history WHERE idea_id <> $1`, kept); n != 0 {
		t.Errorf("%d rows of history left", n)
	}
	if n, err := undo(); err != nil || n != 0 {
		t.Errorf("again: %d (%v)", n, err)
	}
	if _, added, err := b.imports(t, in); err != nil || !added {
		t.Errorf("after the undo it comes in again: %v (%v)", added, err)
	}
}

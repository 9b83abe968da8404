package board_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

// say writes a comment straight into the table.
func (w *world) say(by accounts.Actor, on ideas.ID, words string) (id int64) {
	w.t.Helper()
	const query = `INSERT INTO comments (idea_id, author_id, source, html, text) VALUES ($1, $2, $3, '<p>' || $3 || '</p>', $3) RETURNING id`
	if err := w.db.Get(&id, query, on, by.ID, words); err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *world) look(actor accounts.Actor, in board.Realm, q string) []string {
	w.t.Helper()
	page, err := w.Look(w.t.Context(), actor, board.LookQuery{In: in, Q: q})
	if err != nil {
		w.t.Fatalf("%s %q: %v", in, q, err)
	}
	return titlesOf(page)
}

func titlesOf(page board.Page[board.Hit]) []string {
	var list []string
	for _, h := range page.Items {
		list = append(list, h.Title)
	}
	return list
}

func (w *world) named(handle, name, visibility string) accounts.Actor {
	w.t.Helper()
	p := w.person()
	w.db.MustExec(`UPDATE accounts SET handle = $2, name = $3, visibility = $4 WHERE id = $1`, p.ID, handle, name, visibility)
	p.Handle, p.Name = handle, name
	return p
}

func TestASearchAcrossFindsEveryKind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	zoe := w.named("zoe-lamp", "Zoë Lamprecht", "full")
	lamp := w.idea(zoe, ideas.Text{Title: "A lamp that folds"})
	w.adopt(lamp, "Fold Lamp", products.StageAdopted)
	kettle := w.idea(zoe, ideas.Text{Title: "A kettle"})
	w.say(zoe, kettle, "Put a lamp in it, so that one sees the water.")
	w.announce("light", "Lamps for the night", time.Now().Add(-time.Hour))
	all, err := w.LookAcross(t.Context(), accounts.Actor{}, "lamp", 5)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, page := range all {
		got = append(got, strings.Join(titlesOf(page), ","))
	}
	if diff := cmp.Diff([]string{"A lamp that folds", "A kettle", "Zoë Lamprecht", "Fold Lamp", "Lamps for the night"}, got); diff != "" {
		t.Error(diff)
	}
	for in, tries := range map[board.Realm]map[string]string{
		board.InPeople:     {"zoe": "Zoë Lamprecht", "@zoe-lamp": "Zoë Lamprecht", "Lamprcht": "Zoë Lamprecht", "ZO": "Zoë Lamprecht", "mprech": "Zoë Lamprecht"},
		board.InProducts:   {"fold": "Fold Lamp", "lmp fold": "Fold Lamp", "Fo": "Fold Lamp"},
		board.InChallenges: {"nights": "Lamps for the night", "lamps nigt": "Lamps for the night"},
		board.InTalk:       {"waters": "A kettle", "PUT": "A kettle"},
		board.InIdeas:      {"lamp that fodls": "A lamp that folds"},
	} {
		for q, want := range tries {
			if got := w.look(accounts.Actor{}, in, q); !cmp.Equal(got, []string{want}) {
				t.Errorf("%s %q: %q", in, q, got)
			}
		}
	}
}

// announce makes one, announced at a moment.
func (w *world) announce(slug, title string, announced time.Time) {
	w.t.Helper()
	day := 24 * time.Hour
	w.db.MustExec(`INSERT INTO challenges (slug, title, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
		VALUES ($1, $2, $3, $4, $5, $4, $5, $5)`, slug, title, announced, announced, announced.Add(9*day))
}

func TestASearchAcrossDoesNotKnowWhatOneMayNotSee(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.named("sesame-name", "Sesame Named", "name")
	shy := w.named("sesame-hidden", "Sesame Hidden", "hidden")
	gone := w.named("sesame-gone", "Sesame Gone", "full")
	w.db.MustExec(`UPDATE accounts SET email = NULL, email_key = NULL WHERE id = $1`, gone.ID)
	open, hidden := w.titled("A plate"), w.titled("A sesame bowl that is hidden")
	w.say(shy, hidden, "Sesame under what is hidden.")
	w.hide(hidden)
	if _, err := w.ideas.SaveDraft(t.Context(), shy, 0, ideas.Text{Title: "A sesame draft"}); err != nil {
		t.Fatal(err)
	}
	w.topic("held", true)
	w.idea(shy, ideas.Text{Title: "A sesame that is held", Topic: "held"})
	w.db.MustExec(`UPDATE comments SET hidden = true WHERE id = $1`, w.say(shy, open, "Sesame hidden by a moderator."))
	w.db.MustExec(`UPDATE comments SET deleted_at = now(), source = '', html = '', text = '' WHERE id = $1`, w.say(shy, open, "Sesame deleted."))
	w.announce("sesame", "Sesame, not announced", time.Now().Add(time.Hour))
	for _, actor := range []accounts.Actor{{}, w.person()} {
		for _, in := range board.Realms {
			if got := w.look(actor, in, "sesame"); len(got) > 0 {
				t.Errorf("%s: %q", in, got)
			}
		}
	}
	if got := w.look(w.boss, board.InChallenges, "sesame"); len(got) != 1 {
		t.Errorf("staff and what is not announced: %q", got)
	}
	w.say(shy, open, "Sesame said aloud.")
	page, err := w.Look(t.Context(), accounts.Actor{}, board.LookQuery{In: board.InTalk, Q: "sesame"})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("%+v %v", page, err)
	}
	if by := page.Items[0].By; !by.Hidden || by.Picture != nil {
		t.Errorf("who hides is linked: %+v", by)
	}
}

func TestASearchAcrossTakesWhateverIsTyped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.named("ann", "Ann 100% Wool_ly", "full")
	w.titled("Ann's idea")
	for _, q := range []string{"%", "_", `\`, "%%%", "___", `\\\`, "'", "a & b | !", "((", "a:*", "<->", "\u0301\u0301\u0301", "\u202eann\u202c", "😀😀", "  ", "@", "@@@", strings.Repeat("a ", 100), strings.Repeat("é", 200), "'; DROP TABLE ideas; --"} {
		for _, in := range board.Realms {
			page, err := w.Look(t.Context(), accounts.Actor{}, board.LookQuery{In: in, Q: q})
			if err != nil {
				t.Errorf("%s %q: %v", in, q, err)
			}
			if signs := strings.Trim(q, "%_\\@ "); signs == "" && len(page.Items) > 0 {
				t.Errorf("%s %q finds %q", in, q, titlesOf(page))
			}
		}
	}
	if got := w.look(accounts.Actor{}, board.InPeople, "100%"); len(got) != 1 {
		t.Errorf("100%%: %q", got)
	}
	for q, want := range map[board.LookQuery]error{
		{In: board.InTalk, Q: strings.Repeat("é", 201)}:             board.ErrSearch,
		{In: board.InTalk, Q: "a\x00b"}:                             board.ErrSearch,
		{In: board.InPeople, Q: "\xff"}:                             board.ErrSearch,
		{In: "secrets", Q: "ann"}:                                   board.ErrRealm,
		{In: board.InPeople, Q: "ann", After: "nonsense"}:           board.ErrCursor,
		{In: board.InProducts, Q: "ann", Limit: board.MaxLimit + 1}: board.ErrLimit,
	} {
		if _, err := w.Look(t.Context(), accounts.Actor{}, q); !errors.Is(err, want) {
			t.Errorf("%+v: %v, want %v", q, err, want)
		}
	}
}

func TestASearchAcrossGoesOnFromPageToPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	kettle := w.titled("A kettle")
	for i := range 23 {
		w.named(fmt.Sprintf("sam-%d", i), fmt.Sprintf("Sam Number %d", i), "full")
		w.say(w.boss, kettle, fmt.Sprintf("Sam said %d.", i))
	}
	for _, in := range []board.Realm{board.InPeople, board.InTalk} {
		all := walk(t, 5, func(after string) (board.Page[board.Hit], error) {
			return w.Look(t.Context(), accounts.Actor{}, board.LookQuery{In: in, Q: "sam", After: after, Limit: 5})
		})
		seen := map[int64]bool{}
		for _, h := range all {
			seen[h.ID] = true
		}
		if len(all) != 23 || len(seen) != 23 {
			t.Errorf("%s: %d, %d of them different", in, len(all), len(seen))
		}
	}
}

func TestTenThousandCommentsWithAWordGiveTheNewest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	kettle := w.titled("A kettle")
	w.db.MustExec(`INSERT INTO comments (idea_id, author_id, source, html, text)
		SELECT $1, $2, 'water', '<p>water</p>', 'water number ' || n FROM generate_series(1, 10000) AS n`, kettle, w.boss.ID)
	newest := w.say(w.boss, kettle, "The last of the water.")
	page, err := w.Look(t.Context(), accounts.Actor{}, board.LookQuery{In: board.InTalk, Q: "water", Limit: 20})
	if err != nil || len(page.Items) != 20 || page.Items[0].ID != newest || page.Next == "" {
		t.Errorf("%d found, the first %+v (%v)", len(page.Items), page.Items[:min(1, len(page.Items))], err)
	}
}

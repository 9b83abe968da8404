package owndata_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
)

func codeOf(err error) string { return fault.Of(err).Code }

// found lists the tables in which a text stands, whatever the column.
func (w *world) found(text string) []string {
	w.t.Helper()
	var tables, list []string
	const all = `SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`
	if err := w.db.Select(&tables, all); err != nil {
		w.t.Fatal(err)
	}
	for _, table := range tables {
		var rows []string
		if err := w.db.Select(&rows, `SELECT left(t::text, 300) FROM `+table+` AS t WHERE t::text ILIKE '%' || $1 || '%'`, text); err != nil {
			w.t.Fatal(table, err)
		}
		for _, row := range rows {
			list = append(list, table+": "+row)
		}
	}
	return list
}

func (w *world) picture(by accounts.Actor) string {
	w.t.Helper()
	var raw bytes.Buffer
	if err := png.Encode(&raw, image.NewGray(image.Rect(0, 0, 40+int(by.ID), 40))); err != nil {
		w.t.Fatal(err)
	}
	p, err := w.pictures.Upload(w.t.Context(), int64(by.ID), bytes.NewReader(raw.Bytes()), "needle of a picture")
	if err != nil {
		w.t.Fatal(err)
	}
	return p.ID
}

// full is somebody who did everything that one can, with words found nowhere else.
func (w *world) full(handle string, open, decided ideas.ID, boss, other accounts.Actor) accounts.Actor {
	w.t.Helper()
	p := w.person("needle-"+handle, "Needle Of "+handle)
	face := w.picture(p)
	if err := w.accounts.SetProfile(w.t.Context(), p, accounts.Profile{
		Name: p.Name, Handle: p.Handle, Bio: "The needle of a bio.", Links: []string{"https://needle.example/"}, Visibility: accounts.Full, PictureID: &face,
	}); err != nil {
		w.t.Fatal(err)
	}
	w.cast(p, open)
	w.cast(p, decided)
	w.db.MustExec(`INSERT INTO standings (account_id, points) VALUES ($1, 5) ON CONFLICT DO NOTHING`, p.ID)
	w.db.MustExec(`INSERT INTO standing_entries (account_id, kind, source, n, worth, points, at) SELECT $1, kind, 'idea:1', 0, 5, 5, now() FROM standing_points LIMIT 1`, p.ID)
	own := w.idea(p, "Needle in an idea")
	if _, err := w.ideas.Revise(w.t.Context(), p, own, 1, ideas.Text{Title: "Needle in an idea, again", Story: "The needle is still in this story, as it was.", Accept: true}); err != nil {
		w.t.Fatal(err)
	}
	declined := w.idea(p, "Needle that was declined")
	w.decide(boss, declined, ideas.Declined)
	if _, err := w.ideas.SaveDraft(w.t.Context(), p, 0, ideas.Text{Title: "Needle of a draft"}); err != nil {
		w.t.Fatal(err)
	}
	said := w.say(p, open, "The needle of a comment.")
	answered := w.say(other, open, "Hello @"+p.Handle+", and @"+p.Handle+"x who is another.")
	w.db.MustExec(`INSERT INTO comment_mentions (comment_id, account_id, typed) VALUES ($1, $2, $3)`, answered, p.ID, p.Handle)
	w.db.MustExec(`INSERT INTO comment_versions (comment_id, version, kind, source, html, policy_version) VALUES ($1, 1, 'comment', $2, $2, 1)`, answered, "Hi @"+p.Handle+".")
	w.db.MustExec(`INSERT INTO comment_versions (comment_id, version, kind, source, html, policy_version) VALUES ($1, 1, 'comment', 'needle', 'needle', 1)`, said)
	w.db.MustExec(`INSERT INTO idea_notes (idea_id, author_id, body) VALUES ($1, $2, 'Ask @' || $3)`, open, boss.ID, p.Handle)
	w.db.MustExec(`INSERT INTO follows_people (person_id, account_id) VALUES ($1, $2), ($2, $1)`, p.ID, other.ID)
	w.db.MustExec(`INSERT INTO notices (account_id, kind, key, why, idea_id, data) VALUES ($1, 'moved', 'needle', 'named', $2, '{"title": "needle"}')`, p.ID, open)
	w.db.MustExec(`INSERT INTO waiting_votes (voter_id, idea_id, browser) VALUES ($1, $2, 'needle')`, p.ID, open)
	w.db.MustExec(`INSERT INTO studio_views (owner_id, name, query) VALUES ($1, 'needle', '')`, p.ID)
	w.db.MustExec(`INSERT INTO seen (account_id, idea_id) VALUES ($1, $2)`, p.ID, open)
	if _, err := w.accounts.NewToken(w.t.Context(), p.ID, "needle", []string{"read"}, 0); err != nil {
		w.t.Fatal(err)
	}
	return p
}

func TestNothingIsLeftOfWhoWasErasedAndNoResultChanges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	boss, other := w.person("boss", "Boss", accounts.Team), w.person("other", "Other")
	open, decided := w.idea(boss, "An open idea"), w.idea(boss, "A decided idea")
	p := w.full("anna", open, decided, boss, other)
	w.cast(other, open)
	w.cast(other, decided)
	w.db.MustExec(`UPDATE votes SET browser = NULL, referrer = NULL WHERE voter_id = $1`, other.ID)
	w.decide(boss, decided, ideas.Declined)
	if len(w.found("needle")) < 15 {
		t.Fatal("the search finds too little", w.found("needle"))
	}
	w.erase(p, true)
	for _, row := range w.found("needle") {
		if !strings.Contains(row, "needle-annax") { // somebody else's
			t.Errorf("left: %s", row)
		}
	}
	for _, row := range w.found("needle of") {
		t.Errorf("left: %s", row)
	}
	if w.voters(open) != 1 || w.voters(decided) != 2 {
		t.Errorf("open %d, decided %d", w.voters(open), w.voters(decided))
	}
	w.agrees()
	for _, table := range []string{"standings", "standing_entries", "badges"} {
		var left int
		if err := w.db.Get(&left, `SELECT count(*) FROM `+table+` WHERE account_id = $1`, p.ID); err != nil || left != 0 {
			t.Errorf("%d rows in %s (%v)", left, table, err)
		}
	}
	var bare struct {
		Handle, Visibility string
		Gone               bool
	}
	if err := w.db.QueryRowx(`SELECT handle, visibility, erased_at IS NOT NULL FROM accounts WHERE id = $1`, p.ID).Scan(&bare.Handle, &bare.Visibility, &bare.Gone); err != nil {
		t.Fatal(err)
	}
	if bare.Handle != "former-"+p.ID.String() || !bare.Gone {
		t.Errorf("%+v", bare)
	}
	if n, err := w.Sweep(t.Context()); n != 0 || err != nil {
		t.Errorf("once more: %d %v", n, err)
	}
	if swept, err := w.pictures.Sweep(t.Context()); swept != 1 || err != nil {
		t.Errorf("pictures swept: %d %v", swept, err)
	}
}

func TestWhoLeavesTheirTextsBecomesAFormerMember(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	boss, other := w.person("boss", "Boss", accounts.Team), w.person("other", "Other")
	open, decided := w.idea(boss, "An open idea"), w.idea(boss, "A decided idea")
	p := w.full("bea", open, decided, boss, other)
	w.erase(p, false)
	var titles pq.StringArray
	if err := w.db.Get(&titles, `SELECT array_agg(title ORDER BY title) FROM ideas WHERE contributor_id = $1`, p.ID); err != nil {
		t.Fatal(err)
	}
	if strings.Join(titles, "|") != "Needle in an idea, again|Needle that was declined" {
		t.Errorf("%q", titles)
	}
	for _, who := range []string{p.Handle, p.Name, "needle-bea", "needle.example", "needle of a draft", "needle of a bio", "needle-browser"} {
		for _, row := range w.found(who) {
			if !strings.Contains(row, "needle-beax") {
				t.Errorf("%s: %s", who, row)
			}
		}
	}
	if len(w.found("needle of a comment")) != 1 {
		t.Error("the comment is gone")
	}
	w.agrees()
}

// agrees holds that votes and their ledger say the same.
func (w *world) agrees() {
	w.t.Helper()
	replay, err := w.votes.ReplayLedger(w.t.Context(), false, func(int, int) {})
	if err != nil || !replay.Exact() {
		w.t.Errorf("votes and ledger: %+v %v", replay, err)
	}
}

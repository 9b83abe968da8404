package owndata_test

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/owndata"
)

// whose are the columns that name an account: by a foreign key, or, in tables
// that have none for speed, by their name. A part of a table is that table.
const whose = `
	SELECT c.conrelid::regclass::text || '.' || a.attname FROM pg_constraint c
	JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) JOIN pg_class t ON t.oid = c.conrelid
	WHERE c.contype = 'f' AND c.confrelid = 'accounts'::regclass AND NOT t.relispartition
	UNION
	SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c
	JOIN pg_class t ON t.relname = c.table_name AND t.relkind IN ('r', 'p') AND NOT t.relispartition
	WHERE c.table_schema = 'public' AND c.data_type = 'bigint' AND c.column_name ~ '^(account|voter|author|from|by|owner|actor|person|who|editor|maker|contributor|reviewer|inviter|member)_id$|_by$'
	ORDER BY 1`

func TestEveryColumnThatNamesAnAccountIsExportedOrWithheldWithAReason(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var list []string
	if err := w.db.Select(&list, whose); err != nil || len(list) < 40 {
		t.Fatal(len(list), err)
	}
	for _, column := range list {
		if !owndata.Covered(column) {
			t.Errorf("%s stands in no file of the export, and nowhere is said why", column)
		}
	}
	for _, column := range owndata.Columns() {
		if !slices.Contains(list, column) {
			t.Errorf("%s is spoken of and does not name an account", column)
		}
	}
	for _, lang := range i18n.All {
		for _, file := range owndata.Files() {
			if !i18n.Has(lang, "owndata.file."+file) {
				t.Errorf("%s does not say what %s is", lang, file)
			}
		}
	}
}

func unpack(t *testing.T, archive *owndata.Archive) map[string]string {
	t.Helper()
	defer func() { _ = archive.Close() }()
	z, err := zip.NewReader(archive, archive.Size)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(f.Name, err)
		}
		files[f.Name] = string(content)
		if strings.HasSuffix(f.Name, ".json") && !json.Valid(content) {
			t.Errorf("%s is no JSON: %s", f.Name, content)
		}
	}
	return files
}

func TestAnExportHoldsWhatIsMineAndNothingOfOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann, ben := w.person("ann", "Ann"), w.person("ben-secret", "Ben Hidden")
	w.db.MustExec(`UPDATE accounts SET visibility = 'hidden' WHERE id = $1`, ben.ID)
	mine, theirs, hidden := w.idea(ann, "Mine alone"), w.idea(ben, "Of somebody else"), w.idea(ben, "Hidden by a moderator")
	if _, err := w.ideas.SaveDraft(t.Context(), ann, 0, ideas.Text{Title: "My draft"}); err != nil {
		t.Fatal(err)
	}
	w.cast(ann, theirs)
	w.cast(ann, hidden)
	w.db.MustExec(`UPDATE ideas SET hidden = true WHERE id = $1`, hidden)
	w.say(ann, theirs, "What I said.")
	w.say(ben, mine, "What Ben said.")
	w.db.MustExec(`INSERT INTO thanks (comment_id, author_id, from_id, reason) SELECT id, author_id, $1, 'useful' FROM comments WHERE author_id = $2`, ann.ID, ben.ID)
	archive, err := w.Export(t.Context(), ann, "", i18n.NL)
	if err != nil {
		t.Fatal(err)
	}
	files := unpack(t, archive)
	whole := ""
	for name, content := range files {
		whole += name + content
	}
	for _, is := range []string{"Mine alone", "My draft", "What I said.", "Of somebody else", "ann-1@example.org", "A browser of ann", "thanks-given.json"} {
		if !strings.Contains(whole, is) {
			t.Errorf("%q is not in it", is)
		}
	}
	for _, isNot := range []string{"ben-secret", "Ben Hidden", "What Ben said", "Hidden by a moderator", "$argon2id$", "token_hash"} {
		if strings.Contains(whole, isNot) {
			t.Errorf("%q is in it", isNot)
		}
	}
	for _, name := range owndata.Files() {
		if files[name+".json"] == "" {
			t.Errorf("%s.json is missing", name)
		}
	}
}

func TestAnExportAsksForTheWayInAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.person("ann", "Ann")
	token, err := w.accounts.NewToken(t.Context(), ann.ID, "all", []string{"read", "write"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	byToken, err := w.accounts.ResolveToken(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	w.long(ann)
	for _, tc := range []struct {
		actor    accounts.Actor
		password string
		code     string
	}{
		{accounts.Actor{}, password, accounts.ErrSignIn.Code},
		{byToken, password, accounts.ErrScope.Code},
		{ann, "", "accounts.fresh"},
		{ann, "not the password", "invalid"},
		{ann, strings.Repeat("x", 10_000), "invalid"},
	} {
		archive, err := w.Export(t.Context(), tc.actor, tc.password, i18n.EN)
		var f interface{ Error() string }
		if archive != nil || !errors.As(err, &f) || codeOf(err) != tc.code {
			t.Errorf("%q: %v, want %s", tc.password, err, tc.code)
		}
	}
	archive, err := w.Export(t.Context(), ann, password, i18n.EN)
	if err != nil {
		t.Fatal(err)
	}
	if files := unpack(t, archive); files["account.json"] == "" {
		t.Error("an empty export")
	}
}

func TestWhoAskedMayThinkAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.WithGrace(owndata.Grace)
	ann := w.person("ann", "Ann")
	for _, wish := range []owndata.Wish{{}, {Password: "wrong", Handle: "ann"}, {Password: password}, {Password: password, Handle: "ben"}} {
		if _, err := w.Ask(t.Context(), ann, wish); err == nil {
			t.Errorf("%+v is taken", wish)
		}
	}
	var together sync.WaitGroup
	for range 4 { // twice at once is once
		together.Go(func() {
			if _, err := w.Ask(t.Context(), ann, owndata.Wish{Password: password, Handle: " @Ann"}); err != nil {
				t.Error(err)
			}
		})
	}
	together.Wait()
	var visible string
	var sessions int
	look := func() {
		if err := errors.Join(w.db.Get(&visible, `SELECT visibility FROM accounts WHERE id = $1`, ann.ID), w.db.Get(&sessions, `SELECT count(*) FROM sessions WHERE account_id = $1`, ann.ID)); err != nil {
			t.Fatal(err)
		}
	}
	if look(); visible != "hidden" || sessions != 0 {
		t.Errorf("after asking: %s, %d sessions", visible, sessions)
	}
	if n, err := w.Sweep(t.Context()); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	if _, asked, err := w.Asked(t.Context(), ann); !asked || err != nil {
		t.Fatal(asked, err)
	}
	var told int
	if err := w.db.Get(&told, `SELECT count(*) FROM outbox WHERE topic = $1`, accounts.TopicErasing); err != nil || told != 1 {
		t.Errorf("%d mails say so (%v)", told, err)
	}
	if at, asked, err := w.Due(t.Context(), ann.ID); !asked || err != nil || time.Until(at) < 6*24*time.Hour {
		t.Errorf("due %v, %t (%v)", at, asked, err)
	}
	if err := w.Keep(t.Context(), ann); err != nil {
		t.Fatal(err)
	}
	if look(); visible != "full" {
		t.Errorf("after thinking again: %s", visible)
	}
	if _, asked, _ := w.Asked(t.Context(), ann); asked {
		t.Error("it is still asked for")
	}
	if _, asked, err := w.Due(t.Context(), ann.ID); asked || err != nil {
		t.Errorf("a mail would still say so (%v)", err)
	}
}

func TestTheOnlyAdminCannotBeErased(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	only := w.person("boss", "Boss", accounts.Admin)
	wish := owndata.Wish{Password: password, Handle: "boss"}
	if _, err := w.Ask(t.Context(), only, wish); !errors.Is(err, accounts.ErrLastAdmin) {
		t.Fatal(err)
	}
	w.person("second", "Second", accounts.Admin)
	if _, err := w.Ask(t.Context(), only, wish); err != nil {
		t.Fatal(err)
	}
}

package imports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/pg/pgtest"
)

func talk(t *testing.T, db *sqlx.DB, file string, o TalkOptions) TalkReport {
	t.Helper()
	r, err := Talk(t.Context(), db, strings.NewReader(file), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheCommentsOfMadridComeOnceAndGoAgain(t *testing.T) {
	dir := os.Getenv("DATA_SAMPLES")
	if dir == "" {
		t.Skip("DATA_SAMPLES is not set: no real file to import")
	}
	proposals, err := os.ReadFile(filepath.Join(dir, "madrid-proposals.csv"))
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(dir, "madrid-comments.csv"))
	if err != nil {
		t.Fatal(err)
	}
	db := pgtest.New(t)
	m, err := ParseMapping("id=id,title=title,story=summary+text,created=date,votes=numSupports,author=userId")
	if err != nil {
		t.Fatal(err)
	}
	run1(t, db, string(proposals), Options{Source: "madrid", Mapping: m})
	people := count(t, db, `SELECT count(*) FROM accounts`)
	o := TalkOptions{Source: "madrid", File: "madrid-comments.csv", Map: "id=id,parent=parentId,idea=proposalId,author=userId,created=date+time,text=text,for=numPositiveVotes,against=numNegativeVotes"}
	dry := o
	dry.DryRun = true
	if r := talk(t, db, string(file), dry); r.Added != 2929 || r.Import != 0 || count(t, db, `SELECT count(*) FROM comments`) != 0 {
		t.Errorf("dry: %+v", r)
	}
	r := talk(t, db, string(file), o)
	if r.Rows != 2963 || r.Added != 2929 || r.Refused != 34 || len(r.Errors) != 34 || r.Errors[0].Code != "imports.text_empty" || r.Lost != 91 || r.Skipped != 0 {
		t.Errorf("%d rows, %d added, %d refused, %d lost, %d here", r.Rows, r.Added, r.Refused, r.Lost, r.Skipped)
	}
	for what, c := range map[string]struct {
		query string
		want  int
	}{
		"shown":                   {`SELECT sum(comments) FROM talks`, 2929},
		"threads":                 {`SELECT count(*) FROM comments WHERE thread_id IS NULL`, r.Threads},
		"votes for":               {`SELECT sum(carried_for) FROM comments`, r.For},
		"votes against":           {`SELECT sum(carried_against) FROM comments`, r.Against},
		"in reply to":             {`SELECT count(*) FROM comments c JOIN comments o ON o.id = c.reply_to WHERE o.parent_id <> o.thread_id AND c.parent_id = o.parent_id`, 460},
		"of another day":          {`SELECT count(*) FROM comments WHERE at >= '2020-01-01'`, 0},
		"on another idea":         {`SELECT count(*) FROM comments c JOIN comments p ON p.id = c.parent_id WHERE p.idea_id <> c.idea_id`, 0},
		"who cannot sign in":      {`SELECT count(*) FROM accounts WHERE email IS NOT NULL`, 0},
		"told":                    {`SELECT count(*) FROM outbox WHERE topic LIKE 'notices%' OR topic LIKE 'comments%'`, 0},
		"deeper than the second":  {`SELECT count(*) FROM comments c JOIN comments p ON p.id = c.parent_id WHERE p.parent_id <> p.thread_id`, 0},
		"first comment's replies": {`SELECT replies FROM comments WHERE external_id = '17092'`, count(t, db, `SELECT count(*) FROM comments WHERE thread_id = (SELECT id FROM comments WHERE external_id = '17092')`)},
	} {
		if got := count(t, db, c.query); got != c.want {
			t.Errorf("%s: %d, want %d", what, got, c.want)
		}
	}
	if again := talk(t, db, string(file), o); again.Added != 0 || again.Skipped != 2929 || again.Refused != 34 || again.Import != 0 {
		t.Errorf("again: %+v", again)
	}
	if n, err := Undo(t.Context(), db, r.Import); err != nil || n != 2929 {
		t.Error(n, err)
	}
	if n := count(t, db, `SELECT count(*) FROM comments`); n != 0 {
		t.Errorf("%d comments are left", n)
	}
	if n := count(t, db, `SELECT count(*) FROM accounts`); n != people {
		t.Errorf("%d people, there were %d", n, people)
	}
}

func TestAFileOfCommentsMayBeInAnyOrderAndBroken(t *testing.T) {
	db := pgtest.New(t)
	run1(t, db, "id,title\n1,A lamp that folds\n2,A chair that does\n", Options{Source: "old"})
	const file = `id,parent,idea,author,created,text,for,against
5,4,1,Ann,2020-01-02,An answer before its question,1,0
4,,1,Ben,2020-01-01,A question,2,1
6,7,1,Ann,2020-01-01,In a circle,0,0
7,6,1,Ann,2020-01-01,In a circle too,0,0
8,4,2,Ann,2020-01-01,Of another idea,0,0
9,,3,Ann,2020-01-01,Of no idea,0,0
4,,1,Ann,2020-01-01,Again,0,0
10,,1,Ann,someday,Undated,0,0
11,,1,Ann,2020-01-01,Uncounted,-1,0
12,,1,ann@example.org,2020-01-01,<script>alert(1)</script> & @ben,0,0
,,1,Ann,2020-01-01,Nameless,0,0
13,5,1,Ann,2020-01-03,,0,0
14,13,1,Ann,2020-01-03,Below an empty one,0,0
`
	o := TalkOptions{Source: "old"}
	r := talk(t, db, file, o)
	if r.Added != 7 || r.Refused != 6 || r.Rows != 13 {
		t.Errorf("%+v", r)
	}
	if n := count(t, db, `SELECT count(*) FROM comments c JOIN comments p ON p.id = c.parent_id WHERE c.external_id = '5' AND p.external_id = '4'`); n != 1 {
		t.Error("an answer lost its question")
	}
	if n := count(t, db, `SELECT count(*) FROM comments c JOIN comments p ON p.id = c.parent_id WHERE c.external_id = '14' AND p.external_id = '5'`); n != 1 {
		t.Error("what stands below an empty comment does not hang under the one above it")
	}
	if n := count(t, db, `SELECT count(*) FROM comments WHERE html LIKE '%<script%' OR html LIKE '%example.org%'`); n != 0 {
		t.Error("markup or an address came through")
	}
	member := count(t, db, `INSERT INTO accounts (handle, name) VALUES ('eva', 'Eva') RETURNING id`)
	db.MustExec(`INSERT INTO comments (idea_id, thread_id, parent_id, author_id, source, html, text)
		SELECT idea_id, id, id, $1, 'Mine', '<p>Mine</p>', 'Mine' FROM comments WHERE external_id = '4'`, member)
	if _, err := Undo(t.Context(), db, r.Import); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, `SELECT count(*) FROM comments`); n != 2 {
		t.Errorf("%d comments are left, want a member's and the empty place it answers", n)
	}
	if again := talk(t, db, file, o); again.Added != 7 {
		t.Errorf("after an undo: %+v", again)
	}
	for _, bad := range []TalkOptions{{Source: "Old"}, {Source: "old", Map: "id"}, {Source: "old", Map: "id=x"}, {Source: "old", Map: "id=id,x=text"}, {Source: "old", Map: "id=id"}} {
		if _, err := Talk(t.Context(), db, strings.NewReader(file), bad, nil); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

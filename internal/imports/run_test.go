package imports

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/products"
)

// count runs a query for one number.
func count(t *testing.T, db *sqlx.DB, query string) int {
	t.Helper()
	var n int
	if err := db.GetContext(t.Context(), &n, query); err != nil {
		t.Fatal(err)
	}
	return n
}

// tables counts what an import could have left behind.
func tables(t *testing.T, db *sqlx.DB) string {
	t.Helper()
	var all []string
	for _, table := range []string{"imports", "ideas", "idea_history", "accounts", "outbox", "votes", "tallies", "idea_tags"} {
		all = append(all, fmt.Sprint(table, "=", count(t, db, `SELECT count(*) FROM `+table)))
	}
	return strings.Join(all, " ")
}

func run1(t *testing.T, db *sqlx.DB, file string, o Options) Report {
	t.Helper()
	if o.Source == "" {
		o.Source = "elsewhere"
	}
	r, err := Run(t.Context(), db, strings.NewReader(file), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const kettles = "id,title,text,date,votes,author,category,tags\n" +
	"1,A kettle for the left hand,It pours well,2015-09-15,12,Jane Doe,Keuken,\"tea,x,stove\"\n" +
	"2,A lamp that folds,,2015-09-16,7,9884,Lighting,\n" +
	"3,A quiet drawer,It does not slam,,0,jane@example.org,,\n" +
	"4,A rake,It folds,2015-09-18,1,,,\n"

func TestRowsBecomeIdeasThatCarryTheirVotesOver(t *testing.T) {
	db := pgtest.New(t)
	if _, err := db.Exec(`INSERT INTO topics (slug, name_en, name_nl) VALUES ('kitchen', 'Kitchen', 'Keuken'), ('other', 'Other', 'Overig')`); err != nil {
		t.Fatal(err)
	}
	var told []int
	r, err := Run(t.Context(), db, strings.NewReader(kettles), Options{Source: "fider", File: "kettles.csv", Topic: "other", Status: ideas.UnderReview}, func(done int) { told = append(told, done) })
	if err != nil {
		t.Fatal(err)
	}
	if r.Added != 4 || r.Skipped != 0 || r.Refused != 0 || r.Rows != 4 || r.CarriedOver != 20 || r.Import == 0 || len(r.Sample) != 4 {
		t.Errorf("%+v", r)
	}
	if diff := cmp.Diff(map[string]int{"imports.tags_dropped": 1, "imports.topic_unknown": 1}, r.Notices); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{1, 2, 3, 4}, told); diff != "" {
		t.Error(diff)
	}
	var got []string
	const query = `
		SELECT concat_ws('|', i.title, i.status, i.carried_over, t.slug, a.name, a.visibility, coalesce(a.email, 'none'), a.password_hash,
		       to_char(i.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), (SELECT string_agg(tag, ',' ORDER BY tag) FROM idea_tags WHERE idea_id = i.id))
		FROM ideas i JOIN accounts a ON a.id = i.contributor_id LEFT JOIN topics t ON t.id = i.topic_id ORDER BY i.external_id`
	if err := db.Select(&got, query); err != nil {
		t.Fatal(err)
	}
	today := time.Now().UTC().Format("2006-01-02")
	mail := placeName("fider") + " " + digest("jane@example.org")[:6]
	want := []string{
		"A kettle for the left hand|under_review|12|kitchen|Jane Doe|hidden|none|2015-09-15|stove,tea",
		"A lamp that folds|under_review|7|other|Fider 9884|hidden|none|2015-09-16",
		"A quiet drawer|under_review|0|other|" + mail + "|hidden|none|" + today,
		"A rake|under_review|1|other|Fider|hidden|none|2015-09-18",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := count(t, db, `SELECT coalesce(sum(voters + staff + would_buy), 0) + (SELECT count(*) FROM votes) FROM tallies`); n != 0 {
		t.Errorf("%d votes from elsewhere count here", n)
	}
	if n := count(t, db, `SELECT count(*) FROM accounts WHERE concat(handle, name, external_id, email) LIKE '%jane%example%'`); n != 0 {
		t.Error("an address is kept")
	}
	list, err := List(t.Context(), db)
	if err != nil || len(list) != 1 || list[0].File != "kettles.csv" || list[0].Added != 4 || list[0].Ideas != 4 || list[0].UndoneAt != nil {
		t.Errorf("%+v %v", list, err)
	}
}

func TestASecondRunChangesNothing(t *testing.T) {
	db := pgtest.New(t)
	run1(t, db, kettles, Options{})
	before := tables(t, db)
	if r := run1(t, db, kettles, Options{}); r.Added != 0 || r.Skipped != 4 || r.Import != 0 {
		t.Errorf("%+v", r)
	}
	if diff := cmp.Diff(before, tables(t, db)); diff != "" {
		t.Error(diff)
	}
	if r := run1(t, db, kettles, Options{Source: "another"}); r.Added != 4 {
		t.Errorf("ids of another source are not these: %+v", r)
	}
	more := kettles + "5,One more idea,It is new,2016-01-01,3,,,\n"
	if r := run1(t, db, more, Options{}); r.Added != 1 || r.Skipped != 4 || r.Import == 0 {
		t.Errorf("%+v", r)
	}
}

func TestADryRunSaysTheSameAndWritesNothing(t *testing.T) {
	db := pgtest.New(t)
	before := tables(t, db)
	r := run1(t, db, kettles+"5,,No title,,1,,,\n", Options{DryRun: true})
	if r.Added != 4 || r.Refused != 1 || r.Import != 0 || !r.DryRun || r.CarriedOver != 20 {
		t.Errorf("%+v", r)
	}
	if diff := cmp.Diff(before, tables(t, db)); diff != "" {
		t.Error(diff)
	}
}

func TestRefusedRowsAreReportedAndTheRestIsAdded(t *testing.T) {
	db := pgtest.New(t)
	var file strings.Builder
	file.WriteString("id,title,text,date,votes,author\n")
	for i := range 120 { // more than one batch
		switch i {
		case 3:
			file.WriteString("3,Of tomorrow,Story,2031-01-01,1,a\n")
		case 7:
			file.WriteString("7,ab,Story,2015-01-01,1,b\n")
		case 11:
			file.WriteString("11,Long," + strings.Repeat("word ", 14_000) + ",2015-01-01,1,c\n")
		case 60:
			file.WriteString("60," + strings.Repeat("é", 130) + ",Story,2015-01-01,1,\n")
		case 70:
			file.WriteString(strings.Repeat("é", 180) + ",Wide id,Story,2015-01-01,1,d\n")
		case 100:
			file.WriteString("100,Votes,Story,2015-01-01,99999999999,e\n")
		case 101:
			file.WriteString("101,Nothing to see,\u202e,2015-01-01,1," + strings.Repeat("é", 190) + "\n")
		default:
			fmt.Fprintf(&file, "%d,Idea number %d,Story,2015-01-01,1,author-%d\n", i, i, i%9)
		}
	}
	r := run1(t, db, file.String(), Options{Now: func() time.Time { return time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC) }})
	type found struct {
		Line     int
		ID, Code string
	}
	var got []found
	for _, e := range r.Errors {
		got = append(got, found{e.Line, e.ExternalID, e.Code})
		if e.Text == "" {
			t.Errorf("line %d has no sentence", e.Line)
		}
	}
	want := []found{
		{5, "3", "imports.date_future"},
		{9, "7", "imports.title_short"},
		{13, "11", "imports.story_too_long"},
		{72, strings.Repeat("é", 180), "imports.id_too_long"},
		{102, "100", "imports.votes_bad"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if r.Added != 115 || r.Refused != 5 || r.Rows != 120 || r.Notices["imports.title_cut"] != 1 {
		t.Errorf("%+v", r)
	}
	if n := count(t, db, `SELECT count(*) FROM ideas`); n != 115 {
		t.Errorf("%d ideas", n)
	}
	if n := count(t, db, `SELECT count(*) FROM accounts a WHERE NOT EXISTS (SELECT 1 FROM ideas WHERE contributor_id = a.id)`); n != 0 {
		t.Errorf("%d authors of refused rows", n)
	}
	if n := count(t, db, `SELECT added * 1000 + refused FROM imports`); n != 115_005 {
		t.Errorf("counts %d", n)
	}
}

func TestOptionsAreRefusedBeforeAnythingIsRead(t *testing.T) {
	db := pgtest.New(t)
	for code, o := range map[string]Options{
		"imports.source_shape": {Source: "Not this"},
		"imports.status":       {Source: "x", Status: ideas.Adopted},
		"imports.no_topic":     {Source: "x", Topic: "nowhere"},
	} {
		if _, err := Run(t.Context(), db, strings.NewReader(kettles), o, nil); fault.Of(err).Code != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	if _, err := Run(t.Context(), db, strings.NewReader("a,b\n1,2\n"), Options{Source: "x"}, nil); fault.Of(err).Code != "imports.missing_target" {
		t.Error(err)
	}
}

func TestUndoTakesAnImportBackAsAUnit(t *testing.T) {
	db := pgtest.New(t)
	first := run1(t, db, kettles, Options{})
	second := run1(t, db, "id,title,author\n8,A second file,Jane Doe\n", Options{})
	if _, err := db.Exec(`INSERT INTO votes (idea_id, voter_id) SELECT id, 1 FROM ideas`); err != nil {
		t.Fatal(err)
	}
	n, err := Undo(t.Context(), db, first.Import)
	if err != nil || n != 4 {
		t.Fatal(n, err)
	}
	if left := tables(t, db); left != "imports=2 ideas=1 idea_history=2 accounts=1 outbox=5 votes=1 tallies=1 idea_tags=0" {
		t.Error(left)
	}
	if _, err := Undo(t.Context(), db, first.Import); !errors.Is(err, ErrUndone) {
		t.Error(err)
	}
	if _, err := Undo(t.Context(), db, 999); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	if r := run1(t, db, kettles, Options{}); r.Added != 4 {
		t.Errorf("what was undone can come again: %+v", r)
	}

	boss, err := accounts.NewService(db, accounts.Options{}).Create(t.Context(), accounts.SignUp{Name: "Boss"}, "", []accounts.Role{accounts.Team})
	if err != nil {
		t.Fatal(err)
	}
	made := products.NewService(db, ideas.NewService(db, nil, ideas.Options{}), notices.NewService(db))
	id := ideas.ID(count(t, db, `SELECT id FROM ideas WHERE external_id = '8'`))
	if _, err := made.Adopt(t.Context(), accounts.As(boss), id, products.Adoption{Answer: "Yes."}); err != nil {
		t.Fatal(err)
	}
	if _, err := Undo(t.Context(), db, second.Import); !errors.Is(err, ErrAdopted) {
		t.Error(err)
	}
}

func TestTheProposalsOfMadridComeOnceAndGoAgain(t *testing.T) {
	dir := os.Getenv("DATA_SAMPLES")
	if dir == "" {
		t.Skip("DATA_SAMPLES is not set: no real file to import")
	}
	file, err := os.ReadFile(filepath.Join(dir, "madrid-proposals.csv"))
	if err != nil {
		t.Fatal(err)
	}
	db := pgtest.New(t)
	m, err := ParseMapping("id=id,title=title,story=summary+text,created=date,votes=numSupports,author=userId")
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Source: "madrid", File: "madrid-proposals.csv", Mapping: m}
	r := run1(t, db, string(file), o)
	if r.Added != 40 || r.CarriedOver != 114_710 || r.Refused != 0 || len(r.Notices) > 0 {
		t.Errorf("%+v", r)
	}
	if n := count(t, db, `SELECT sum(carried_over) FROM ideas WHERE submitted_at < '2020-01-01' AND status = 'open'`); n != 114_710 {
		t.Errorf("%d supports", n)
	}
	before := tables(t, db)
	if again := run1(t, db, string(file), o); again.Added != 0 || again.Skipped != 40 {
		t.Errorf("%+v", again)
	}
	if diff := cmp.Diff(before, tables(t, db)); diff != "" {
		t.Error(diff)
	}
	if n, err := Undo(t.Context(), db, r.Import); err != nil || n != 40 {
		t.Error(n, err)
	}
	if n := count(t, db, `SELECT (SELECT count(*) FROM ideas) + (SELECT count(*) FROM accounts) + (SELECT count(*) FROM tallies)`); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

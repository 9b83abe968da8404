package imports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

type outcome struct {
	rows    []Row
	refused []RowError
}

func readAll(t *testing.T, file, mapping string) outcome {
	t.Helper()
	m, err := ParseMapping(mapping)
	if err != nil {
		t.Fatal(err)
	}
	var got outcome
	for row, refused := range Read(iotest.OneByteReader(strings.NewReader(file)), m) {
		if refused != nil {
			got.refused = append(got.refused, *refused)
			continue
		}
		got.rows = append(got.rows, row)
	}
	return got
}

func TestReadUnderstandsTheSeparatorsAndTheByteOrderMark(t *testing.T) {
	for name, file := range map[string]string{
		"comma":     "id,title,votes\n1,\"Kettle, left\",3\n",
		"semicolon": "id;title;votes\r\n1;Kettle, left;3\r\n",
		"tab":       "id\ttitle\tvotes\n1\tKettle, left\t3\n",
		"mark":      "\ufeff\"id\";\"title\";votes\n1;Kettle, left;3",
	} {
		got := readAll(t, file, "")
		want := []Row{{Line: 2, ExternalID: "1", Title: "Kettle, left", Story: "Kettle, left", Votes: 3}}
		if diff := cmp.Diff(want, got.rows); diff != "" || len(got.refused) > 0 {
			t.Errorf("%s: %s %v", name, diff, got.refused)
		}
	}
}

func TestARefusedRowDoesNotStopTheRest(t *testing.T) {
	file := strings.Join([]string{
		"id,title,date,votes",
		"1,Kettle,2015-09-15,3",
		",No id,2015-09-15,3",
		"3,,2015-09-15,3",
		"4,Bad date,yesterday,3",
		"5,Bad votes,2015-09-15,many",
		"6,Negative,2015-09-15,-1",
		"1,Again,2015-09-15,3",
		"8,Short,2015-09-15",
		`9,A 5" pot,2015-09-15,3`,
		"10,Not \xff text,2015-09-15,3",
		",,,",
		"12,\"Two",
		"lines\",2015-09-15,3",
		"14,Last,2015-09-15,3",
	}, "\n")
	got := readAll(t, file, "id=id,title=title,created=date,votes=votes")
	type found struct {
		Line int
		Code string
	}
	var refused []found
	for _, e := range got.refused {
		refused = append(refused, found{e.Line, e.Code})
		if e.Text == "" || e.Ends {
			t.Errorf("%+v", e)
		}
	}
	want := []found{
		{3, "imports.id_missing"},
		{4, "imports.title_missing"},
		{5, "imports.date_bad"},
		{6, "imports.votes_bad"},
		{7, "imports.votes_negative"},
		{8, "imports.id_repeated"},
		{9, "imports.column_count"},
		{10, "imports.bad_quotes"},
		{11, "imports.not_utf8"},
	}
	if diff := cmp.Diff(want, refused); diff != "" {
		t.Error(diff)
	}
	var lines []int
	for _, row := range got.rows {
		lines = append(lines, row.Line)
	}
	if diff := cmp.Diff([]int{2, 13, 15}, lines); diff != "" {
		t.Error(diff)
	}
}

func TestAWholeFileIsRefusedOnce(t *testing.T) {
	for name, c := range map[string]struct{ file, code string }{
		"empty":    {"", "imports.empty_file"},
		"only bom": {"\ufeff", "imports.empty_file"},
		"utf-16":   {"\xff\xfei\x00d\x00", "imports.not_utf8"},
		"latin":    {"id,t\xeftle\n1,a\n", "imports.not_utf8"},
		"nameless": {",,\n1,2,3\n", "imports.bad_header"},
		"no id":    {"title,votes\nKettle,3\n", "imports.missing_target"},
	} {
		got := readAll(t, c.file, "")
		if len(got.rows) != 0 || len(got.refused) != 1 || got.refused[0].Code != c.code || !got.refused[0].Ends {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAQuoteThatIsNeverClosedCostsBoundedMemory(t *testing.T) {
	file := "id,title\n1,Kettle\n2,\"" + strings.Repeat("endless\n", 400_000)
	var last *RowError
	n := 0
	for _, refused := range Read(strings.NewReader(file), Mapping{}) {
		n++
		last = refused
	}
	if n != 2 || last == nil || last.Code != "imports.row_too_large" || !last.Ends {
		t.Errorf("%d, %v", n, last)
	}
}

func TestStoryJoinsItsPartsAndFallsBackToWhatThereIs(t *testing.T) {
	file := "id,title,summary,text\n" +
		"1,Kettle,Short.,Long.   Next line\n" +
		"2,Kettle,Short.,\n" +
		"3,Kettle,Same,Same\n" +
		"4,Kettle,, \n"
	var stories []string
	for _, row := range readAll(t, file, "").rows {
		stories = append(stories, row.Story)
	}
	if diff := cmp.Diff([]string{"Short.\n\nLong.\n\nNext line", "Short.", "Same", "Kettle"}, stories); diff != "" {
		t.Error(diff)
	}
}

func TestALongTitleIsCutAtAWordAndKeptInTheStory(t *testing.T) {
	title := strings.TrimSpace(strings.Repeat("kettle ", 30))
	row := readAll(t, "id,title,text\n1,"+title+",Story\n", "").rows[0]
	if n := len([]rune(row.Title)); n > titleLimit || !strings.HasSuffix(row.Title, "kettle…") {
		t.Errorf("%d: %s", n, row.Title)
	}
	if row.Story != title+"\n\nStory" || !cmp.Equal(row.Notices, []string{"imports.title_cut"}) {
		t.Errorf("%+v", row)
	}
}

func TestDatesAreReadInTheirManyForms(t *testing.T) {
	july := time.Date(2012, 7, 24, 0, 0, 0, 0, time.UTC)
	for _, text := range []string{
		"2012-07-24", "2012-07-24T00:00:00Z", "2012-07-24 02:00:00 +0200", "2012-07-24 00:00:00 UTC", "July 24, 2012", "24 Jul 2012",
		"24/07/2012", "07/24/2012", "24.7.2012", "24-07-2012 00:00", "1343088000", "1343088000000", "2012/07/24",
		"Tue Jul 24 2012 02:00:00 GMT+0200 (Central European Summer Time)",
	} {
		if at, dayFirst, ok := parseDate(text); !ok || dayFirst || !at.Equal(july) {
			t.Errorf("%s: %v %v %v", text, at, dayFirst, ok)
		}
	}
	if at, dayFirst, ok := parseDate("03/04/2012"); !ok || !dayFirst || at.Month() != time.April {
		t.Errorf("03/04/2012: %v %v %v", at, dayFirst, ok)
	}
	for _, text := range []string{"tomorrow", "31/31/2012", "2012-13-01", "0001-01-01", "9999-01-01", "12"} {
		if at, _, ok := parseDate(text); ok {
			t.Errorf("%s is %v", text, at)
		}
	}
}

func TestCountsAreReadWithTheirSeparators(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "7": 7, "1,234": 1234, "1.234.567": 1234567, "12 345": 12345, "12\u00a0345": 12345, "1'234": 1234,
		"42.0": 42, "1,234.00": 1234, "1.234,0": 1234, "+5": 5, "-3": -3, "−3": -3,
	} {
		if n, ok := parseCount(text); !ok || n != want {
			t.Errorf("%q: %d %v", text, n, ok)
		}
	}
	for _, text := range []string{"many", "1.5", "1,2", "1e3", "0x10", "99999999999", "--1", "1,23,456"} {
		if n, ok := parseCount(text); ok {
			t.Errorf("%q is %d", text, n)
		}
	}
}

func TestTheProposalsOfMadridAreAllRead(t *testing.T) {
	dir := os.Getenv("DATA_SAMPLES")
	if dir == "" {
		t.Skip("DATA_SAMPLES is not set: no real file to read")
	}
	file, err := os.Open(filepath.Join(dir, "madrid-proposals.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, supports := 0, 0
	for row, refused := range Read(file, Mapping{}) {
		if refused != nil {
			t.Fatal(refused)
		}
		rows++
		supports += row.Votes
		if row.Story == "" || row.Created.Year() < 2015 || row.Author == "" || len(row.Notices) > 0 {
			t.Errorf("%+v", row)
		}
	}
	if rows != 40 || supports != 114_710 {
		t.Errorf("%d rows with %d supports", rows, supports)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("id,title,text,date,votes,tags\n1,Kettle,Story,2015-09-15,\"1,234\",a|b\n", "")
	f.Add("\ufeffnumber;title\r\n1;\"a\nb\"\r\n2;\"open", "id=number,title=title")
	f.Add("id\ttitle\n\x00\t\xff\n", "id=id,title=title,story=title+id")
	f.Fuzz(func(t *testing.T, file, mapping string) {
		m, err := ParseMapping(mapping)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for row, refused := range Read(strings.NewReader(file), m) {
			if refused != nil {
				if refused.Line < 1 || refused.Code == "" || refused.Text == "" {
					t.Fatalf("%+v", refused)
				}
				continue
			}
			if row.Line < 2 || seen[row.ExternalID] || row.ExternalID == "" || row.Title == "" || row.Story == "" || row.Votes < 0 ||
				len([]rune(row.Title)) > titleLimit || strings.ContainsAny(row.Title+row.ExternalID+row.Author, "\x00\n\r") {
				t.Fatalf("%+v", row)
			}
			seen[row.ExternalID] = true
		}
	})
}

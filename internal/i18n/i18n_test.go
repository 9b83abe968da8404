package i18n_test

import (
	"strings"
	"testing"

	"prosumer/internal/i18n"
)

func TestASentenceFillsItsHolesAndChoosesItsPlural(t *testing.T) {
	for _, c := range []struct {
		lang i18n.Lang
		key  string
		args []any
		want string
	}{
		{i18n.EN, "views.error.to_board", nil, "To the board"},
		{i18n.NL, "views.error.to_board", nil, "Naar het bord"},
		{i18n.EN, "views.board.found", []any{"Query", `<b> & "x"`}, `Ideas with “<b> & "x"”`},
		{i18n.NL, "views.board.found", []any{"Query", "{{.Query}}"}, "Ideeën met “{{.Query}}”"},
		{i18n.EN, "views.error.wait", []any{"Count", 0}, "Wait 0 seconds."},
		{i18n.EN, "views.error.wait", []any{"Count", 1}, "Wait 1 second."},
		{i18n.EN, "views.error.wait", []any{"Count", 1234}, "Wait 1,234 seconds."},
		{i18n.NL, "views.error.wait", []any{"Count", 0}, "Wacht 0 seconden."},
		{i18n.NL, "views.error.wait", []any{"Count", 1}, "Wacht 1 seconde."},
		{i18n.NL, "views.error.wait", []any{"Count", 1234}, "Wacht 1.234 seconden."},
		{i18n.NL, "views.error.wait", []any{"Count", 2, "Other", "x", "odd"}, "Wacht 2 seconden."},
		{"fr", "views.error.to_board", nil, "To the board"},
	} {
		if got := i18n.T(c.lang, c.key, c.args...); got != c.want {
			t.Errorf("T(%s, %s, %v) = %q, want %q", c.lang, c.key, c.args, got, c.want)
		}
	}
}

func TestAKeyWithoutASentenceShowsItself(t *testing.T) {
	for _, key := range []string{"no.such.key", "", "{{.X}}", "\xff"} {
		for _, args := range [][]any{nil, {"Count", 2}} {
			if got := i18n.T(i18n.NL, key, args...); got != key {
				t.Errorf("T(%q, %v) = %q, want the key", key, args, got)
			}
		}
		if i18n.Has(i18n.NL, key) {
			t.Errorf("Has(%q) = true", key)
		}
	}
}

func TestOrSaysTheFallbackOnlyWhereNoCatalogueHoldsTheKey(t *testing.T) {
	if got := i18n.Or(i18n.NL, "fault.votes.closed", "Closed."); got != i18n.T(i18n.NL, "fault.votes.closed") {
		t.Errorf("got %q for a key that there is", got)
	}
	if got := i18n.Or(i18n.NL, "fault.no.such", "Closed."); got != "Closed." {
		t.Errorf("got %q for a key that there is not", got)
	}
}

func TestUnderGivesOnlyWholeSentencesOfItsPrefixes(t *testing.T) {
	found := i18n.Under(i18n.NL, "islands.theme.", "views.error.")

	if found["islands.theme.dark"] != i18n.T(i18n.NL, "islands.theme.dark") {
		t.Errorf("a sentence of the first prefix is missing: %v", found)
	}
	if _, ok := found["views.error.wait"]; ok {
		t.Error("a plural was handed out")
	}
	for key, text := range found {
		if !strings.HasPrefix(key, "islands.theme.") && !strings.HasPrefix(key, "views.error.") {
			t.Errorf("%s is of no asked prefix", key)
		}
		if strings.Contains(text, "{{") {
			t.Errorf("%s has a hole: %q", key, text)
		}
	}
	found["islands.theme.dark"] = "changed"
	if i18n.T(i18n.NL, "islands.theme.dark") == "changed" {
		t.Error("the caller changed the catalogue")
	}
}

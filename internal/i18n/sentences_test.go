package i18n_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/i18n"
)

func TestEveryCodeInTheSourcesHasItsSentenceInEveryLanguage(t *testing.T) {
	c := findCodes(readModule(t, filepath.Join("..", ".."), "internal", "cmd"))

	for _, problem := range c.unread {
		t.Error(problem)
	}
	for _, key := range slices.Sorted(maps.Keys(c.found)) {
		for _, lang := range i18n.All {
			if !i18n.Has(lang, key) {
				t.Errorf("%s: catalogue/%s holds no sentence %q", c.found[key], lang, key)
			}
		}
	}
	// One of each way in which a code is given: if the search loses a way, this tells.
	for _, key := range []string{
		"fault.internal", "fault.invalid", "fault.votes.own_idea", "fault.ideas.title_short", "fault.accounts.handle_taken",
		"fault.media.broken", "fault.imports.bad_mapping", "fault.api.ids", "fault.request.bad_parameter", "fault.recount.differs",
		"flash.voted", "flash.proposed", "flash.held",
	} {
		if _, ok := c.found[key]; !ok {
			t.Errorf("the search did not find %q", key)
		}
	}
}

func TestNoSentenceIsLeftOfACodeThatIsGone(t *testing.T) {
	written := readModule(t, filepath.Join("..", ".."), "internal", "cmd").literals()

	for key := range entries(t, i18n.EN) {
		for _, area := range []string{"fault.", "flash."} {
			if code, ok := strings.CutPrefix(key, area); ok && !written[code] {
				t.Errorf("no source speaks of %q, so its sentence %q is never said", code, key)
			}
		}
	}
}

func TestTheSearchForCodesFollowsConstantsVariablesAndWrappers(t *testing.T) {
	s := newSources()
	s.add(t, faultPath, "fault.go", `package fault
		var e = New(0, "in.package", "")
		func New(kind int, code, text string) *Fault { return &Fault{Code: code} }
		func (f *Fault) With(field, code string) *Fault { c := *f; c.Fields[field] = code; return &c }`)
	s.add(t, module+"/a", "a.go", `package a
		import "prosumer/internal/fault"
		const Known, other = "by.constant", "by.local_constant"
		var Err = refuse("by.wrapper").With("field", "by.with")
		func refuse(code string) *fault.Fault { return fault.New(0, code, "") }
		func f(c fault.Check) { c.Need(false, "field", other); _ = &fault.Fault{Code: "by.literal", Fields: map[string]string{"x": "by.map"}} }
		func (s S) remedy(code string) { Err.With("field", code) }
		func g(s S) { s.remedy("by.method") }`)
	s.add(t, module+"/b", "b.go", `package b
		import ("prosumer/a"; "prosumer/internal/web/response"; refusal "prosumer/internal/fault")
		func f(f *refusal.Fault) {
			code := f.Code
			if one, ok := f.Fields["x"]; ok { code = one }
			f.With("y", code).With("z", a.Known)
			f.Fields["x"], f.Code = "by.assignment", "by.code"
			for _, remedy := range f.Fields { f.With("x", remedy) }
			flash := "by_variable"
			if true { flash = "by_branch" }
			response.SeeOther(nil, "/", flash)
			response.SeeOther(nil, "/", "")
			refusal.New(0, "by." + "sum", "")
			refusal.New(0, compute(), "")
		}`)

	c := findCodes(s)

	want := []string{
		"fault.by.assignment", "fault.by.code", "fault.by.constant", "fault.by.literal", "fault.by.local_constant", "fault.by.map", "fault.by.method",
		"fault.by.with", "fault.by.wrapper", "fault.in.package", "flash.by_branch", "flash.by_variable",
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(c.found))); diff != "" {
		t.Errorf("found codes (-want +got):\n%s", diff)
	}
	if len(c.unread) != 2 {
		t.Errorf("a sum and a call are not read, so two must be told of:\n%s", strings.Join(c.unread, "\n"))
	}
}

func TestAMailGreetsGivesItsLinkAloneOnALineAndSaysHowLongItWorks(t *testing.T) {
	for _, lang := range i18n.All {
		for purpose, lasts := range map[string]string{"sign_in": "10 minut", "reset": "10 minut", "confirm": "24 "} {
			t.Run(fmt.Sprint(lang, " ", purpose), func(t *testing.T) {
				key := "mail." + purpose
				link := "https://board.example/x?token=a%3D&b=<c>"

				subject, text := i18n.T(lang, key+".subject"), i18n.T(lang, key+".text", "Name", "Zoë & Co", "Site", "Bord", "Link", link)

				if subject == key+".subject" || strings.ContainsAny(subject, "\r\n{") {
					t.Errorf("subject %q", subject)
				}
				if !slices.Contains(strings.Split(text, "\n"), link) {
					t.Errorf("the link does not stand alone on a line, as it was given:\n%s", text)
				}
				for _, part := range []string{"Zoë & Co", "Bord", lasts} {
					if !strings.Contains(text, part) {
						t.Errorf("the mail does not say %q:\n%s", part, text)
					}
				}
			})
		}
	}
}

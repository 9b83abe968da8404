package triage_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/triage"
)

func TestANoteTellsTheColleaguesItNamesOnce(t *testing.T) {
	s := open(t)
	idea := s.idea(1)
	id, err := s.AddNote(t.Context(), s.ilse, idea, "Ask @Mark, and @mark again. @noor is no colleague, nor mail@mark, and I am @ilse.\r\nSecond line.")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]accounts.ID{s.mark.ID}, s.told(notices.Mentioned)); diff != "" {
		t.Errorf("told:\n%s", diff)
	}
	if _, err := s.EditNote(t.Context(), s.ilse, id, "Still @mark, and (@rosa)."); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]accounts.ID{s.mark.ID}, s.told(notices.Mentioned)); diff != "" {
		t.Errorf("told after an edit that names nobody new of the team:\n%s", diff)
	}
	s.exec(`UPDATE accounts SET roles = '{member,team}' WHERE handle = 'rosa'`)
	if _, err := s.EditNote(t.Context(), s.ilse, id, "Now @rosa too, with @mark."); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]accounts.ID{s.mark.ID, s.rosa.ID}, s.told(notices.Mentioned)); diff != "" {
		t.Errorf("told after an edit that names somebody new:\n%s", diff)
	}
	notes, err := s.Notes(t.Context(), s.mark, idea)
	if err != nil || len(notes) != 1 || notes[0].EditedAt == nil || notes[0].Author != s.ilse.ID {
		t.Errorf("notes %+v (%v)", notes, err)
	}
}

func TestANoteIsForTheTeamAndItsAuthorsToChange(t *testing.T) {
	s := open(t)
	idea := s.idea(1)
	id, err := s.AddNote(t.Context(), s.ilse, idea, "line one\nline two")
	if err != nil {
		t.Fatal(err)
	}
	for who, actor := range map[string]accounts.Actor{"a member": s.piet, "the contributor": s.noor, "a moderator": s.rosa} {
		if _, err := s.Notes(t.Context(), actor, idea); err == nil {
			t.Errorf("%s reads the notes", who)
		}
		if _, err := s.AddNote(t.Context(), actor, idea, "me too"); err == nil {
			t.Errorf("%s writes a note", who)
		}
		if _, err := s.Events(t.Context(), actor, idea); err == nil {
			t.Errorf("%s reads the private history", who)
		}
	}
	_, err = s.Notes(t.Context(), accounts.Actor{}, idea)
	wantCode(t, err, accounts.ErrSignIn)
	_, err = s.EditNote(t.Context(), s.mark, id, "mine now")
	wantCode(t, err, triage.ErrNoteNotYours)
	_, err = s.RemoveNote(t.Context(), s.mark, id)
	wantCode(t, err, triage.ErrNoteNotYours)
	if _, err := s.RemoveNote(t.Context(), s.ilse, id); err != nil {
		t.Fatal(err)
	}
	if notes, err := s.Notes(t.Context(), s.ilse, idea); len(notes) != 0 || err != nil {
		t.Errorf("a removed note is still there: %v (%v)", notes, err)
	}
	_, err = s.EditNote(t.Context(), s.ilse, id, "again")
	wantCode(t, err, triage.ErrNoteNotFound)
	if n := s.count(`SELECT count(*) FROM idea_notes WHERE body = E'line one\nline two' AND deleted_at IS NOT NULL`); n != 1 {
		t.Error("the words of a removed note are gone")
	}
	events, err := s.Events(t.Context(), s.mark, idea)
	if err != nil || len(events) != 2 || events[1].Kind != triage.NoteRemoved || events[1].Name != "Person ilse" {
		t.Errorf("events %+v (%v)", events, err)
	}
}

func TestANoteThatCannotBe(t *testing.T) {
	s := open(t)
	idea := s.idea(1)
	var crowd strings.Builder
	for i := range 21 {
		fmt.Fprintf(&crowd, "@person-%d ", i)
	}
	for body, code := range map[string]string{
		"":                        "triage.note_empty",
		" \r\n\t ":                "triage.note_empty",
		"a\x00b":                  "triage.note_broken",
		"a\xffb":                  "triage.note_broken",
		strings.Repeat("é", 4001): "triage.note_long",
		crowd.String():            "triage.mentions_many",
	} {
		_, err := s.AddNote(t.Context(), s.ilse, idea, body)
		wantField(t, err, "note", code)
	}
	if _, err := s.AddNote(t.Context(), s.ilse, idea, strings.Repeat("é", 4000)); err != nil {
		t.Errorf("the longest note: %v", err)
	}
	_, err := s.AddNote(t.Context(), s.ilse, 4711, "words")
	wantCode(t, err, ideas.ErrNotFound)
}

func TestANoteIsTakenApartAtThoseItNames(t *testing.T) {
	team := []triage.Colleague{{Handle: "ilse"}, {Handle: "mark"}}
	got := triage.Parts("@ilse: see @Mark-x, (@Mark) <b>", team)
	want := []triage.Part{{Text: "@ilse", Handle: "ilse"}, {Text: ": see @Mark-x, ("}, {Text: "@Mark", Handle: "mark"}, {Text: ") <b>"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

package ideas_test

import (
	"encoding/json"
	"runtime"
	"strings"
	"testing"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
)

func (b *board) undo(t *testing.T, who accounts.Actor, id ideas.ID) (was, is ideas.Status, err error) {
	t.Helper()
	err = pg.InTx(t.Context(), b.db, func(tx pg.Q) error {
		was, is, err = b.Undo(t.Context(), tx, who, id)
		return err
	})
	return was, is, err
}

func TestADecisionIsAnsweredRecordedAndAnnounced(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.propose(t)
	got, err := b.Decide(t.Context(), b.eva, idea.ID, ideas.Decision{To: ideas.Declined, Answer: "<p>Too <b>dear</b><script>x</script>.\x00</p>", Reason: "too_costly"})
	if err != nil || got.Status != ideas.Declined {
		t.Fatalf("%+v (%v)", got, err)
	}
	history, err := b.History(t.Context(), b.visitor, idea.ID)
	if err != nil || len(history) != 3 {
		t.Fatalf("%+v (%v)", history, err)
	}
	last := history[2]
	if *last.From != ideas.Open || last.To != ideas.Declined || *last.Reason != "too_costly" || last.ByHandle != "eva" || last.Answer.String() != "<p>Too <b>dear</b>.</p>" || last.Undo {
		t.Errorf("%+v", last)
	}
	if n := b.count(t, `SELECT count(*) FROM ideas WHERE id = $1 AND answered_at = $2`, idea.ID, last.At); n != 1 {
		t.Error("the first answer is not dated")
	}
	var raw []byte
	if err := b.db.Get(&raw, `SELECT payload FROM outbox WHERE topic = $1 ORDER BY id DESC LIMIT 1`, ideas.TopicMoved); err != nil {
		t.Fatal(err)
	}
	var fact ideas.Moved
	want := ideas.Moved{Idea: idea.ID, Contributor: b.ann.ID, From: ideas.Open, To: ideas.Declined, History: last.ID, By: b.eva.ID, Reason: "too_costly"}
	if err := json.Unmarshal(raw, &fact); err != nil || fact != want {
		t.Errorf("announced %+v (%v)", fact, err)
	}
}

func TestAnEmptyAnswerIsNoAnswer(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.propose(t)
	if _, err := b.Decide(t.Context(), b.eva, idea.ID, ideas.Decision{To: ideas.UnderReview, Answer: "<p><br></p>", Reason: "timing"}); err != nil {
		t.Fatal(err)
	}
	history, err := b.History(t.Context(), b.ann, idea.ID)
	if err != nil || history[2].Answer.String() != "" || history[2].Reason != nil {
		t.Errorf("%+v (%v)", history, err)
	}
	if n := b.count(t, `SELECT count(*) FROM ideas WHERE answered_at IS NOT NULL`); n != 0 {
		t.Error("an empty answer counts as the first one")
	}
	for _, source := range []string{"", " ", "<p></p>", "<p>&nbsp;</p>"} {
		wantField(t, b.Answer(t.Context(), b.eva, idea.ID, source), "answer", "ideas.answer_missing")
	}
	wantField(t, b.Answer(t.Context(), b.eva, idea.ID, strings.Repeat("x", 1<<17)), "answer", "clean.too_long")
	wantCode(t, b.Answer(t.Context(), b.ann, idea.ID, "Me"), ideas.ErrTeamOnly)
	wantCode(t, b.Answer(t.Context(), b.eva, b.at(t, ideas.Draft).ID, "Hello"), ideas.ErrNotFound)
	if err := b.Answer(t.Context(), b.eva, idea.ID, "We are\x00 looking."); err != nil {
		t.Fatal(err)
	}
	history, err = b.History(t.Context(), b.ann, idea.ID)
	if err != nil || history[3].Kind != "answer" || history[3].Answer.String() != "<p>We are looking.</p>" || b.see(t, b.ann, idea.ID).Status != ideas.UnderReview {
		t.Errorf("%+v (%v)", history, err)
	}
}

func TestADecisionIsUndoneWithinTheHour(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	for _, from := range []ideas.Status{ideas.Open, ideas.UnderReview, ideas.Shortlisted} {
		idea := b.at(t, from)
		b.decide(t, idea.ID, ideas.Adopted)
		now := b.see(t, b.ann, idea.ID)
		if may, err := b.Undoable(t.Context(), b.eva, now); err != nil || !may {
			t.Errorf("%s: undoable is %v (%v)", from, may, err)
		}
		if may, err := b.Undoable(t.Context(), b.mod, now); err != nil || may {
			t.Errorf("a moderator may undo (%v)", err)
		}
		_, _, err := b.undo(t, b.ann, idea.ID)
		wantCode(t, err, ideas.ErrTeamOnly)
		was, is, err := b.undo(t, b.eva, idea.ID)
		if err != nil || was != ideas.Adopted || is != from || b.see(t, b.ann, idea.ID).Status != from {
			t.Errorf("%s: %s to %s (%v)", from, was, is, err)
		}
		_, _, err = b.undo(t, b.eva, idea.ID) // an undo is not undone
		wantCode(t, err, ideas.ErrMove)
	}
}

func TestAnHourLaterADecisionStands(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{UndoWithin: time.Nanosecond})
	idea := b.at(t, ideas.Adopted)
	_, _, err := b.undo(t, b.eva, idea.ID)
	wantCode(t, err, ideas.ErrUndoOver)
	if may, err := b.Undoable(t.Context(), b.eva, idea); err != nil || may {
		t.Errorf("undoable (%v)", err)
	}
}

func TestWhatTheContributorDidIsNotForTheTeamToUndo(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	revised := b.at(t, ideas.NeedsWork)
	if _, err := b.Revise(t.Context(), b.ann, revised.ID, 0, text()); err != nil {
		t.Fatal(err)
	}
	appealed := b.at(t, ideas.Declined)
	b.decide(t, appealed.ID, ideas.Open)
	for _, id := range []ideas.ID{revised.ID, appealed.ID, b.propose(t).ID, b.at(t, ideas.Draft).ID, b.at(t, ideas.Withdrawn).ID, b.at(t, ideas.Held).ID} {
		_, _, err := b.undo(t, b.eva, id)
		if b.see(t, b.ann, id).Status == ideas.Draft {
			wantCode(t, err, ideas.ErrNotFound)
			continue
		}
		wantCode(t, err, ideas.ErrMove)
		if may, err := b.Undoable(t.Context(), b.eva, b.see(t, b.ann, id)); err != nil || may {
			t.Errorf("idea %d is undoable (%v)", id, err)
		}
	}
}

func TestAnIdeaIsAppealedOnce(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.at(t, ideas.Declined)
	if _, is, err := b.undo(t, b.eva, idea.ID); err != nil || is != ideas.Open { // a slip of the hand costs no appeal
		t.Fatal(is, err)
	}
	b.decide(t, idea.ID, ideas.Declined)
	b.decide(t, idea.ID, ideas.Open)
	b.decide(t, idea.ID, ideas.Declined)
	_, err := b.Decide(t.Context(), b.eva, idea.ID, ideas.Decision{To: ideas.Open})
	wantCode(t, err, ideas.ErrMove)
}

func TestTwoDecisionsAtOnceAreOne(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.propose(t)
	results := make(chan error)
	for range 8 {
		go func() {
			_, err := b.Decide(t.Context(), b.eva, idea.ID, ideas.Decision{To: ideas.Adopted})
			results <- err
		}()
	}
	done := 0
	for range 8 {
		if err := <-results; err == nil {
			done++
		} else {
			wantCode(t, err, ideas.ErrMove)
		}
	}
	if n := b.count(t, `SELECT count(*) FROM idea_history WHERE to_status = 'adopted'`); done != 1 || n != 1 {
		t.Errorf("%d decisions, %d rows", done, n)
	}
}

func TestAnIdeaFollowsItsProductForwardAlone(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	follow := func(id ideas.ID, to ideas.Status) error {
		return pg.InTx(t.Context(), b.db, func(tx pg.Q) error { return b.Follow(t.Context(), tx, b.eva, id, to) })
	}
	idea := b.at(t, ideas.Adopted)
	for _, to := range []ideas.Status{ideas.Adopted, ideas.InProduction, ideas.InProduction, ideas.Launched} {
		if err := follow(idea.ID, to); err != nil {
			t.Errorf("%s: %v", to, err)
		}
	}
	wantCode(t, follow(idea.ID, ideas.Adopted), ideas.ErrMove)
	wantCode(t, follow(b.propose(t).ID, ideas.Adopted), ideas.ErrMove)
	if _, is, err := b.undo(t, b.eva, idea.ID); err != nil || is != ideas.InProduction {
		t.Errorf("undone to %s (%v)", is, err)
	}
}

func TestAnswerTemplatesAreTheTeams(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	put := func(in ideas.Template) ideas.Template {
		t.Helper()
		out, err := b.PutTemplate(t.Context(), b.eva, in)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	thanks := put(ideas.Template{Name: " Thank  you ", Lang: "fr", Status: ideas.Declined, Reason: "timing", Body: "<p>Thanks<script>x</script></p>"})
	if thanks.ID == 0 || thanks.Name != "Thank you" || thanks.Lang != "en" || thanks.Body != "<p>Thanks</p>" {
		t.Errorf("%+v", thanks)
	}
	put(ideas.Template{Name: "Bedankt", Lang: "nl", Body: "Dank je"})
	thanks.Body = "Thanks & bye"
	if again := put(thanks); again.ID != thanks.ID || again.Body != "<p>Thanks &amp; bye</p>" {
		t.Errorf("%+v", again)
	}
	_, err := b.PutTemplate(t.Context(), b.eva, ideas.Template{Name: "Bedankt", Body: "x"})
	wantField(t, err, "name", "ideas.template_taken")
	for field, in := range map[string]ideas.Template{
		"name": {Body: "x"}, "status": {Name: "a", Body: "x", Status: "x"}, "reason": {Name: "a", Body: "x", Reason: "x"}, "body": {Name: "a", Body: "<p></p>"},
	} {
		if _, err := b.PutTemplate(t.Context(), b.eva, in); err == nil {
			t.Errorf("%s is not checked", field)
		} else {
			wantField(t, err, field, map[string]string{"name": "ideas.template_name", "status": "ideas.status_unknown", "reason": "ideas.reason_unknown", "body": "ideas.answer_missing"}[field])
		}
	}
	_, err = b.PutTemplate(t.Context(), b.eva, ideas.Template{Name: "long", Body: strings.Repeat("<", 60_000)})
	wantField(t, err, "body", "clean.too_long")
	_, err = b.PutTemplate(t.Context(), b.eva, ideas.Template{ID: 1 << 40, Name: "none", Body: "x"})
	wantCode(t, err, ideas.ErrTemplate)
	for _, who := range []accounts.Actor{b.ann, b.mod} {
		_, err := b.Templates(t.Context(), who)
		wantCode(t, err, ideas.ErrTeamOnly)
		_, err = b.PutTemplate(t.Context(), who, thanks)
		wantCode(t, err, ideas.ErrTeamOnly)
		wantCode(t, b.DeleteTemplate(t.Context(), who, thanks.ID), ideas.ErrTeamOnly)
	}
	if err := b.DeleteTemplate(t.Context(), b.eva, thanks.ID); err != nil {
		t.Fatal(err)
	}
	wantCode(t, b.DeleteTemplate(t.Context(), b.eva, thanks.ID), ideas.ErrTemplate)
	if list, err := b.Templates(t.Context(), b.eva); err != nil || len(list) != 1 || list[0].Name != "Bedankt" {
		t.Errorf("%+v (%v)", list, err)
	}
}

// TestADecisionOutlastsAVoteAtItsTally decides on connections that give up a
// lock after a tenth of a second, while somebody holds the tally for longer.
func TestADecisionOutlastsAVoteAtItsTally(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	b := openOn(t, db, ideas.Options{})
	idea := b.propose(t)
	impatient, err := pg.Open(t.Context(), dsn+"&lock_timeout=100")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = impatient.Close() })
	service := ideas.NewService(impatient, b.pictures, ideas.Options{})
	tx := db.MustBegin()
	defer func() { _ = tx.Rollback() }()
	tx.MustExec(`SELECT FROM tallies WHERE idea_id = $1 FOR UPDATE`, idea.ID)

	decided := make(chan error, 1)
	go func() {
		_, err := service.Decide(t.Context(), b.eva, idea.ID, ideas.Decision{To: ideas.Parked, Answer: "<p>Not now.</p>", Reason: "timing"})
		decided <- err
	}()
	const waited = `SELECT count(*) FROM pg_stat_activity
		WHERE datname = current_database() AND wait_event_type = 'Lock' AND clock_timestamp() - query_start > interval '300 milliseconds'`
	for b.count(t, waited) == 0 {
		select {
		case err := <-decided:
			t.Fatalf("gave up while the tally was held: %v", err)
		default:
			runtime.Gosched()
		}
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-decided; err != nil {
		t.Errorf("once the tally was let go: %v", err)
	}
}

package ideas_test

import (
	"testing"

	"prosumer/internal/clean"
	"prosumer/internal/ideas"
)

func TestStoriesVersionsAndAnswersAreRenderedAgain(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.propose(t)
	in := text()
	in.Story = "<p>Another story, just as long as the first.</p>"
	if _, err := b.Revise(t.Context(), b.ann, idea.ID, 0, in); err != nil {
		t.Fatal(err)
	}
	b.decide(t, idea.ID, ideas.Parked)
	for range 449 { // more than one batch
		b.exec(t, `WITH h AS (SELECT id FROM idea_history WHERE idea_id = $1 LIMIT 1) INSERT INTO idea_history (idea_id, kind, to_status, actor_id, answer_source, answer_html, policy_version)
			SELECT $1, 'answer', 'open', $2, 'Yes', '<p>Yes</p>', $3`, idea.ID, b.eva.ID, clean.PolicyVersion)
	}
	before := b.see(t, b.ann, idea.ID)
	b.exec(t, `UPDATE ideas SET story_html = '<script>old</script>', story_text = 'old', policy_version = 0`)
	b.exec(t, `UPDATE idea_versions SET story_html = '<script>old</script>', policy_version = 0`)
	b.exec(t, `UPDATE idea_history SET answer_html = '<script>old</script>', policy_version = 0 WHERE kind = 'move' AND answer_html <> ''`)
	b.exec(t, `UPDATE idea_history SET policy_version = 0 WHERE kind = 'answer'`)

	var calls, last, whole int
	changed, err := b.Reclean(t.Context(), func(done, total int) {
		if done < 1 || done > total || total == whole && total > 1 && done <= last {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		calls, last, whole = calls+1, done, total
	})

	if err != nil || changed != 3 {
		t.Errorf("%d changed (%v), want the idea, its version and one answer", changed, err)
	}
	if calls < 5 || last != whole {
		t.Errorf("%d calls, the last at %d of %d", calls, last, whole)
	}
	after := b.see(t, b.ann, idea.ID)
	if after.Story != before.Story || !after.ChangedAt.Equal(before.ChangedAt) {
		t.Errorf("mended to %+v", after)
	}
	for _, old := range []string{
		`SELECT count(*) FROM ideas WHERE policy_version = 0 OR story_html LIKE '%script%' OR story_text = 'old'`,
		`SELECT count(*) FROM idea_versions WHERE policy_version = 0 OR story_html LIKE '%script%'`,
		`SELECT count(*) FROM idea_history WHERE answer_html <> '' AND (policy_version = 0 OR answer_html LIKE '%script%')`,
	} {
		if n := b.count(t, old); n != 0 {
			t.Errorf("%d rows: %s", n, old)
		}
	}
	if changed, err := b.Reclean(t.Context(), nil); err != nil || changed != 0 {
		t.Errorf("again: %d (%v)", changed, err)
	}
}

func TestWhatNoLongerPassesKeepsItsLastRendering(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.propose(t)
	b.exec(t, `UPDATE ideas SET story_source = '<div>' || repeat('<blockquote>', 600)`)
	if changed, err := b.Reclean(t.Context(), nil); err != nil || changed != 0 {
		t.Errorf("%d (%v)", changed, err)
	}
	if now := b.see(t, b.ann, idea.ID); now.Story != idea.Story {
		t.Errorf("now it reads %q", now.Story)
	}
}

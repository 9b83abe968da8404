package board_test

import (
	"fmt"
	"strings"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
)

// fillSQL writes ideas as drafts and then moves them, because a status without
// its history does not commit.
const fillSQL = `
	BEGIN;
	SET LOCAL statement_timeout = '60s';
	INSERT INTO ideas (contributor_id, title, slug, story_text, move_id)
		SELECT %d, 'Idea ' || n || ' ' || md5(n::text), 'idea', 'A story about ' || md5((n * 7)::text), 0 FROM generate_series(1, %d) AS n;
	INSERT INTO idea_history (idea_id, kind, from_status, to_status, actor_id)
		SELECT id, 'move', 'draft', 'open', contributor_id FROM ideas WHERE move_id = 0;
	UPDATE ideas i SET status = 'open', move_id = h.id, submitted_at = now() - i.id * interval '1 minute' FROM idea_history h WHERE h.idea_id = i.id AND i.move_id = 0;
	UPDATE ranks SET voters = idea_id %% 200, trending = trending - (idea_id * 7919 %% 4000) / 100.0, rising = idea_id %% 77, score = 3 + idea_id %% 50 / 25.0;
	COMMIT;
	ANALYZE ideas, ranks, tallies, accounts, idea_tags;`

// fill makes thousands of open ideas at once.
func (w *world) fill(size int) {
	w.t.Helper()
	w.db.MustExec(fmt.Sprintf(fillSQL, w.boss.ID, size))
}

// TestAPageOfAnOrderReadsNoMoreThanItShows looks at the plans on a board of
// thousands: the index of the order must serve sort and cursor.
func TestAPageOfAnOrderReadsNoMoreThanItShows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(2000)
	ann := w.person()
	orders := map[board.Order]string{
		board.Trending: "ranks_by_trending", board.Rising: "ranks_by_rising", board.Votes: "ranks_by_voters",
		board.Score: "ranks_by_score", board.Newest: "ideas_by_status", board.Unseen: "ideas_deck_",
	}
	for order, index := range orders {
		q := board.Query{Order: order}
		for range 3 { // the first page, and two on
			plan := w.plan(ann, q, "on")
			if !strings.Contains(plan, index) || strings.Contains(plan, "Seq Scan on ideas") || strings.Contains(plan, "Seq Scan on ranks") || strings.Contains(plan, "Hash") {
				t.Errorf("%s:\n%s", order, plan)
			}
			if order != board.Unseen && (!strings.Contains(plan, "Merge Append") || strings.Contains(plan, "->  Sort  (cost")) && !strings.Contains(plan, "Sort Key: g.tag") {
				t.Errorf("%s sorts:\n%s", order, plan)
			}
			if q.After != "" && order != board.Unseen && !strings.Contains(plan, "(ROW(") {
				t.Errorf("%s after a cursor reads from the start:\n%s", order, plan)
			}
			page, err := w.List(t.Context(), ann, q)
			if err != nil || page.Next == "" {
				t.Fatalf("%s: %v", order, err)
			}
			q.After = page.Next
		}
	}
	for name, q := range map[string]board.Query{"a stem": {Q: "stories idea7"}, "a part": {Q: "a87ff679"}} {
		if plan := w.plan(w.boss, q, "off"); strings.Contains(plan, "Seq Scan on ideas") {
			t.Errorf("search for %s:\n%s", name, plan)
		}
	}
}

// plan is how the database would answer a list. With scans off it tells whether
// an index could serve at all, which a board this small does not need.
func (w *world) plan(actor accounts.Actor, q board.Query, scans string) string {
	w.t.Helper()
	query, args := w.Statement(w.t, actor, q)
	tx := w.db.MustBegin()
	defer func() { _ = tx.Rollback() }()
	tx.MustExec(`SET LOCAL enable_seqscan = ` + scans)
	var lines []string
	if err := tx.Select(&lines, `EXPLAIN `+query, args...); err != nil {
		w.t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

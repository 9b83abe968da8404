package web_test

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// longTalk is a site with an idea that very much was said about: 10,000
// comments, two thirds of them replies, some thanked, some that name others.
func longTalk(t testing.TB, set settings) (*site, string) {
	t.Helper()
	s := newSite(t, set).settle()
	idea := s.objects().open
	s.db.MustExec(`
		INSERT INTO comments (idea_id, author_id, kind, stance, source, html, text)
		SELECT i.id, a.id, (ARRAY['comment', 'question', 'suggestion', 'critique', 'praise'])[1 + n % 5], (ARRAY['for', 'against', NULL, NULL])[1 + n % 4], w.words, '<p>' || w.words || '</p>', w.words
		FROM generate_series(1, 3400) AS n CROSS JOIN LATERAL (SELECT n || ' ' || repeat('A lid that closes while it pours would keep the steam in. ', 1 + n % 6) AS words) AS w,
		     (SELECT id, contributor_id FROM ideas WHERE '/ideas/' || id = $1) AS i, (SELECT array_agg(id ORDER BY id) AS ids FROM accounts) AS all_of
		CROSS JOIN LATERAL (SELECT id FROM accounts WHERE id = all_of.ids[1 + n % cardinality(all_of.ids)]) AS a`, idea)
	s.db.MustExec(`
		INSERT INTO comments (idea_id, thread_id, parent_id, author_id, source, html, text)
		SELECT c.idea_id, c.id, c.id, c.author_id, 'So it would.', '<p>So it would.</p>', 'So it would.' FROM comments c, generate_series(1, 4) AS n
		WHERE c.thread_id IS NULL AND c.id % 100 < 49`)
	if s.asked == nil {
		s.db.MustExec(`VACUUM ANALYZE comments`)
	}
	var n int
	if err := s.db.Get(&n, `SELECT comments FROM talks WHERE '/ideas/' || idea_id = $1`, idea); err != nil || n < 10_000 {
		t.Fatalf("%d comments: %v", n, err)
	}
	return s, idea
}

func TestThePageOfALongTalkAsksLittle(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s, idea := longTalk(t, settings{counted: true, now: func() time.Time { return now }})
	idea = s.get(visitor, idea).Header.Get("Location")
	for who, most := range map[string]int64{visitor: 5, piet: 8} {
		s.signedIn(who)
		s.get(who, idea) // what is counted or looked up once, is
		now = now.Add(time.Minute)
		s.asked.Store(0)
		got := s.get(who, idea)
		if got.StatusCode != 200 || strings.Count(got.body, `id="comment-`) < 20 {
			t.Fatalf("%q sees %d, %d comments", who, got.StatusCode, strings.Count(got.body, `id="comment-`))
		}
		if asked := s.asked.Load(); asked > most || asked == 0 {
			t.Errorf("the page of %q asks %d questions, want at most %d", who, asked, most)
		}
	}
}

// BenchmarkLongTalk is the page of an idea with 10,000 comments, from the request
// to its answer, for a visitor whom no kept page serves.
func BenchmarkLongTalk(b *testing.B) {
	now := time.Now()
	s, idea := longTalk(b, settings{now: func() time.Time { return now }})
	idea = s.get(visitor, idea).Header.Get("Location")
	for range 10 {
		now = now.Add(time.Minute)
		s.get(visitor, idea)
	}
	took := make([]time.Duration, 0, b.N)
	for b.Loop() {
		now = now.Add(time.Minute)
		begun := time.Now()
		if got := s.get(visitor, idea); got.StatusCode != 200 {
			b.Fatal(got.StatusCode)
		}
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

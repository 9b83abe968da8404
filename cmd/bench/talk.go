package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/valyala/fasthttp"
)

// How the talk is measured: one reader at a time, so that what is seen is what
// the server takes for a page, and not its queue.
const (
	talkReads    = 200
	talkComments = 10_000
	goalTalk     = 30 * time.Millisecond // of a page with so many comments
)

// measureTalk is what the page of an idea takes that very much was said about,
// and what a search takes over ideas, comments, people, products and challenges.
func measureTalk(ctx context.Context, l *lab) ([]section, error) {
	db, dsn, err := l.database(ctx, "talk")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	fmt.Println("Filling a board with the demo data, and one of its ideas with comments.")
	s, err := startServer(ctx, l.server, dsn, filepath.Join(l.dir, "talk"), "--demo")
	if err != nil {
		return nil, err
	}
	defer s.stop()
	if err := settle(ctx, db); err != nil {
		return nil, err
	}
	idea, err := someIdea(s.address)
	if err != nil {
		return nil, err
	}
	if err := talkAbout(ctx, db, idea); err != nil {
		return nil, err
	}
	cookie, err := signInDemo(s.address)
	if err != nil {
		return nil, err
	}
	// A visitor's page is kept for a second by its address, so each asks for one
	// that nobody asked for yet.
	reads := []struct{ name, uri, cookie string }{
		{"idea, a visitor", idea + "?n=%d", ""},
		{"idea, a member", idea, cookie},
		{"its newest comments, a member", idea + "?talk=newest", cookie},
		{"search for a common word", "/search?q=steam&n=%d", ""},
		{"search for a rare word", "/search?q=Broodtrommel&n=%d", ""},
		{"suggestions while typing", "/search/suggest?q=ste&n=%d", cookie},
	}
	out := section{
		Title:   "Talk and search",
		Text:    fmt.Sprintf("The demo's board, with %d comments on one idea; %d reads of each, one after the other, over HTTP, from the database.", talkComments, talkReads),
		Columns: []string{"page", "p50", "p99"},
	}
	for _, r := range reads {
		took, err := timed(talkReads, func(i int) error {
			uri := r.uri
			if strings.Contains(uri, "%d") {
				uri = fmt.Sprintf(uri, i)
			}
			return ask(s.address, uri, r.cookie)
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.name, err)
		}
		out.Rows = append(out.Rows, []string{r.name, ms(took.p50), ms(took.p99)})
		if r.uri == reads[0].uri {
			out.Goals = append(out.Goals, goal{
				Number: "13", What: fmt.Sprintf("p50 of the page of an idea with %d comments", talkComments), Goal: "at most " + ms(goalTalk), Seen: ms(took.p50),
				Value: float64(took.p50.Microseconds()) / 1000, Met: took.p50 <= goalTalk, Noise: "p99 " + ms(took.p99),
			})
		}
	}
	return []section{out}, nil
}

// talkAbout has everybody say much about the idea of an address.
func talkAbout(ctx context.Context, db *sqlx.DB, idea string) error {
	number, _, _ := strings.Cut(strings.TrimPrefix(idea, "/ideas/"), "-")
	const threads = `
		INSERT INTO comments (idea_id, author_id, kind, stance, source, html, text)
		SELECT $1::bigint, all_of.ids[1 + n % cardinality(all_of.ids)], (ARRAY['comment', 'question', 'suggestion', 'critique', 'praise'])[1 + n % 5], (ARRAY['for', 'against', NULL, NULL])[1 + n % 4], w.words, '<p>' || w.words || '</p>', w.words
		FROM (SELECT array_agg(id ORDER BY id) AS ids FROM accounts) AS all_of, generate_series(1, $2::int / 3) AS n
		CROSS JOIN LATERAL (SELECT n || ' ' || repeat('A lid that closes while it pours would keep the steam in. ', 1 + n % 6) AS words) AS w`
	const replies = `
		INSERT INTO comments (idea_id, thread_id, parent_id, author_id, source, html, text)
		SELECT c.idea_id, c.id, c.id, c.author_id, 'So it would.', '<p>So it would.</p>', 'So it would.' FROM comments c, generate_series(1, 2) AS n
		WHERE c.idea_id = $1::bigint AND c.thread_id IS NULL`
	for _, step := range []struct {
		query string
		args  []any
	}{{threads, []any{number, talkComments}}, {replies, []any{number}}, {`VACUUM ANALYZE comments`, nil}} {
		if _, err := db.ExecContext(ctx, step.query, step.args...); err != nil {
			return fmt.Errorf("fill the talk: %w", err)
		}
	}
	return nil
}

// ask reads a page, as whose cookie it is.
func ask(address, uri, cookie string) error {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.SetRequestURI("http://" + address + uri)
	req.Header.Set("Accept-Encoding", "gzip")
	if cookie != "" {
		req.Header.Set("Cookie", cookie)
	}
	if err := fasthttp.DoTimeout(req, res, 10*time.Second); err != nil {
		return err
	}
	if res.StatusCode() != fasthttp.StatusOK {
		return fmt.Errorf("%s answered %d", uri, res.StatusCode())
	}
	return nil
}

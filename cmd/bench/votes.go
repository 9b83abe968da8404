package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/valyala/fasthttp"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
	"prosumer/internal/pg/cluster"
)

// The set the votes fall on.
const (
	benchIdeas   = 1000
	benchMembers = 512
)

// token is the API token of a bench member; the database holds its hash.
func token(n int) string { return fmt.Sprintf("pr_bench-%08d", n) }

// fill makes members with tokens, and ideas through the real import.
func fill(ctx context.Context, db *sqlx.DB) (list []ideas.ID, err error) {
	hashes := make([][]byte, benchMembers)
	for i := range hashes {
		sum := sha256.Sum256([]byte(token(i)))
		hashes[i] = sum[:]
	}
	const members = `
		WITH person AS (
			INSERT INTO accounts (handle, name, email, email_key, confirmed_at)
			SELECT 'bench-' || n, 'Member ' || n, 'bench-' || n || '@example.com', 'bench-' || n || '@example.com', now()
			FROM generate_series(0, $1 - 1) AS n RETURNING id, handle
		)
		INSERT INTO api_tokens (account_id, name, token_hash, scopes, expires_at)
		SELECT p.id, 'bench', h.hash, '{vote}', now() + interval '1 day'
		FROM unnest($2::bytea[]) WITH ORDINALITY AS h (hash, n) JOIN person p ON p.handle = ('bench-' || (h.n - 1))::citext`
	if _, err := db.ExecContext(ctx, members, benchMembers, pq.ByteaArray(hashes)); err != nil {
		return nil, fmt.Errorf("members: %w", err)
	}
	err = pg.InTx(ctx, db, func(tx pg.Q) error {
		author, err := accounts.Imported(ctx, tx, "bench", "author", "Bench")
		if err != nil {
			return err
		}
		var batch int64
		if err := sqlx.GetContext(ctx, tx, &batch, `INSERT INTO imports (source) VALUES ('bench') RETURNING id`); err != nil {
			return err
		}
		for i := range benchIdeas {
			id, _, err := ideas.Import(ctx, tx, ideas.Imported{
				Source: "bench", ExternalID: fmt.Sprint(i), Import: batch, Contributor: author,
				Title: fmt.Sprintf("Idea number %d of the bench", i), Story: "A story long enough to stand on the board, written for a measurement.", Created: time.Now(),
			})
			if err != nil {
				return err
			}
			list = append(list, id)
		}
		return nil
	})
	return list, err
}

// load is one client load: so many connections that each send the next vote
// when the last was answered.
type load struct {
	address string
	ideas   []ideas.ID
	clients int
	lasts   time.Duration
}

// outcome is what a round saw.
type outcome struct {
	perSecond float64
	p50, p99  time.Duration
	failed    int
}

func (l load) run(ctx context.Context) outcome {
	client := &fasthttp.HostClient{Addr: l.address, MaxConns: l.clients * 2, ReadTimeout: 20 * time.Second}
	defer client.CloseIdleConnections()
	end := time.Now().Add(l.lasts)
	var mu sync.Mutex
	var times []time.Duration
	failed := 0
	var all sync.WaitGroup
	begun := time.Now()
	for range l.clients {
		all.Go(func() {
			own, bad := l.client(ctx, client, end)
			mu.Lock()
			defer mu.Unlock()
			times = append(times, own...)
			failed += bad
		})
	}
	all.Wait()
	took := time.Since(begun)
	slices.Sort(times)
	if len(times) == 0 {
		return outcome{failed: failed}
	}
	return outcome{perSecond: float64(len(times)) / took.Seconds(), p50: times[len(times)/2], p99: times[len(times)*99/100], failed: failed}
}

func (l load) client(ctx context.Context, client *fasthttp.HostClient, end time.Time) (times []time.Duration, failed int) {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.Header.SetMethod(fasthttp.MethodPut)
	req.Header.SetContentType("application/json")
	for time.Now().Before(end) && ctx.Err() == nil {
		req.SetRequestURI(fmt.Sprintf("http://%s/api/v1/ideas/%d/vote", l.address, l.ideas[rand.IntN(len(l.ideas))]))
		req.Header.Set("Authorization", "Bearer "+token(rand.IntN(benchMembers)))
		// the tick goes on and off, so that a repeated vote still changes something
		req.SetBodyString([]string{`{"would_buy":true}`, `{"would_buy":false}`}[rand.IntN(2)])
		sent := time.Now()
		if err := client.Do(req, res); err != nil || res.StatusCode() != fasthttp.StatusOK {
			failed++
			continue
		}
		times = append(times, time.Since(sent))
	}
	return times, failed
}

// settle waits until the server has told of the ideas just made.
func settle(ctx context.Context, db *sqlx.DB) error {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		var waiting int
		if err := db.GetContext(ctx, &waiting, `SELECT count(*) FROM outbox`); err != nil || waiting == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// measureVotes interleaves rounds of the server and of a transaction per vote,
// spread over all ideas and on one.
func measureVotes(ctx context.Context, o options, own *cluster.Cluster, dir string, r *report) error {
	dsn, err := prepare(ctx, own, "votes")
	if err != nil {
		return err
	}
	db, err := pg.Open(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	fmt.Printf("Making %d ideas and %d members.\n", benchIdeas, benchMembers)
	list, err := fill(ctx, db)
	if err != nil {
		return err
	}
	s, err := startServer(ctx, o.server, dsn, filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	defer s.stop()
	if err := settle(ctx, db); err != nil {
		return err
	}
	naive, err := startNaive(ctx, db, o.clients)
	if err != nil {
		return err
	}
	defer naive.stop()
	for _, c := range []struct {
		name  string
		ideas []ideas.ID
	}{{"spread over 1,000 ideas", list}, {"one hot idea", list[:1]}} {
		row := voteRow{Name: c.name}
		for round := range o.rounds + 1 {
			fmt.Printf("Votes, %s: round %d of %d\n", c.name, round, o.rounds)
			ours := load{s.address, c.ideas, o.clients, o.round}.run(ctx)
			theirs := load{naive.address, c.ideas, o.clients, o.round}.run(ctx)
			if round == 0 {
				continue // warms caches and connections
			}
			row.Ours, row.Naive = append(row.Ours, ours), append(row.Naive, theirs)
		}
		r.Votes = append(r.Votes, row)
	}
	var wrong int
	const check = `SELECT count(*) FROM tallies t WHERE t.voters <> (SELECT count(*) FROM votes v WHERE v.idea_id = t.idea_id AND v.counts AND NOT v.staff)`
	if err := db.GetContext(ctx, &wrong, check); err != nil {
		return fmt.Errorf("check tallies: %w", err)
	}
	r.WrongTallies = wrong
	return nil
}

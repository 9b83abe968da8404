package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"time"

	"github.com/valyala/fasthttp"

	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// overHTTP is members voting by API token: so many connections that each send
// the next vote when the last was answered.
func overHTTP(address string, clients int, on []ideas.ID) func(context.Context, time.Duration) outcome {
	return func(ctx context.Context, lasts time.Duration) outcome {
		client := &fasthttp.HostClient{Addr: address, MaxConns: clients * 2, ReadTimeout: 20 * time.Second}
		defer client.CloseIdleConnections()
		return closed(clients, lasts, func(_ int, end time.Time) (times []time.Duration, failed int) {
			req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			defer fasthttp.ReleaseRequest(req)
			defer fasthttp.ReleaseResponse(res)
			req.Header.SetMethod(fasthttp.MethodPut)
			req.Header.SetContentType("application/json")
			for time.Now().Before(end) && ctx.Err() == nil {
				req.SetRequestURI(fmt.Sprintf("http://%s/api/v1/ideas/%d/vote", address, on[rand.IntN(len(on))]))
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
		})
	}
}

// measureHTTP is goal 4: the server, a bare application with a transaction per
// vote, and the same writer in process on the same ideas and members.
func measureHTTP(ctx context.Context, l *lab) ([]section, error) {
	db, dsn, err := l.database(ctx, "http")
	if err != nil {
		return nil, err
	}
	list, err := fill(ctx, db)
	if err != nil {
		return nil, err
	}
	s, err := startServer(ctx, l.server, dsn, filepath.Join(l.dir, "http"))
	if err != nil {
		return nil, err
	}
	defer s.stop()
	if err := settle(ctx, db); err != nil {
		return nil, err
	}
	naive, err := startNaive(ctx, db, 64)
	if err != nil {
		return nil, err
	}
	defer naive.stop()
	w := votes.NewWriter(db, func([]votes.Tally) {}, slog.New(slog.DiscardHandler))
	defer func() { _ = w.Stop(ctx) }()

	inside := &design{name: "the writer in process, 64 clients", round: batcher(w, 64, list)}
	ours := &design{name: "the server, 64 connections", round: overHTTP(s.address, 64, list)}
	alone := &design{name: "a transaction per vote, 64 connections", round: overHTTP(naive.address, 64, list)}
	ours256 := &design{name: "the server, 256 connections", round: overHTTP(s.address, 256, list)}
	alone256 := &design{name: "a transaction per vote, 256 connections", round: overHTTP(naive.address, 256, list)}
	ours1024 := &design{name: "the server, 1,024 connections", round: overHTTP(s.address, 1024, list)}
	hot := &design{name: "the server, 64 connections, one hot idea", round: overHTTP(s.address, 64, list[:1])}
	aloneHot := &design{name: "a transaction per vote, 64 connections, one hot idea", round: overHTTP(naive.address, 64, list[:1])}
	all := []*design{inside, ours, alone, ours256, alone256, ours1024, hot, aloneHot}
	if err := interleave(ctx, l.options, all...); err != nil {
		return nil, err
	}
	sec := section{
		Title: "Votes over HTTP", Columns: roundColumns,
		Text: fmt.Sprintf("%d members by API token on %d ideas, so that most votes replace one. The transaction per vote runs in a bare application with its tokens in memory and writes no ledger, so the comparison errs in its favour.", benchMembers, benchIdeas),
	}
	for _, d := range all {
		sec.Rows = append(sec.Rows, d.row())
	}
	at64, noise64 := ours.against(alone, rate)
	at256, noise256 := ours256.against(alone256, rate)
	share, shareNoise := ours.against(inside, rate)
	wrong, err := wrongTallies(ctx, db)
	if err != nil {
		return nil, err
	}
	sec.Goals = []goal{
		atLeast("4a", "server over a transaction per vote, 64 connections", at64, 3, noise64),
		atLeast("4b", "the same at 256 connections", at256, 3, noise256),
		atLeast("4c", "server over the writer in process, 64 connections", share, 0.5, shareNoise),
		exact("tallies", "tallies that differ from their votes afterwards", wrong),
	}
	return []section{sec}, nil
}

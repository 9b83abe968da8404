package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/ideas"
)

// crossings is how many votes are timed from one server to the other.
const crossings = 200

// measureServers is two servers that take votes on the same ideas of one
// database, beside one of them alone.
func measureServers(ctx context.Context, l *lab) ([]section, error) {
	db, dsn, err := l.database(ctx, "servers")
	if err != nil {
		return nil, err
	}
	list, err := fill(ctx, db)
	if err != nil {
		return nil, err
	}
	var pair [2]*server
	for i := range pair {
		if pair[i], err = startServer(ctx, l.server, dsn, filepath.Join(l.dir, fmt.Sprintf("server-%d", i))); err != nil {
			return nil, err
		}
		defer pair[i].stop()
	}
	if err := settle(ctx, db); err != nil {
		return nil, err
	}
	before, err := deadlocks(ctx, db)
	if err != nil {
		return nil, err
	}
	one := &design{name: "one server, 64 connections", round: overHTTP(pair[0].address, 64, list)}
	two := &design{name: "two servers, 32 connections each", round: func(ctx context.Context, lasts time.Duration) outcome {
		var halves [2]outcome
		var both sync.WaitGroup
		for i := range halves {
			both.Go(func() { halves[i] = overHTTP(pair[i].address, 32, list)(ctx, lasts) })
		}
		both.Wait()
		return outcome{
			perSecond: halves[0].perSecond + halves[1].perSecond, p50: max(halves[0].p50, halves[1].p50),
			p99: max(halves[0].p99, halves[1].p99), failed: halves[0].failed + halves[1].failed,
		}
	}}
	if err := interleave(ctx, l.options, one, two); err != nil {
		return nil, err
	}
	delays, err := cross(ctx, pair, list[0])
	if err != nil {
		return nil, err
	}
	after, err := deadlocks(ctx, db)
	if err != nil {
		return nil, err
	}
	wrong, err := wrongTallies(ctx, db)
	if err != nil {
		return nil, err
	}
	ratio, noise := two.against(one, rate)
	late := delays[len(delays)*99/100]
	return []section{{
		Title:   "Two servers on one database",
		Text:    fmt.Sprintf("Votes on the same %d ideas. Then %d votes on one server, one at a time, each timed until a socket on the other shows it: p50 %s.", benchIdeas, crossings, ms(delays[len(delays)/2])),
		Columns: roundColumns, Rows: [][]string{one.row(), two.row()},
		Goals: []goal{
			exact("servers a", "deadlocks", after-before),
			atLeast("servers b", "two servers over one", ratio, 1, noise),
			{Number: "servers c", What: "p99 from a vote's answer to the other server's socket", Goal: "at most 250 ms", Seen: ms(late), Value: late.Seconds(), Met: late <= 250*time.Millisecond},
			exact("tallies", "tallies that differ from their votes afterwards", wrong),
		},
	}}, nil
}

func deadlocks(ctx context.Context, db *sqlx.DB) (n int, err error) {
	if err := db.GetContext(ctx, &n, `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`); err != nil {
		return 0, fmt.Errorf("count deadlocks: %w", err)
	}
	return n, nil
}

// cross votes on the first server and waits at a socket of the second.
func cross(ctx context.Context, pair [2]*server, on ideas.ID) ([]time.Duration, error) {
	header := http.Header{"Origin": {"http://" + pair[1].address}}
	ws, answer, err := websocket.DefaultDialer.DialContext(ctx, "ws://"+pair[1].address+"/live", header)
	if err != nil {
		return nil, fmt.Errorf("socket on the second server: %w", err)
	}
	_ = answer.Body.Close()
	defer func() { _ = ws.Close() }()
	if err := ws.WriteJSON(map[string][]string{"watch": {"idea:" + on.String()}}); err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	heard := make(chan int64, 1024)
	go func() {
		defer close(heard)
		for {
			var m struct {
				Tallies []struct{ Revision int64 } `json:"tallies"`
			}
			if err := ws.ReadJSON(&m); err != nil {
				return
			}
			for _, t := range m.Tallies {
				heard <- t.Revision
			}
		}
	}()
	var delays []time.Duration
	for n := range crossings {
		revision, err := voteOnce(ctx, pair[0].address, on, n)
		if err != nil {
			return nil, err
		}
		answered := time.Now()
		for seen := int64(-1); seen < revision; {
			select {
			case r, open := <-heard:
				if !open {
					return nil, fmt.Errorf("the socket on the second server closed")
				}
				seen = r
			case <-time.After(10 * time.Second):
				return nil, fmt.Errorf("vote %d never reached the second server", n)
			}
		}
		delays = append(delays, time.Since(answered))
		time.Sleep(20 * time.Millisecond) // the gap is the pace of the votes, not a wait for anything
	}
	slices.Sort(delays)
	return delays, nil
}

// voteOnce casts or changes one vote and says which revision it led to.
func voteOnce(ctx context.Context, address string, on ideas.ID, n int) (int64, error) {
	body, err := json.Marshal(map[string]bool{"would_buy": n%2 == 0})
	if err != nil {
		return 0, err
	}
	var got struct {
		Tally struct{ Revision int64 } `json:"tally"`
	}
	err = putJSON(ctx, fmt.Sprintf("http://%s/api/v1/ideas/%d/vote", address, on), token(1), body, &got)
	return got.Tally.Revision, err
}

package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// The set the votes fall on.
const (
	benchIdeas  = 1000
	benchVoters = 5_000_000 // those who vote in process need no account
	batchSize   = 1024
)

// drawn are random ballots on these ideas, by random voters.
func drawn(n int, on []ideas.ID) []votes.Ballot {
	list := make([]votes.Ballot, n)
	for i := range list {
		list[i] = votes.Ballot{
			Idea: on[rand.IntN(len(on))], Voter: accounts.ID(10_000_000 + rand.IntN(benchVoters)),
			Choice: votes.Choice{WouldBuy: rand.IntN(2) == 0, From: votes.Origin{Address: rand.Int64(), Network: rand.Int64(), Browser: "firefox"}},
		}
	}
	return list
}

// fixed is the bare limit: the product's own statement, or one like it, in
// batches of 1,024 on one connection, with nothing around it.
func fixed(db *sqlx.DB, function string, on []ideas.ID) func(context.Context, time.Duration) outcome {
	return func(ctx context.Context, lasts time.Duration) outcome {
		conn, err := db.Connx(ctx)
		if err != nil {
			return outcome{failed: 1}
		}
		defer func() { _ = conn.Close() }()
		statement, err := conn.PreparexContext(ctx, "SELECT idea_id, voters, ones, twos, threes, fours, fives, would_buy, staff, revision, state, ballot, seal, contributor_id, barred, changed FROM "+function+"($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
		if err != nil {
			return outcome{failed: 1}
		}
		defer func() { _ = statement.Close() }()
		var o outcome
		begun, n := time.Now(), 0
		for end := begun.Add(lasts); time.Now().Before(end); n += batchSize {
			if err := cast(ctx, statement, drawn(batchSize, on)); err != nil {
				o.failed++
			}
		}
		took := time.Since(begun)
		o.perSecond, o.p50 = float64(n)/took.Seconds(), took*batchSize/time.Duration(n)
		o.p99 = o.p50
		return o
	}
}

// cast is the writer's statement by hand.
func cast(ctx context.Context, statement *sqlx.Stmt, batch []votes.Ballot) error {
	onIdeas, voters, scores, addresses, networks := make([]int64, len(batch)), make([]int64, len(batch)), make([]int64, len(batch)), make([]int64, len(batch)), make([]int64, len(batch))
	buys, staffs, retracts := make([]bool, len(batch)), make([]bool, len(batch)), make([]bool, len(batch))
	browsers, referrers := make([]string, len(batch)), make([]string, len(batch))
	seen := map[[2]int64]bool{}
	for i, b := range batch {
		onIdeas[i], voters[i], buys[i] = int64(b.Idea), int64(b.Voter), b.Choice.WouldBuy
		addresses[i], networks[i], browsers[i] = b.Choice.From.Address, b.Choice.From.Network, b.Choice.From.Browser
		for seen[[2]int64{onIdeas[i], voters[i]}] { // a batch holds one ballot of each pair
			voters[i]++
		}
		seen[[2]int64{onIdeas[i], voters[i]}] = true
	}
	rows, err := statement.QueryxContext(ctx,
		pq.Array(onIdeas), pq.Array(voters), pq.Array(scores), pq.Array(buys), pq.Array(staffs), pq.Array(retracts),
		pq.Array(addresses), pq.Array(networks), pq.Array(browsers), pq.Array(referrers))
	if err != nil {
		return err
	}
	for rows.Next() {
	}
	return rows.Close()
}

// withoutLedger makes a copy of cast_ballots that writes no ledger, and gives
// its name.
func withoutLedger(ctx context.Context, db *sqlx.DB) (string, error) {
	var text string
	if err := db.GetContext(ctx, &text, `SELECT pg_get_functiondef('cast_ballots'::regproc)`); err != nil {
		return "", fmt.Errorf("read cast_ballots: %w", err)
	}
	begin, end := strings.Index(text, ", noted AS ("), strings.Index(text, "SELECT a.idea_id, t.voters")
	if begin < 0 || end < begin {
		return "", fmt.Errorf("cast_ballots no longer writes its ledger where it did")
	}
	const name = "cast_ballots_without_ledger"
	_, err := db.ExecContext(ctx, strings.Replace(text[:begin]+"\n"+text[end:], "public.cast_ballots(", name+"(", 1))
	return name, err
}

// batcher is the writer in process.
func batcher(w *votes.Writer, clients int, on []ideas.ID) func(context.Context, time.Duration) outcome {
	return func(ctx context.Context, lasts time.Duration) outcome {
		return closed(clients, lasts, func(_ int, end time.Time) (times []time.Duration, failed int) {
			for time.Now().Before(end) && ctx.Err() == nil {
				ballot := drawn(1, on)[0]
				sent := time.Now()
				if _, err := w.Write(ctx, ballot); err != nil {
					failed++
					continue
				}
				times = append(times, time.Since(sent))
			}
			return times, failed
		})
	}
}

// alone is a transaction for each vote.
func alone(single *loner, clients int, on []ideas.ID) func(context.Context, time.Duration) outcome {
	return func(ctx context.Context, lasts time.Duration) outcome {
		return closed(clients, lasts, func(_ int, end time.Time) (times []time.Duration, failed int) {
			for time.Now().Before(end) && ctx.Err() == nil {
				ballot := drawn(1, on)[0]
				sent := time.Now()
				if _, err := single.vote(ctx, int64(ballot.Idea), int64(ballot.Voter), ballot.Choice.WouldBuy); err != nil {
					failed++
					continue
				}
				times = append(times, time.Since(sent))
			}
			return times, failed
		})
	}
}

// measureBatch is goals 1 to 3, and the cost of the ledger.
func measureBatch(ctx context.Context, l *lab) ([]section, error) {
	db, _, err := l.database(ctx, "batch")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(64)
	db.SetMaxIdleConns(64)
	list, err := fill(ctx, db)
	if err != nil {
		return nil, err
	}
	bare, err := withoutLedger(ctx, db)
	if err != nil {
		return nil, err
	}
	one, err := newLoner(ctx, db)
	if err != nil {
		return nil, err
	}
	w := votes.NewWriter(db, func([]votes.Tally) {}, slog.New(slog.DiscardHandler))
	defer func() { _ = w.Stop(ctx) }()

	limit := &design{name: "bare statement, batches of 1,024, one connection", round: fixed(db, "cast_ballots", list)}
	lean := &design{name: "the same without the ledger", round: fixed(db, bare, list)}
	single := &design{name: "a transaction per vote, 64 clients", round: alone(one, 64, list)}
	singleHot := &design{name: "a transaction per vote, 64 clients, one hot idea", round: alone(one, 64, list[:1])}
	small := &design{name: "the writer, 64 clients", round: batcher(w, 64, list)}
	middle := &design{name: "the writer, 256 clients", round: batcher(w, 256, list)}
	large := &design{name: "the writer, 1,024 clients", round: batcher(w, 1024, list)}
	hot := &design{name: "the writer, 64 clients, one hot idea", round: batcher(w, 64, list[:1])}
	hotLarge := &design{name: "the writer, 1,024 clients, one hot idea", round: batcher(w, 1024, list[:1])}
	all := []*design{limit, lean, large, single, small, middle, singleHot, hot, hotLarge}
	if err := interleave(ctx, l.options, all...); err != nil {
		return nil, err
	}
	s := section{
		Title: "Votes in process", Columns: roundColumns,
		Text: fmt.Sprintf("%d ideas, voters drawn from %d, so that nearly every vote is a new one; the batch writes vote, tally and ledger in one statement. The transaction per vote writes no ledger, so the comparison errs in its favour.", benchIdeas, benchVoters),
	}
	for _, d := range all {
		s.Rows = append(s.Rows, d.row())
	}
	spread, spreadNoise := small.against(single, rate)
	hotter, hotNoise := hot.against(singleHot, rate)
	wait, waitNoise := small.against(single, slowest)
	full, fullNoise := large.against(limit, rate)
	ledger, ledgerNoise := limit.against(lean, rate)
	wrong, err := wrongTallies(ctx, db)
	if err != nil {
		return nil, err
	}
	s.Goals = []goal{
		atLeast("1a", "writer over a transaction per vote, 64 clients", spread, 5, spreadNoise),
		atLeast("1b", "the same on one hot idea", hotter, 20, hotNoise),
		atMost("2", "p99 of a vote over the naive one, 64 clients", wait, 0.2, waitNoise),
		atLeast("3", "writer at 1,024 clients over the bare statement", full, 0.7, fullNoise),
		atLeast("ledger", "batch with the ledger over the batch without", ledger, 0.6, ledgerNoise),
		exact("tallies", "tallies that differ from their votes afterwards", wrong),
	}
	return []section{s}, l.drop(ctx, db, "batch")
}

// exact makes the goal that something never happened.
func exact(number, what string, n int) goal {
	return goal{Number: number, What: what, Goal: "0", Seen: fmt.Sprint(n), Value: float64(n), Met: n == 0}
}

func wrongTallies(ctx context.Context, db *sqlx.DB) (wrong int, err error) {
	const check = `SELECT count(*) FROM tallies t WHERE t.voters <> (SELECT count(*) FROM votes v WHERE v.idea_id = t.idea_id AND v.counts AND NOT v.staff)`
	if err := db.GetContext(ctx, &wrong, check); err != nil {
		return 0, fmt.Errorf("check tallies: %w", err)
	}
	return wrong, nil
}

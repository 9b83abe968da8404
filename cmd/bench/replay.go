package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// What `server replay` says at its end.
var (
	replayRate   = regexp.MustCompile(`([\d.]+) seconds, (\d+) ballots a second; resident memory by quarter (\d+), (\d+), (\d+), (\d+) MiB`)
	replayBallot = regexp.MustCompile(`(\d+) here before, (\d+) cast now`)
)

// measureReplay plays a file of real scores through the real vote service,
// between two rounds of the bare statement on the same PostgreSQL, and then
// replays the ledger.
func measureReplay(ctx context.Context, l *lab) ([]section, error) {
	if _, err := os.Stat(l.replay); err != nil {
		return []section{{Title: "Replay of real scores", Text: "Not measured: there is no file to replay. Name it: DATA_SAMPLES=folder, or -replay."}}, nil
	}
	small, _, err := l.database(ctx, "bare")
	if err != nil {
		return nil, err
	}
	list, err := fill(ctx, small)
	if err != nil {
		return nil, err
	}
	limit := &design{name: "bare statement, batches of 1,024", round: fixed(small, "cast_ballots", list)}
	db, dsn, err := l.database(ctx, "replay")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	if err := interleave(ctx, l.options, limit); err != nil {
		return nil, err
	}
	printed, err := l.command(ctx, dsn, "replay", l.replay)
	if err != nil {
		return nil, err
	}
	if err := interleave(ctx, l.options, limit); err != nil {
		return nil, err
	}
	seen, cast := replayRate.FindStringSubmatch(printed), replayBallot.FindStringSubmatch(printed)
	if seen == nil || cast == nil {
		return nil, errors.New("server replay did not say how fast it was")
	}
	var n [7]float64
	for i := range seen[1:] {
		n[i+1], _ = strconv.ParseFloat(seen[i+1], 64) // digits, by the pattern
	}
	bare := median(limit.seen, rate)
	_, checkErr := l.command(ctx, dsn, "recount", "--from-ledger", "--check")
	differs := 0
	if checkErr != nil {
		differs = 1
	}
	flat := n[6] / n[4]
	return []section{{
		Title:   "Replay of real scores",
		Text:    fmt.Sprintf("`server replay` of %s ballots, cast one by one through the vote service; then `server recount --from-ledger --check`.", strings.TrimSpace(cast[2])),
		Columns: []string{"what", "ballots/s", "seconds", "MiB by quarter"},
		Rows: [][]string{
			{"replay, end to end", seen[2], seen[1], strings.Join(seen[3:7], ", ")},
			{limit.name, fmt.Sprintf("%.0f", bare), "", ""},
		},
		Goals: []goal{
			atLeast("replay a", "replay over the bare statement", n[2]/bare, 0.6, spread(limit.seen)),
			atMost("replay b", "resident memory, last quarter over the second", flat, 1.1, ""),
			exact("replay c", "differences found by the replay of the ledger", differs),
		},
	}}, l.drop(ctx, small, "bare")
}

// spread says between which rates the rounds of a limit lay.
func spread(seen []outcome) string {
	low, high := seen[0].perSecond, seen[0].perSecond
	for _, o := range seen {
		low, high = min(low, o.perSecond), max(high, o.perSecond)
	}
	return fmt.Sprintf("bare %.0f to %.0f/s", low, high)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// measureMillion loads a million ideas with ten million votes, and measures the
// batch on them beside an empty database, and what pages ask of them.
func measureMillion(ctx context.Context, l *lab) ([]section, error) {
	db, dsn, err := l.database(ctx, "million")
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	if _, err := l.command(ctx, dsn, "seed", "--ideas", fmt.Sprint(l.ideas), "--votes", fmt.Sprint(l.votes)); err != nil {
		return nil, err
	}
	loaded := time.Since(begun).Round(time.Second)
	if _, err := db.ExecContext(ctx, "CHECKPOINT"); err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	reads, err := measureReads(ctx, l, db)
	if err != nil {
		return nil, err
	}
	writes, err := measureLarge(ctx, l, db)
	if err != nil {
		return nil, err
	}
	reads.Text = fmt.Sprintf("%d ideas and %d votes, loaded by `server seed` in %s. %s", l.ideas, l.votes, loaded, reads.Text)
	return []section{reads, writes}, l.drop(ctx, db, "million")
}

// measureLarge is goal 5: the bare batch on the large set and on an empty one.
func measureLarge(ctx context.Context, l *lab, db *sqlx.DB) (section, error) {
	small, _, err := l.database(ctx, "empty")
	if err != nil {
		return section{}, err
	}
	few, err := fill(ctx, small)
	if err != nil {
		return section{}, err
	}
	var all []ideas.ID
	if err := db.SelectContext(ctx, &all, `SELECT idea_id FROM tallies JOIN ideas ON id = idea_id WHERE status = 'open' ORDER BY voters DESC`); err != nil {
		return section{}, fmt.Errorf("open ideas: %w", err)
	}
	thousand := make([]ideas.ID, 0, benchIdeas)
	for range benchIdeas {
		thousand = append(thousand, all[rand.IntN(len(all))])
	}
	empty := &design{name: "empty database, 1,000 ideas", round: fixed(small, "cast_ballots", few)}
	same := &design{name: "large set, 1,000 ideas", round: fixed(db, "cast_ballots", thousand)}
	power := &design{name: "large set, power law over all ideas", round: fixed(db, "cast_ballots", powerLaw(all))}
	if err := interleave(ctx, l.options, empty, same, power); err != nil {
		return section{}, err
	}
	onSame, noiseSame := same.against(empty, rate)
	onPower, noisePower := power.against(empty, rate)
	return section{
		Title: "Votes on a large set", Text: "The bare statement in batches of 1,024 on one connection.",
		Columns: roundColumns, Rows: [][]string{empty.row(), same.row(), power.row()},
		Goals: []goal{
			atLeast("5a", "batch with the large set over an empty one, 1,000 ideas", onSame, 0.4, noiseSame),
			atLeast("5b", "the same by a power law over all ideas", onPower, 0.25, noisePower),
		},
	}, l.drop(ctx, small, "empty")
}

// powerLaw repeats ideas so that drawing one of the list is drawing by a power
// law: the idea of rank r as often as 1/r.
func powerLaw(all []ideas.ID) []ideas.ID {
	const draws = 1 << 20
	list := make([]ideas.ID, draws)
	for i := range list {
		list[i] = all[int(math.Pow(float64(len(all)), rand.Float64()))-1]
	}
	return list
}

// The reads are asked so often, each with other words or another place.
const (
	reads       = 300
	readsSearch = 60
)

// measureReads is goal 12: what pages ask of the database, on one connection.
func measureReads(ctx context.Context, l *lab, pool *sqlx.DB) (section, error) {
	planned, err := pg.PlanOnce(l.own.DSN("million"))
	if err != nil {
		return section{}, err
	}
	var pools [2]*sqlx.DB // as the server has them: one for lists
	for i, dsn := range []string{l.own.DSN("million"), planned} {
		if pools[i], err = pg.Open(ctx, dsn); err != nil {
			return section{}, err
		}
		defer func() { _ = pools[i].Close() }()
		pools[i].SetMaxOpenConns(1)
		pools[i].SetMaxIdleConns(1)
	}
	b := board.New(pools[0], time.Now)
	b.ListsFrom(pools[1])
	s := section{Title: "Reads on a large set", Columns: []string{"what", "p50", "p99", "most"}, Text: "One connection for lists and one for searches; each figure is a call of the board in process, all its queries and the reading of their rows."}
	worstPage := time.Duration(0)
	for _, order := range []board.Order{board.Trending, board.Newest, board.Votes, board.Rising, board.Unseen} {
		fmt.Printf("  pages by %s\n", order)
		first, err := timed(reads, func(int) error {
			page, err := b.List(ctx, accounts.Actor{}, board.Query{Order: order})
			if err == nil && page.Next == "" {
				err = errors.New("an empty page or the last, of a million ideas")
			}
			return err
		})
		if err != nil {
			return section{}, fmt.Errorf("first page by %s: %w", order, err)
		}
		deep, err := timedDeep(ctx, b, pool, order)
		if err != nil {
			return section{}, fmt.Errorf("deep pages by %s: %w", order, err)
		}
		s.Rows = append(s.Rows, first.row("first page, "+string(order)), deep.row("any depth, "+string(order)))
		worstPage = max(worstPage, deep.p99, first.p99)
	}
	words, err := commonWords(ctx, pool)
	if err != nil {
		return section{}, err
	}
	worstSearch := time.Duration(0)
	for _, w := range words {
		fmt.Printf("  searches for a word of %d ideas\n", w.ideas)
		found, err := timed(readsSearch, func(int) error {
			_, err := b.List(ctx, accounts.Actor{}, board.Query{Q: w.text})
			return err
		})
		if err != nil {
			return section{}, fmt.Errorf("search %q: %w", w.text, err)
		}
		s.Rows = append(s.Rows, found.row(fmt.Sprintf("search for a word of %d ideas", w.ideas)))
		worstSearch = max(worstSearch, found.p99)
	}
	var titles []string
	if err := pool.SelectContext(ctx, &titles, `SELECT title FROM ideas TABLESAMPLE SYSTEM (0.5) WHERE status = 'open' LIMIT $1`, reads); err != nil {
		return section{}, fmt.Errorf("titles: %w", err)
	}
	similar, err := timed(len(titles), func(i int) error {
		_, err := b.Similar(ctx, accounts.Actor{}, mutated(titles[i]))
		return err
	})
	if err != nil {
		return section{}, fmt.Errorf("similar titles: %w", err)
	}
	s.Rows = append(s.Rows, similar.row("similar titles"))
	s.Goals = []goal{
		within("12a", "p99 of an order's page, at any depth", worstPage, time.Millisecond),
		within("12b", "p99 of the worst search", worstSearch, 150*time.Millisecond),
		within("12c", "p50 of similar titles", similar.p50, 10*time.Millisecond),
	}
	return s, nil
}

// mutated is a title as somebody else would type it: a word less.
func mutated(title string) string {
	words := strings.Fields(title)
	if len(words) > 3 {
		at := rand.IntN(len(words))
		words = append(words[:at:at], words[at+1:]...)
	}
	return strings.Join(words, " ")
}

func within(number, what string, seen, most time.Duration) goal {
	return goal{Number: number, What: what, Goal: "at most " + exactMs(most), Seen: exactMs(seen), Value: seen.Seconds(), Met: seen <= most}
}

func exactMs(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

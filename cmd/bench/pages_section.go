package main

import (
	"fmt"
	"slices"
)

// shares are what a load reached of "hello" in the same round, in order.
func (l *pageLoad) shares(hello *pageLoad) []float64 {
	list := make([]float64, len(l.results))
	for i, o := range l.results {
		list[i] = o.perSecond / hello.results[i].perSecond
	}
	slices.Sort(list)
	return list
}

// pageSection writes the chapter of loads that ran side by side: "hello"
// first, then the board and an idea from the cache, then both from the database.
func pageSection(loads []*pageLoad) section {
	s := section{
		Title: "Pages",
		Text: fmt.Sprintf("%d keep-alive connections, gzip, %d rounds of %s each, interleaved; medians, and the least and most of the rounds as the noise. "+
			"Load, servers and PostgreSQL share the machine, so the share of \"hello\" is what holds elsewhere.", pageClients, pageRounds, pageRound),
		Columns: []string{"page", "requests/s", "of hello", "p50", "p99", "bytes", "failed"},
	}
	hello := loads[0]
	for _, l := range loads {
		share := l.shares(hello)
		s.Rows = append(s.Rows, []string{
			l.name, fmt.Sprintf("%.0f", median(l.results, rate)), percent(share[len(share)/2]),
			ms(median(l.results, p50)), ms(median(l.results, p99)), fmt.Sprint(l.size), fmt.Sprint(failures(l.results)),
		})
	}
	s.Goals = []goal{
		loads[3].goal(hello, "10a", "board page from the database, share of \"hello\"", goalBoardShare),
		loads[1].goal(hello, "10b", "public board page from the cache, share of \"hello\"", goalPublicShare),
	}
	return s
}

func (l *pageLoad) goal(hello *pageLoad, number, what string, least float64) goal {
	share := l.shares(hello)
	mid := share[len(share)/2]
	return goal{
		Number: number, What: what, Goal: "at least " + percent(least), Seen: percent(mid), Value: mid,
		Met: mid >= least && failures(l.results) == 0, Noise: percent(share[0]) + " to " + percent(share[len(share)-1]),
	}
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", share*100) }

package main

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "hello" { // what startHello runs
		if err := helloServer(nil); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func TestHelloAnswersAndStopsWithItsOwner(t *testing.T) {
	t.Parallel()
	address, stop, err := startHello(t.Context(), os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	l := &pageLoad{host: address, uri: "/"}
	if o := l.run(t.Context(), 50*time.Millisecond); o.perSecond == 0 || o.failed > 0 || l.size != len("hello") {
		t.Errorf("%+v, %d bytes", o, l.size)
	}

	stop()

	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if o := l.run(ctx, 20*time.Millisecond); o.perSecond > 0 {
		t.Errorf("it still answers: %+v", o)
	}
}

func TestAPagesShareIsThatOfTheSameRound(t *testing.T) {
	t.Parallel()
	rounds := func(name string, each ...float64) *pageLoad {
		l := &pageLoad{name: name}
		for _, perSecond := range each {
			l.results = append(l.results, outcome{perSecond: perSecond})
		}
		return l
	}
	s := pageSection([]*pageLoad{
		rounds("hello", 1000, 2000, 4000), rounds("board, cache", 400, 400, 1600), rounds("idea, cache", 1, 1, 1),
		rounds("board, database", 20, 40, 80), rounds("idea, database", 1, 1, 1),
	})
	want := []goal{
		{Number: "10a", What: `board page from the database, share of "hello"`, Goal: "at least 2.5 %", Seen: "2.0 %", Value: 0.02, Noise: "2.0 % to 2.0 %"},
		{Number: "10b", What: `public board page from the cache, share of "hello"`, Goal: "at least 30.0 %", Seen: "40.0 %", Value: 0.4, Met: true, Noise: "20.0 % to 40.0 %"},
	}
	if diff := cmp.Diff(want, s.Goals); diff != "" {
		t.Error(diff)
	}
}

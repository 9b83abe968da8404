package pg_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lib/pq"

	"prosumer/internal/pg"
)

func TestACrowdAsksTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s pg.Shared[int]
		var asked, world atomic.Int64
		ask := func(context.Context) (int, error) {
			asked.Add(1)
			seen := int(world.Load()) // what was written before it was asked
			time.Sleep(time.Second)
			return seen, nil
		}
		var all sync.WaitGroup
		caller := func(question string, least int) {
			all.Go(func() {
				if got, err := s.Ask(t.Context(), question, ask); err != nil || got < least {
					t.Errorf("%s: %d (%v), want no less than %d, which was written before", question, got, err, least)
				}
			})
		}
		caller("tea", 0)
		synctest.Wait()
		for n := range 50 { // each writes, is told so, and asks
			caller("tea", int(world.Add(1)))
			if n%10 == 0 {
				synctest.Wait()
			}
		}
		caller("coffee", 50)
		all.Wait()
		if n := asked.Load(); n != 3 {
			t.Errorf("asked %d times, want twice for tea and once for coffee", n)
		}
		caller("tea", 50)
		all.Wait()
		if n := asked.Load(); n != 4 {
			t.Errorf("asked %d times: an old answer was given", n)
		}
	})
}

func TestWhoGivesUpTakesNobodyAlong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s pg.Shared[string]
		slow := func(ctx context.Context) (string, error) {
			time.Sleep(time.Second)
			return "answer", ctx.Err()
		}
		var all sync.WaitGroup
		impatient, giveUp := context.WithCancel(t.Context())
		for _, ctx := range []context.Context{impatient, t.Context(), t.Context()} { // the first asks, the second leads the next
			all.Go(func() {
				got, err := s.Ask(ctx, "q", slow)
				if got != "answer" || err != nil {
					t.Errorf("got %q (%v)", got, err)
				}
			})
			synctest.Wait()
		}
		all.Go(func() {
			if _, err := s.Ask(impatient, "q", slow); !errors.Is(err, context.Canceled) {
				t.Errorf("who gave up got %v", err)
			}
		})
		synctest.Wait()
		giveUp()
		all.Wait()
	})
}

func TestAFailureIsForThoseWhoWaitedForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s pg.Shared[int]
		broken := errors.New("broken")
		hold := make(chan struct{})
		var all sync.WaitGroup
		all.Go(func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic is lost")
				}
			}()
			_, _ = s.Ask(t.Context(), "q", func(context.Context) (int, error) { <-hold; panic("lost") })
		})
		synctest.Wait()
		for range 3 {
			all.Go(func() {
				if _, err := s.Ask(t.Context(), "q", func(context.Context) (int, error) { return 0, broken }); !errors.Is(err, broken) {
					t.Errorf("got %v", err)
				}
			})
		}
		synctest.Wait()
		close(hold)
		all.Wait()
		if got, err := s.Ask(t.Context(), "q", func(context.Context) (int, error) { return 7, nil }); got != 7 || err != nil {
			t.Errorf("afterwards: %d (%v)", got, err)
		}
	})
}

func TestQuestionsDifferWhereTheirArgumentsDo(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, args := range [][]any{
		nil, {1}, {"1"}, {1, 2}, {"1\x00int 2"}, {pq.Array([]int64{1, 2})}, {pq.Array([]int64{12})}, {pq.Array([]int64{})}, {nil}, {""}, {true},
	} {
		q := pg.Question("SELECT", args)
		if seen[q] {
			t.Errorf("%v is the same question as another: %q", args, q)
		}
		seen[q] = true
	}
	if !seen[pg.Question("SELECT", []any{pq.Array([]int64{1, 2})})] {
		t.Error("the same arguments make two questions")
	}
}
